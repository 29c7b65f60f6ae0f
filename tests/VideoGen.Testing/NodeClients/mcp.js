// Runs the official client of the Model Context Protocol for TypeScript: node mcp.js ADDRESS journey|order PICTURE KEY; prints JSON.

import fs from 'node:fs';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const [address, command, picture, key] = process.argv.slice(2);
const client = new Client({ name: 'videogen-tests', version: '1.0.0' });
await client.connect(new StreamableHTTPClientTransport(new URL(address)));
const base64 = fs.readFileSync(picture).toString('base64');
const say = what => console.log(JSON.stringify(what));

async function call(name, args, options) {
  const result = await client.callTool({ name, arguments: args }, undefined, options);
  return { isError: result.isError ?? false, ...result.structuredContent };
}

const order = () => call('generate_video', {
  picture: base64, prompt: 'A calm sea', seconds: 3, quality: '512', idempotency_key: key,
});

const commands = {
  async journey() {
    const progress = [];
    const { id } = await order();
    const ended = await call('wait_for_video', { id, timeout_seconds: 120 }, {
      onprogress: told => progress.push(told.progress), resetTimeoutOnProgress: true,
    });
    const { contents } = await client.readResource({ uri: `videogen://videos/${id}` });
    say({
      tools: (await client.listTools()).tools.map(tool => tool.name),
      status: ended.status,
      url: ended.video_url,
      grows: progress.every((value, at) => at === 0 || value > progress[at - 1]),
      bytes: Buffer.from(contents[0].blob, 'base64').length,
      wrong: await call('generate_video', { picture: base64, prompt: 'A calm sea', seconds: 60 }),
    });
  },

  /** Says that it has ordered and then waits, until it is killed. */
  async order() {
    const { id } = await order();
    say({ id });
    await call('wait_for_video', { id, timeout_seconds: 600 }, { timeout: 600_000 });
  },

  async comeBack() {
    const { id } = await order();
    const { videos } = await call('list_videos', {});
    say({ id, listed: videos.map(video => video.id) });
  },
};

await commands[command]();
await client.close();

// Runs an official client of OpenAI: node openai.js MAJOR ADDRESS journey|create ARGUMENTS…; prints JSON.

import fs from 'node:fs';

const [major, baseURL, command, picture, ...rest] = process.argv.slice(2);
const { default: OpenAI, toFile } = await import(`openai${major}`);
const client = new OpenAI({ baseURL, apiKey: process.env.VIDEOGEN_KEY ?? 'none', maxRetries: 30 });
const file = () => toFile(fs.readFileSync(picture), 'me.jpg', { type: 'image/jpeg' });
const create = async (prompt, options) => client.videos
  .create({ prompt, input_reference: await file(), seconds: '3', size: '512x512' }, options).withResponse();

const commands = {
  /** From the first request to the last, with the errors on the way. */
  async journey() {
    const said = {};
    const { data: created } = await create('A calm sea');
    said.created = created.status;
    let video = created;
    while (video.status === 'queued' || video.status === 'in_progress') {
      await new Promise(resolve => setTimeout(resolve, 200));
      video = await client.videos.retrieve(video.id);
    }
    said.status = video.status;
    said.size = video.size;
    said.bytes = (await (await client.videos.downloadContent(video.id)).arrayBuffer()).byteLength;
    said.thumbnail = (await client.videos.downloadContent(video.id, { variant: 'thumbnail' })).headers.get('content-type');
    said.remixed = (await client.videos.remix(video.id, { prompt: 'At night' })).remixed_from_video_id === video.id;
    said.listed = [];
    for await (const one of client.videos.list({ limit: 1 })) said.listed.push(one.prompt);
    said.models = (await client.models.list()).data.map(model => model.id);
    said.errors = [];
    for (const fail of [
      () => create(' '),
      () => client.videos.retrieve('video_00000000000000000000000000000000'),
      () => client.videos.create({ prompt: 'No picture' }),
      () => client.videos.create({ prompt: 'A calm sea', model: 'dall-e' }),
      () => new OpenAI({ baseURL, apiKey: 'vg_unknown' }).videos.list(),
    ]) {
      try {
        await fail();
        said.errors.push(null);
      } catch (error) {
        said.errors.push(`${error.constructor.name} ${error.status} ${error.code} ${error.param}`);
      }
    }
    said.deleted = (await client.videos.delete(video.id)).deleted;
    return said;
  },

  /** As many creates at once as there are prompts; a lost answer is repeated without a key, as the client does by itself. */
  async create() {
    return Promise.all(rest.map(async prompt => {
      const { data, response } = await create(prompt);
      return { id: data.id, replayed: response.headers.get('idempotency-replayed') === 'true' };
    }));
  },
};

console.log(JSON.stringify(await commands[command]()));

// node server.js DIRECTORY PORT BUCKET: an S3 server on the loopback interface; it says on its output which port it has.
'use strict';

const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const S3rver = require('s3rver');
const FilesystemStore = require('s3rver/lib/stores/filesystem');

// S3 shows an object when all of it has come, and answers after that. s3rver writes to the final file as the bytes come in and
// answers before they are there, so two writers mix and a reader finds half: here changes take turns, each one whole.
let last = Promise.resolve();
const inTurn = change => (last = last.then(change, change));

FilesystemStore.prototype.putObject = async function ({ bucket, key, content, metadata }) {
  const chunks = [];
  for await (const chunk of Buffer.isBuffer(content) ? [content] : content) {
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  const md5 = crypto.createHash('md5').update(body).digest('hex');
  await inTurn(async () => {
    const file = this.getResourcePath(bucket, key, 'object');
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file + '.new', body);
    fs.renameSync(file + '.new', file);
    await this.putMetadata(bucket, key, metadata, md5);
  });
  return { size: body.length, md5 };
};

const deleteObject = FilesystemStore.prototype.deleteObject;
FilesystemStore.prototype.deleteObject = function (...args) {
  return inTurn(() => deleteObject.apply(this, args));
};

const [directory, port, bucket] = process.argv.slice(2);
new S3rver({ directory, port: Number(port), address: '127.0.0.1', silent: true, configureBuckets: [{ name: bucket }] })
  .run()
  .then(({ port }) => console.log('listening on %d', port));

// Reads a .msg file and each attachment of it with @kenjiuno/msgreader.
// Usage: node msgreader.cjs TIMES FILE; prints its version and the bytes of contents.
const fs = require('fs');
const path = require('path');
const main = require.resolve('@kenjiuno/msgreader');
const MsgReader = require('@kenjiuno/msgreader').default;

const [times, file] = process.argv.slice(2);
const version = JSON.parse(fs.readFileSync(path.join(main.slice(0, main.lastIndexOf('msgreader') + 9), 'package.json'))).version;
let bytes = 0;
for (let i = 0; i < Number(times); i++) {
  const raw = fs.readFileSync(file);
  const reader = new MsgReader(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length));
  const data = reader.getFileData();
  if (data.error) throw new Error(data.error);
  bytes += (data.body || '').length + (data.html || []).length;
  for (const a of data.attachments || []) {
    bytes += reader.getAttachment(a).content.length;
  }
}
console.log(`msgreader ${version}\t${bytes}`);

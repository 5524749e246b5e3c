// Reads .msg files with @kenjiuno/msgreader and writes what it finds, a line each.
// Usage: node msgreader.cjs FOLDER OUTPUT
const fs = require('fs');
const path = require('path');
const crypto = require('crypto');
const MsgReader = require('@kenjiuno/msgreader').default;

const [folder, output] = process.argv.slice(2);
const out = fs.createWriteStream(output);

function people(data, kind) {
  return (data.recipients || []).filter(r => r.recipType === kind)
    .map(r => [r.name || '', r.smtpAddress || r.email || '']);
}

function read(file) {
  const raw = fs.readFileSync(file);
  const reader = new MsgReader(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length));
  const data = reader.getFileData();
  if (data.error) throw new Error(data.error);
  const found = {
    subject: data.subject || '',
    // Of the one on whose behalf it was sent it knows the address alone.
    from: [null, data.sentRepresentingSmtpAddress || ''],
    sender: [data.senderName || '', data.senderSmtpAddress || data.senderEmail || ''],
    to: people(data, 'to'), cc: people(data, 'cc'), bcc: people(data, 'bcc'),
    date: data.clientSubmitTime ? Math.floor(Date.parse(data.clientSubmitTime) / 1000) : null,
    text: data.body === undefined ? null : data.body,
    html_raw: data.html ? Buffer.from(data.html).toString('base64') : null,
    attachments: [], embedded: [],
  };
  for (const a of data.attachments || []) {
    if (a.innerMsgContent) {
      found.embedded.push(a.innerMsgContentFields.subject || '');
      continue;
    }
    const content = Buffer.from(reader.getAttachment(a).content || []);
    found.attachments.push({
      name: a.fileName || '', size: content.length,
      sha256: crypto.createHash('sha256').update(content).digest('hex'),
    });
  }
  return found;
}

for (const name of fs.readdirSync(folder).filter(n => n.endsWith('.msg')).sort()) {
  let found;
  try {
    found = read(path.join(folder, name));
  } catch (e) {
    found = { error: String(e) };
  }
  out.write(JSON.stringify({ id: name.slice(0, -4), ...found }) + '\n');
}
out.end();

// Reads Internet messages with mailparser and writes what it finds, a line each.
// Usage: node mailparser.cjs FOLDER OUTPUT
const fs = require('fs');
const path = require('path');
const crypto = require('crypto');
const { simpleParser } = require('mailparser');

const [folder, output] = process.argv.slice(2);

function people(field) {
  const list = [].concat(field || []).flatMap(f => f.value || []);
  // A group has its members within.
  return list.flatMap(a => a.group || [a]).filter(a => a.address || a.name).map(a => [a.name || '', a.address || '']);
}

async function read(file) {
  const mail = await simpleParser(fs.readFileSync(file), {
    skipImageLinks: true, skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true, keepCidLinks: true,
  });
  const found = {
    subject: mail.subject || '', from: people(mail.from), to: people(mail.to), cc: people(mail.cc),
    text: mail.text === undefined ? null : mail.text, html: mail.html || null, attachments: [], embedded: [],
  };
  for (const a of mail.attachments) {
    if (a.contentType === 'message/rfc822' || a.contentType === 'message/global') {
      const inner = await simpleParser(a.content);
      found.embedded.push(inner.subject || '');
      continue;
    }
    found.attachments.push({
      name: a.filename || '', sha256: crypto.createHash('sha256').update(a.content).digest('hex'),
    });
  }
  return found;
}

async function main() {
  const out = fs.createWriteStream(output);
  for (const name of fs.readdirSync(folder).filter(n => n.endsWith('.eml')).sort()) {
    let found;
    try {
      found = await read(path.join(folder, name));
    } catch (e) {
      found = { error: String(e) };
    }
    out.write(JSON.stringify({ id: name.slice(0, -4), ...found }) + '\n');
  }
  out.end();
}

main();

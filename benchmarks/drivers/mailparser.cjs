// Reads an Internet message and each attachment of it with mailparser.
// Usage: node mailparser.cjs TIMES FILE; prints its version and the bytes of contents.
const fs = require('fs');
const { simpleParser } = require('mailparser');
const { version } = require('mailparser/package.json');

const options = { skipImageLinks: true, skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true, keepCidLinks: true };

async function main(times, file) {
  let bytes = 0;
  for (let i = 0; i < times; i++) {
    const mail = await simpleParser(fs.readFileSync(file), options);
    bytes += (mail.text || '').length + (mail.html || '').length;
    for (const a of mail.attachments) bytes += a.content.length;
  }
  console.log(`mailparser ${version}\t${bytes}`);
}

main(Number(process.argv[2]), process.argv[3]);

// Reads encapsulated RTF with rtf-stream-parser and compares what it gives back
// with the body that was encapsulated.
//
//	node rtfstreamparser.cjs FOLDER, which has ID.html, ID.html.rtf, ID.text, ID.text.rtf
const fs = require('fs');
const path = require('path');
const iconv = require('iconv-lite');
const { deEncapsulateSync } = require('rtf-stream-parser');

const folder = process.argv[2];
const names = fs.readdirSync(folder).filter((n) => !n.endsWith('.rtf')).sort();
let wrong = 0;
for (const name of names) {
  const want = fs.readFileSync(path.join(folder, name), 'utf8');
  const mode = name.endsWith('.html') ? 'html' : 'text';
  let why = '';
  try {
    const got = deEncapsulateSync(fs.readFileSync(path.join(folder, name + '.rtf')), { decode: iconv.decode, mode });
    let i = 0;
    while (i < got.text.length && got.text[i] === want[i]) i++;
    if (got.text !== want) why = `differs at ${i} of ${want.length}`;
  } catch (e) {
    why = e.message;
  }
  if (why) {
    wrong++;
    console.log(`${name}: ${why}`);
  }
}
console.log(`rtf-stream-parser: ${names.length} bodies, ${wrong} come back changed`);
process.exit(wrong ? 1 : 0);

// What the readers of calendars share: they compare a calendar with what came back of
// it, field by field, and know the differences that are to be expected.
const fs = require('fs');
const path = require('path');

exports.compare = function compare(reader, folder, known, read) {
  const expected = new Map();
  for (const line of fs.readFileSync(known, 'utf8').split('\n')) {
    const [who, name, field] = line.split('\t');
    if (line && !line.startsWith('#')) expected.set(`${who}\t${name}\t${field}`, false);
  }
  let compared = 0, unread = 0, wrong = 0;
  for (const file of fs.readdirSync(folder).filter((n) => n.endsWith('.a.ics')).sort()) {
    const base = path.join(folder, file.slice(0, -'.a.ics'.length));
    const name = fs.readFileSync(`${base}.name`, 'utf8');
    let before;
    try {
      before = read(fs.readFileSync(`${base}.a.ics`, 'utf8').replace(/^\uFEFF/, ''));
    } catch (e) {
      unread++; // the reader doesn't take the calendar itself
      continue;
    }
    let after = {};
    try {
      after = read(fs.readFileSync(`${base}.b.ics`, 'utf8'));
    } catch (e) {
      after = { error: e.message };
    }
    compared++;
    for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const [a, b] = [JSON.stringify(before[field]), JSON.stringify(after[field])];
      if (a === b) continue;
      const keys = [`${reader}\t${name}\t${field}`, `*\t${name}\t${field}`].filter((k) => expected.has(k));
      if (keys.length) keys.forEach((k) => expected.set(k, true));
      else {
        wrong++;
        console.log(`${reader}\t${name}\t${field}\t${String(a).slice(0, 300)} became ${String(b).slice(0, 300)}`);
      }
    }
  }
  console.log(`${reader}: ${compared} calendars compared, ${unread} that it can't read itself, ${wrong} differences`);
  process.exit(wrong || !compared ? 1 : 0);
};

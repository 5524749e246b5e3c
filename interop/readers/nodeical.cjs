// Reads calendars, and what came back of them, with node-ical and compares what both say.
//
//	node nodeical.cjs FOLDER KNOWN, FOLDER having ID.a.ics, ID.b.ics and ID.name
const ical = require('node-ical');
const { compare } = require('./calendars.cjs');

const text = (v) => String(v && v.val !== undefined ? v.val : v || '').replace(/\s+/g, ' ').trim();
const list = (v) => (v === undefined ? [] : Array.isArray(v) ? v : [v]);

function read(data) {
  const event = Object.values(ical.sync.parseICS(data)).find((c) => c.type === 'VEVENT');
  if (!event) throw new Error('no event');
  const person = (p) => text(p).toLowerCase();
  const organizer = person(event.organizer);
  return {
    uid: event.uid, start: event.start && event.start.toISOString(), summary: text(event.summary), location: text(event.location), organizer,
    attendees: [...new Set(list(event.attendee).filter((p) => person(p) !== organizer).map((p) => {
      const status = (p.params && p.params.PARTSTAT) || '';
      return `${person(p)} ${/ACCEPTED|DECLINED|TENTATIVE/.test(status) ? status : ''}`;
    }))].sort(),
  };
}

compare('node-ical', process.argv[2], process.argv[3], read);

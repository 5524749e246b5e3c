// Reads calendars, and what came back of them, with ical.js and compares what both say.
//
//	node icaljs.cjs FOLDER KNOWN, FOLDER having ID.a.ics, ID.b.ics and ID.name
const fs = require('fs');
const path = require('path');
const ICAL = require('ical.js').default || require('ical.js');
const { compare } = require('./calendars.cjs');

const alarm = (e) => e.getAllSubcomponents('valarm').slice(0, 1).map((a) => {
  const t = a.getFirstPropertyValue('trigger');
  return t && t.toSeconds ? Math.round(Math.abs(t.toSeconds()) / 60) : 'time';
});

function person(p) {
  return String(p.getFirstValue()).toLowerCase().trim();
}

// instant gives a time in UTC; one that floats is taken for UTC, as the converter does.
function instant(t) {
  if (t.isDate) return t.toString().slice(0, 10);
  const floating = t.zone === ICAL.Timezone.localTimezone;
  return new Date(floating ? Date.UTC(t.year, t.month - 1, t.day, t.hour, t.minute, t.second) : t.toUnixTime() * 1000).toISOString();
}

function read(text) {
  const root = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const z of root.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(z));
  const all = root.getAllSubcomponents('vevent');
  const master = all.find((e) => !e.hasProperty('recurrence-id')) || all[0];
  const event = new ICAL.Event(master, { strictExceptions: true, exceptions: all.filter((e) => e !== master).map((e) => new ICAL.Event(e)) });
  const starts = [];
  if (event.isRecurring()) {
    const it = event.iterator();
    for (let n = 0, t; n < 100 && (t = it.next()); n++) starts.push(instant(event.getOccurrenceDetails(t).startDate));
    starts.sort();
  } else starts.push(instant(event.startDate), instant(event.endDate));
  const organizer = master.getFirstProperty('organizer');
  return {
    uid: event.uid, starts, summary: (event.summary || '').replace(/\s+/g, ' ').trim(), location: (event.location || '').replace(/\s+/g, ' ').trim(),
    organizer: organizer ? person(organizer) : '',
    attendees: [...new Set(master.getAllProperties('attendee').filter((p) => !organizer || person(p) !== person(organizer))
      .map((p) => `${person(p)} ${{ ACCEPTED: 1, DECLINED: 1, TENTATIVE: 1 }[p.getParameter('partstat')] ? p.getParameter('partstat') : ''}`))].sort(),
    alarms: alarm(master),
  };
}

compare('ical.js', process.argv[2], process.argv[3], read);

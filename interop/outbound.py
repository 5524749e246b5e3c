"""Compares what readers find in the Internet messages that were made of .msg files
with what other readers find in those files, and with each other.

Usage: outbound.py KNOWN FOLDER MSG-READERS MAIL-READERS, both with commas.

FOLDER has list and READER.jsonl. KNOWN lists differences that are expected: reader,
file, field and reason, with tabs between; a * stands for every reader or file.
"""
import base64
import collections
import json
import os
import re
import sys

REFERENCE = 'pyemail'  # the reader of mail that sees the most
SHOWN = 300  # characters of a value


def load(path):
    with open(path) as f:
        return {found['id']: found for found in map(json.loads, f)}


def line(s):
    """A text without what its way through header fields changes."""
    return re.sub(r'[\s\x00-\x1f\x7f]+', ' ', s or '').strip()


def body(s):
    """A text without its white space, which transfer and readers change."""
    return None if s is None else re.sub(r'[\s\x00\ufeff]+', '', s)


def raw(s):
    return None if s is None else re.sub(rb'[\s\x00]+', b'', base64.b64decode(s))


def addresses(value):
    """The Internet addresses; others are written as something else or not at all."""
    if value and not isinstance(value[0], list):
        value = [value]
    return {line(address).lower() for _, address in value or [] if '@' in (address or '') and '/' not in address}


def names(value):
    return {line(name) for name, address in value or [] if name and line(name).lower() != line(address).lower()}


def hashes(found):
    """The digests of each attachment; more than one where line ends may differ."""
    return [a['sha256'] if isinstance(a['sha256'], list) else [a['sha256']] for a in found['attachments'] or []]


def unmatched(want, got):
    """How many attachments of the one have no match in the other. Readers that turn
    text into UTF-8 have no digest of it."""
    got = list(got)
    missing = 0
    for sums in want:
        match = next((g for g in got if sums == [''] or set(sums) & set(g)), None)
        if match is None:
            missing += 1
        else:
            got.remove(match)
    return missing


def against_file(msg, mail):
    """Yields what a reader of mail finds otherwise than one of the .msg file."""
    yield 'subject', line(msg['subject']) == line(mail['subject']), msg['subject'], mail['subject']
    want = addresses(msg.get('from')) or addresses(msg.get('sender'))
    yield 'from', want <= addresses(mail['from']), want, mail['from']
    if mail['type'] != 'multipart/report':  # whose recipients are those that it tells of
        for field in ('to', 'cc'):
            want = addresses(msg.get(field))
            yield field, want <= addresses(mail[field]), want, mail[field]
    if msg.get('text') and body(msg['text']):
        yield 'text', body(msg['text']) == body(mail['text']), msg['text'], mail['text']
    if msg.get('html_raw') and raw(msg['html_raw']):
        yield 'html', raw(msg['html_raw']) == raw(mail['html_raw']), raw(msg['html_raw']), raw(mail['html_raw'])
    if mail['type'] not in ('multipart/signed', 'multipart/encrypted'):  # which are one attachment
        missing = unmatched(hashes(msg), hashes(mail)) - mail['reports']
        yield 'attachments', missing <= 0, msg['attachments'], mail['attachments']
    want, got = (collections.Counter(map(line, f['embedded'])) for f in (msg, mail))
    yield 'embedded', not want - got, msg['embedded'], mail['embedded']


def against_reader(want, got):
    """Yields what a reader of mail finds otherwise than the one that is compared with."""
    yield 'subject', line(want['subject']) == line(got['subject']), want['subject'], got['subject']
    for field in ('from', 'to', 'cc'):
        a, b = want[field], got[field] or []
        yield field, addresses(a) == addresses(b) and names(a) == names(b), a, b
    for field in ('text', 'html'):
        # mailparser has all texts in one.
        a, b = body(want[field]) or '', body(got[field]) or ''
        yield field, a == b or a and a in b, want[field], got[field]
    a, b = hashes(want), hashes(got)
    yield 'attachments', unmatched(b, a) <= want['reports'] and len(b) >= len(a), want['attachments'], got['attachments']
    yield 'embedded', sorted(map(line, want['embedded'])) == sorted(map(line, got['embedded'] or [])), want['embedded'], got['embedded']


def pairs(folder, msg_readers, mail_readers):
    """Yields reader, file, and the differences that are judged."""
    found = {r: load(os.path.join(folder, r + '.jsonl')) for r in msg_readers + mail_readers}
    with open(os.path.join(folder, 'list')) as f:
        files = [row.rstrip('\n').split('\t') for row in f]
    for ident, path in files:
        name = '/'.join(path.split('/')[-2:])
        for r in mail_readers:
            if ident not in found[r] or 'error' in found[r][ident]:
                yield r, name, [('error', False, None, found[r].get(ident, {}).get('error', 'no result'))]
        reference = found[REFERENCE].get(ident)
        if reference is None or 'error' in reference:
            continue
        yield REFERENCE, name, [('defects', not reference['defects'], [], reference['defects'])]
        for r in msg_readers:
            if ident in found[r] and 'error' not in found[r][ident]:
                yield r, name, against_file(found[r][ident], reference)
        for r in mail_readers:
            if r != REFERENCE and ident in found[r] and 'error' not in found[r][ident]:
                yield r, name, against_reader(reference, found[r][ident])


def main():
    known_file, folder, msg_readers, mail_readers = sys.argv[1:]
    known, used, seen = {}, set(), set()
    with open(known_file) as f:
        for row in f:
            if row.strip() and not row.startswith('#'):
                reader, name, field, reason = row.rstrip('\n').split('\t')
                known[reader, name, field] = reason
    count = collections.Counter()
    for reader, name, differences in pairs(folder, msg_readers.split(','), mail_readers.split(',')):
        seen.add(name)
        for field, same, want, got in differences:
            key = next((k for r in (reader, '*') for n in (name, '*') if (k := (r, n, field)) in known), None)
            if same:
                count['same'] += 1
            elif key:
                used.add(key)
                count['known'] += 1
            else:
                count['different'] += 1
                print(f'{reader} {name}: {field}\n   want {repr(want)[:SHOWN]}\n   got  {repr(got)[:SHOWN]}')
    readers = set((msg_readers + ',' + mail_readers).split(','))
    for key in sorted(set(known) - used):
        if (key[0] == '*' or key[0] in readers) and (key[1] == '*' or key[1] in seen):
            count['outdated'] += 1
            print('no difference any more, remove it from the list:', *key)
    print('outbound: ' + ', '.join(f'{n} {what}' for what, n in sorted(count.items())))
    sys.exit(1 if count['different'] or count['outdated'] else 0)


main()

"""Compares what readers found in TNEF streams with what the streams were made of.

Usage: comparetnef.py KNOWN FOLDER READER...

FOLDER has list, READER.jsonl, and tnef/message.jsonl (what this library put into the
streams). KNOWN lists differences that are expected: reader, file, field and reason,
with tabs between; a * stands for every file.
"""
import collections
import json
import os
import re
import sys

FIELDS = ['error', 'subject', 'subject8', 'text', 'html', 'rtf', 'attachments', 'names']
CHARSETS = {65001: 'utf-8', 20866: 'koi8-r', 21866: 'koi8-u', 51932: 'euc-jp', 51949: 'euc-kr', 54936: 'gb18030', 20127: 'ascii',
            **{28590 + n: f'iso8859-{n}' for n in range(1, 17)}}
SHOWN = 400  # characters of a value


def load(path):
    with open(path) as f:
        return {found['id']: found for found in map(json.loads, f)}


def line(s):
    return re.sub(r'[\s\x00-\x1f\x7f]+', ' ', s).strip()


def compare(reader, field, want, got):
    """Returns whether a field is the same, and its two values."""
    if field == 'error':
        return 'error' not in got, None, got.get('error')
    if 'error' in got or field not in got and field != 'names':
        return True, None, None
    if field == 'subject8':
        # The bytes are in the code page of the stream, with a ? for what it lacks.
        charset = CHARSETS.get(want['codepage'], f"cp{want['codepage']}")
        a = line(want['subject'].encode(charset, 'replace').decode(charset))
        b = line(bytes(got[field]).decode(charset, 'replace'))
        return a == b, a, b
    if field == 'subject':
        a, b = line(want[field]), line(got[field])
        return a == b, a, b
    if field == 'text':
        a, b = (re.sub(r'\r+\n', '\n', x[field]).strip() for x in (want, got))
        return a == b, a, b
    if field == 'attachments':
        return attachments(reader, want, got)
    if field == 'names' and reader == 'ytnef':
        return True, None, None  # it makes up names of its own
    if field == 'names':
        names = collections.defaultdict(set)
        for x in want['attachments']:
            names[x['sha256']].add(x['name'])
        # tnef numbers files of one name.
        bad = [x['name'] for x in got['attachments'] if x['sha256'] in names and '' not in names[x['sha256']]
               and not {x['name'], re.sub(r'\.\d+$', '', x['name'])} & names[x['sha256']]]
        return not bad, [x['name'] for x in want['attachments']], bad
    return want[field] == got[field], want[field], got[field]


def attachments(reader, want, got):
    b = collections.Counter(x['sha256'] for x in got['attachments'])
    a, ole = collections.Counter(), collections.Counter()
    for x in want['attachments']:
        if x.get('other'):
            ole[x['other'] if x['other'] in b else x['sha256']] += 1
        else:
            a[x['sha256']] += 1
    if reader == 'tnef':
        a, ole = a + ole, collections.Counter()  # the others do not read OLE objects
    if reader == 'ytnef':
        a, b = collections.Counter(set(a)), collections.Counter(set(b))  # files of one name
    # What a reader makes of the messages within is its own affair.
    ok = not a - b and (not b - a - ole or want['embedded'] > 0)
    return ok, dict(a), dict(b)


def read_known(path):
    known = {}
    with open(path) as f:
        for row in f:
            if row.strip() and not row.startswith('#'):
                reader, name, field, reason = row.rstrip('\n').split('\t')
                known[reader, name, field] = reason
    return known


def main():
    known_file, folder, readers = sys.argv[1], sys.argv[2], sys.argv[3:]
    known, used, names, failures = read_known(known_file), set(), {}, 0
    with open(os.path.join(folder, 'list')) as f:
        for row in f:
            ident, path = row.rstrip('\n').split('\t')
            names[ident] = '/'.join(path.split('/')[-2:])
    want = load(os.path.join(folder, 'tnef', 'message.jsonl'))
    for reader in readers:
        got, count = load(os.path.join(folder, reader + '.jsonl')), collections.Counter()
        for ident, w in sorted(want.items()):
            if 'error' in w:
                continue
            if ident not in got:
                failures += 1
                print(f'{reader} {names[ident]}: no result')
                continue
            if 'refused' in got[ident]:
                count['refused'] += 1
                continue
            for field in FIELDS:
                ok, a, b = compare(reader, field, w, got[ident])
                key = next((k for n in (names[ident], '*') if (k := (reader, n, field)) in known), None)
                if ok:
                    count['same'] += 1
                elif key:
                    used.add(key)
                    count['known'] += 1
                else:
                    failures += 1
                    count['different'] += 1
                    print(f'{reader} {names[ident]}: {field}\n   want {repr(a)[:SHOWN]}\n   got  {repr(b)[:SHOWN]}')
        if count['refused'] * 20 > len(want):
            failures += 1
            print(f'{reader} refuses more than one message of twenty')
        print(f'{reader}: ' + ', '.join(f'{n} {what}' for what, n in sorted(count.items())))
    seen = set(names.values())
    for key in sorted(set(known) - used):
        if key[0] in readers and (key[1] == '*' or key[1] in seen):
            failures += 1
            print('no difference any more, remove it from the list:', *key)
    sys.exit(1 if failures else 0)


main()

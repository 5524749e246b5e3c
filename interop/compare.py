"""Compares what readers found in .msg files with what the files were made of.

Usage: compare.py KNOWN FOLDER READER...

FOLDER has list, READER.jsonl, eml.jsonl (what Python reads in the messages) and
msg/message.jsonl (what this library put into the files). KNOWN lists differences
that are expected: source (eml or message), reader, file, field and reason, with
tabs between; a * stands for every reader or file.
"""
import collections
import email.utils
import json
import os
import re
import sys

FIELDS = ['subject', 'from', 'sender', 'to', 'cc', 'bcc', 'date', 'text', 'html', 'html_raw', 'attachments', 'embedded']
SHOWN = 400  # characters of a value


def load(path):
    with open(path) as f:
        return {found['id']: found for found in map(json.loads, f)}


def line(s):
    """A text without what its way through header fields changes."""
    return re.sub(r'[\s\x00-\x1f\x7f]+', ' ', s or '').strip()


def body(s):
    if s is None:
        return None
    return re.sub(r'[ \t]*\r*\n', '\n', s.replace('\x00', '')).strip()


def people(value):
    """Names and addresses. Where there is no name, the address stands for it."""
    if isinstance(value, str):
        value = email.utils.getaddresses([value]) if value else []
    out = []
    for name, address in value:
        address = line(address).lower()
        if not address:
            continue
        if name is None:  # the reader does not tell
            out.append((None, address))
        else:
            name = line(name)
            out.append((address if not name or name.lower() == address else name, address))
    return out


def normal(field, found):
    value = found.get(field)
    if field == 'subject':
        return line(value)
    if field in ('from', 'sender'):
        return people(value if isinstance(value, str) else [value])[:1]
    if field in ('to', 'cc', 'bcc'):
        return sorted(set(people(value or [])))
    if field == 'date':
        parsed = email.utils.parsedate_tz(found.get('date_field') or '')
        return email.utils.mktime_tz(parsed) if parsed else value
    if field in ('text', 'html'):
        return body(value)
    if field == 'attachments':
        return sorted((line(a['name']), a['size'], a['sha256'], *a.get('other', [])) for a in value or [])
    if field == 'embedded':
        return sorted(line(s) for s in value or [])
    return value


def same(source, field, want, got):
    """Tells whether a reader found what there was."""
    if field == 'from' and got and got[0][0] is None:
        want = [(None, address) for _, address in want]
    if source == 'message':
        # An empty body is none, and so is an empty address.
        return (want or None) == (got or None)
    if field == 'attachments':
        # What is no attachment by its header field can be one all the same.
        contents = [a[2] for a in got]
        return all(a[2] in contents or a[3:] and a[3] in contents for a in want)
    if field == 'text' and want and got:
        # A message can have more than one text, Python's is the first.
        return got.startswith(want) or want.startswith(got)
    if field in ('text', 'html'):
        return want is None or want == (got or '') or bool(got) and got.endswith(want)
    return want == got


def comparable(source, field, want, got):
    if field == 'date' and 'date_field' in got and want['date'] is None:
        return False  # msgconvert puts the present time there
    if field not in want or field not in got and field + '_field' not in got and field + '_raw' not in got:
        return False
    # Python has no character for what is in no declared charset.
    return source == 'message' or '\ufffd' not in json.dumps(want[field], ensure_ascii=False)


def read_known(path):
    known = {}
    with open(path) as f:
        for row in f:
            if row.strip() and not row.startswith('#'):
                source, reader, name, field, reason = row.rstrip('\n').split('\t')
                known[source, reader, name, field] = reason
    return known


# msgconvert takes these from the transport headers if a file has any, and
# compare.py reads them there with Python.
FROM_HEADERS = ['subject', 'from', 'to', 'cc', 'date']


def complete(source, reader, field, want, got, others):
    """Returns what stands in a reader's result, or follows from it."""
    value = normal(field, got)
    if field == 'html' and value is None and got.get('html_raw') and got['html_raw'] == others['message'].get('html_raw'):
        return normal(field, others['message'])
    if source == 'message' and reader == 'msgconvert' and field in FROM_HEADERS \
            and value == normal(field, others['eml']):
        return normal(field, want)
    return value


def compare(source, reader, sources, got, names, known, used):
    """Compares all files of a reader and returns how many differ unexpectedly."""
    want = sources[source]
    count, failures = collections.Counter(), 0
    for ident, g in sorted(got.items()):
        w, name = want[ident], names[ident]
        if 'error' in w or source == 'eml' and w.get('defects'):
            count['skipped files'] += 1
            continue
        if 'error' in g:
            fields = ['error']
        else:
            fields = [f for f in FIELDS if comparable(source, f, w, g)]
        for field in fields:
            a, b = None, g.get('error')
            if field != 'error':
                others = {s: sources[s][ident] for s in sources}
                a, b = normal(field, w), complete(source, reader, field, w, g, others)
            if field != 'error' and same(source, field, a, b):
                count['same'] += 1
                continue
            key = next((k for r in (reader, '*') for n in (name, '*')
                        if (k := (source, r, n, field)) in known), None)
            if key:
                used.add(key)
                count['known'] += 1
                continue
            failures += 1
            print(f'{source} {reader} {name}: {field}\n   want {repr(a)[:SHOWN]}\n   got  {repr(b)[:SHOWN]}')
    print(f'{reader} against {source}: ' + ', '.join(f'{n} {what}' for what, n in sorted(count.items()))
          + f', {failures} different')
    return failures


def main():
    known_file, folder, readers = sys.argv[1], sys.argv[2], sys.argv[3:]
    known, used, names = read_known(known_file), set(), {}
    with open(os.path.join(folder, 'list')) as f:
        for row in f:
            ident, path = row.rstrip('\n').split('\t')
            # The last two elements say which file it is, wherever the folders are.
            names[ident] = '/'.join(path.split('/')[-2:])
    sources = {'message': load(os.path.join(folder, 'msg', 'message.jsonl')),
               'eml': load(os.path.join(folder, 'eml.jsonl'))}
    failures = 0
    for reader in readers:
        got = load(os.path.join(folder, reader + '.jsonl'))
        missing = [i for i, w in sources['message'].items() if 'error' not in w and i not in got]
        if missing:
            failures += 1
            print(f'{reader}: {len(missing)} files have no result')
        for source in sources:
            failures += compare(source, reader, sources, got, names, known, used)
    seen = set(names.values())
    for key in sorted(set(known) - used):
        if (key[1] == '*' or key[1] in readers) and (key[2] == '*' or key[2] in seen):
            failures += 1
            print('no difference any more, remove it from the list:', *key)
    sys.exit(1 if failures else 0)


main()

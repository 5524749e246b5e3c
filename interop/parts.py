"""Compares the account that a conversion gives of every part with what Python's
email package reads in the messages.

Usage: parts.py CONTENTCONV KNOWN < LIST, with lines of an id and a path.

CONTENTCONV is the command; its JSON says where each leaf part went, and the decoded
bytes of the part, as Python has them, must be there: by their hash in the
attachment, by their text in a body. KNOWN lists differences that are expected:
message (its folder and name), part (* for every one) and reason, with tabs between.
"""
import base64
import codecs
import email
import email.message
import hashlib
import html
import json
import re
import subprocess
import sys


def leaves(part, number='', root=True, digest=False):
    """Yields the number, the type and the part for every leaf. A message that is
    no multipart is its own part 1."""
    kind = part.get_content_type()
    if kind == 'text/plain' and digest and 'Content-Type' not in part:
        kind = 'message/rfc822'
    if kind.startswith('multipart/') and part.is_multipart():
        for i, child in enumerate(part.get_payload(), 1):
            yield from leaves(child, f'{number}.{i}'.lstrip('.'), False, kind == 'multipart/digest')
        return
    if root:
        number = f'{number}.1'.lstrip('.')
    if kind in ('message/rfc822', 'message/global') and isinstance(part.get_payload(), list):
        yield from leaves(part.get_payload()[0], number)
        return
    yield number, kind, part


def contents_of(part):
    """Returns what the decoded bytes of a leaf can be: with the line ends that they
    have, and those that mail has, where no encoding keeps them."""
    payload = part.get_payload()
    if isinstance(payload, list):  # a report, whose groups of fields are messages for Python
        content = b''.join(p.as_bytes() for p in payload)
    else:
        content = part.get_payload(decode=True) or b''
        encoding = str(part.get('Content-Transfer-Encoding', '')).strip().lower()
        if encoding in ('base64', 'quoted-printable'):
            return [content]
        if encoding in ('', '7bit', '8bit', 'binary'):
            # get_payload() replaces what is not in the declared charset.
            content = part._payload.encode('utf-8', 'surrogateescape')
    lines = re.sub(rb'\r?\n', b'\n', content)
    ends = [lines] if not isinstance(payload, list) else [lines.rstrip(b'\n') + b'\n' * n for n in range(4)]
    return [content] + [e.replace(b'\n', end) for e in ends for end in (b'\n', b'\r\n')]


def squeeze(s):
    return ' '.join(s.replace('\0', '').split())


def ascii_of(s):
    return ''.join(c for c in s if ' ' < c < '\x7f')


def text_of(part, content):
    """Returns the text of a leaf, and whether its charset is certain."""
    if not re.search(rb'[\x00\x1b]', content):
        try:
            return content.decode('utf-8'), True
        except UnicodeDecodeError:
            pass
    try:
        return codecs.decode(content, part.get_content_charset() or 'ascii'), True
    except (LookupError, UnicodeDecodeError):
        return content.decode('latin-1'), False


# As the library recognises them.
UU = re.compile(r'(?ms)^begin [0-7]{3,4} [^\n]*\n.*?^end *\r?\n')
TAGS = re.compile(r'(?s)</?[a-zA-Z!][^>]*>')


def properties(message):
    return {p['name']: p['value'] for p in message['properties'] if 'name' in p}


def bodies(message):
    p = properties(message)
    raw = base64.b64decode(p.get('PidTagHtml', ''))
    found = [p.get('PidTagBody', '')]
    for charset in ('utf-8', 'windows-1252'):
        text = raw.decode(charset, 'replace')
        found += [text, html.unescape(TAGS.sub('', text))]
    return raw, found


def in_body(message, kind, part, content):
    raw, found = bodies(message)
    if raw and content.replace(b'\r\n', b'\n') in raw.replace(b'\r\n', b'\n'):
        return True
    text, certain = text_of(part, content)
    reduce = squeeze if certain else ascii_of
    tries = [text, TAGS.sub('', text) if kind in ('text/html', 'text/enriched', 'text/richtext') else text]
    if len(UU.findall(text)) == len(message['attachments']):
        tries.append(UU.sub('', text))
    return any(reduce(t) in reduce(b) for t in tries for b in found)


def in_attachment(attachment, contents):
    p = properties(attachment)
    if 'PidTagAttachEncoding' in p or p.get('PidTagAttachMimeTag', '').startswith('multipart/'):
        return True  # MacBinary, or a signed multipart as it came; the Go test compares those
    return attachment.get('sha256') in {hashlib.sha256(c).hexdigest() for c in contents}


def holder(message, parts, number):
    """Returns the message that the part of a number belongs to."""
    for p in parts:
        if p['to'] == 'message' and number.startswith(p['part'] + '.'):
            message = message['attachments'][p['attachment']]['message']
    return message


def missing(result, number, kind, part):
    """Says why a leaf is not where the account has it, or ''."""
    parts = result['parts'] or []
    contents = contents_of(part)
    if part.defects:
        return ''  # found when it was decoded
    line = next((p for p in parts if p['part'] == number), None)
    if line is None:
        # A part around it can have been kept as one attachment.
        around = [p for p in parts if number.startswith(p['part'] + '.') and p['to'] == 'attachment']
        return '' if around else 'no such part'
    message = holder(result['message'], parts, number)
    to = line['to']
    if to == 'attachment':
        return '' if in_attachment(message['attachments'][line['attachment']], contents) else 'not in its attachment'
    if to == 'body':
        return '' if in_body(message, kind, part, contents[0]) else 'not in the body'
    if to == 'dropped':
        if line['reason'] == 'empty':
            return '' if not contents[0].strip() else 'dropped as empty, which it is not'
        return '' if line['reason'] in ('merged', 'superseded') else 'dropped for an unknown reason'
    return '' if to in ('property', 'message') else f'went to {to}'


def read_known(path):
    known = {}
    with open(path) as f:
        for row in f:
            if row.strip() and not row.startswith('#'):
                name, number, reason = row.rstrip('\n').split('\t')
                known[name, number] = reason
    return known


def main():
    command, known = sys.argv[1], read_known(sys.argv[2])
    used, seen, count, failures, skipped = set(), set(), 0, 0, 0
    for row in sys.stdin:
        _, path = row.rstrip('\n').split('\t')
        name = '/'.join(path.split('/')[-2:])
        with open(path, 'rb') as f:
            message = email.message_from_binary_file(f)
        if any(p.defects for p in message.walk()):
            skipped += 1  # what Python complains of is not compared with another repair
            continue
        run = subprocess.run([command, '-from', 'eml', '-to', 'json', path], capture_output=True)
        if run.returncode:
            skipped += 1
            continue
        seen.add(name)
        result = json.loads(run.stdout)
        for number, kind, part in leaves(message):
            count += 1
            why = missing(result, number, kind, part)
            key = next((k for k in ((name, number), (name, '*')) if k in known), None)
            if why and key:
                used.add(key)
            elif why:
                failures += 1
                print(f'{name}\t{number}\t{kind}: {why}')
    for name, number in sorted(set(known) - used):
        if name in seen:
            failures += 1
            print('no difference any more, remove it from the list:', name, number)
    print(f'parts: {len(seen)} messages with {count} leaf parts, {skipped} messages not compared, '
          f'{len(used)} known differences, {failures} other')
    sys.exit(1 if failures else 0)


main()

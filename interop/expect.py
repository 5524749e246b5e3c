"""Reads Internet messages with Python's email package and writes what a reader of
their .msg files should find, a line each.

Usage: expect.py OUTPUT < LIST, with lines of an id and a path.
"""
import email
import email.header
import email.utils
import hashlib
import json
import re
import sys


def decoded(value):
    """Returns the text of a header field."""
    if value is None:
        return ''
    parts = []
    for chunk, charset in email.header.decode_header(str(value).replace('\r', '').replace('\n', '')):
        if isinstance(chunk, str):
            parts.append(chunk)
            continue
        try:
            parts.append(chunk.decode(charset or 'ascii'))
        except (LookupError, UnicodeDecodeError):
            parts.append(chunk.decode('utf-8', 'replace'))
    return ''.join(parts)


def people(message, field):
    values = message.get_all(field, [])
    return [[decoded(name), address]
            for name, address in email.utils.getaddresses([str(v) for v in values]) if address]


def text_of(part):
    payload = part.get_payload(decode=True) or b''
    try:
        return payload.decode(part.get_content_charset() or 'ascii')
    except (LookupError, UnicodeDecodeError):
        return None


def walk(part, found, root=True):
    kind = part.get_content_type()
    disposition = part.get_content_disposition()
    if kind == 'message/rfc822':
        inner = part.get_payload()
        if isinstance(inner, list):
            found['embedded'].append(decoded(inner[0]['Subject']))
        return
    if part.is_multipart():
        for child in part.get_payload():
            walk(child, found, False)
        return
    if disposition == 'attachment':
        payload = part.get_payload(decode=True) or b''
        encoding = str(part.get('Content-Transfer-Encoding', '7bit')).strip().lower()
        found['attachments'].append({
            'name': decoded(part.get_filename()), 'size': len(payload),
            'sha256': hashlib.sha256(payload).hexdigest(),
            # What is not encoded has the line ends of the Internet, whatever those
            # of the file.
            'other': [hashlib.sha256(re.sub(rb'\r?\n', b'\r\n', payload)).hexdigest()] if encoding in ('7bit', '8bit') else []})
    elif kind == 'text/plain' and found['text'] is None:
        found['text'] = text_of(part)
    elif kind == 'text/html' and found['html'] is None:
        found['html'] = text_of(part)


def read(path):
    with open(path, 'rb') as f:
        message = email.message_from_binary_file(f)
    found = {'subject': decoded(message['Subject']), 'to': people(message, 'To'),
             'cc': people(message, 'Cc'), 'bcc': people(message, 'Bcc'), 'from': ['', ''],
             'date': None, 'text': None, 'html': None, 'attachments': [], 'embedded': []}
    sender = people(message, 'From')
    if sender:
        found['from'] = sender[0]
    date = email.utils.parsedate_tz(str(message['Date'] or ''))
    if date:
        found['date'] = email.utils.mktime_tz(date)
    walk(message, found)
    # What the parser complains of is not compared with another parser's repair.
    found['defects'] = sorted({type(d).__name__ for p in message.walk() for d in p.defects})
    return found


def main():
    with open(sys.argv[1], 'w') as out:
        for line in sys.stdin:
            ident, path = line.rstrip('\n').split('\t')
            try:
                found = read(path)
            except Exception as e:  # the parser itself fails for some messages
                found = {'error': repr(e)}
            found['id'] = ident
            out.write(json.dumps(found) + '\n')


main()

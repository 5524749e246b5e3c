"""Reads Internet messages with Python's email package and writes what it finds, a
line each, with the defects that it sees.

Usage: pyemail.py FOLDER OUTPUT, with the files ID.eml in FOLDER.
"""
import base64
import email
import email.policy
import hashlib
import json
import os
import re
import sys

REPORTS = ['message/delivery-status', 'message/disposition-notification',
           'message/global-delivery-status', 'message/global-disposition-notification']
ADDRESSES = {'from': 'From', 'to': 'To', 'cc': 'Cc'}


def leaf(part, found):
    kind, disposition = part.get_content_type(), part.get_content_disposition()
    payload = part.get_payload(decode=True) or b''
    if disposition is None and kind in ('text/plain', 'text/html'):
        field = 'text' if kind == 'text/plain' else 'html'
        if found[field] is None:
            found[field] = payload.decode(part.get_content_charset() or 'ascii')
            found[field + '_raw'] = base64.b64encode(payload).decode()
            return
    sums = [hashlib.sha256(payload).hexdigest()]
    if str(part.get('Content-Transfer-Encoding', '7bit')) != 'base64':
        # Python gives text that is not in base64 the line ends of Unix.
        sums.append(hashlib.sha256(re.sub(rb'\r?\n', b'\r\n', payload)).hexdigest())
    found['attachments'].append({'name': part.get_filename() or '', 'size': len(payload), 'type': kind, 'sha256': sums})


def walk(part, found):
    kind = part.get_content_type()
    if kind in ('message/rfc822', 'message/global'):
        found['embedded'].append(str(part.get_payload()[0]['Subject'] or ''))
    elif kind in REPORTS:
        found['reports'] += 1  # of these Python keeps no bytes
    elif part.is_multipart():
        for child in part.get_payload():
            walk(child, found)
    else:
        leaf(part, found)


def defects(message):
    for part in message.walk():
        yield from (type(d).__name__ for d in part.defects)
        for name, value in part.items():
            yield from (f'{name}: {type(d).__name__}' for d in getattr(value, 'defects', []))


def read(path):
    with open(path, 'rb') as f:
        message = email.message_from_binary_file(f, policy=email.policy.default)
    found = {'subject': str(message['Subject'] or ''), 'text': None, 'html': None, 'text_raw': None, 'html_raw': None,
             'attachments': [], 'embedded': [], 'type': message.get_content_type(), 'reports': 0}
    for field, name in ADDRESSES.items():
        value = message[name]
        found[field] = [[a.display_name, a.addr_spec] for a in value.addresses] if value is not None else []
    walk(message, found)
    found['defects'] = sorted(set(defects(message)))
    return found


def main():
    folder, output = sys.argv[1:]
    with open(output, 'w') as out:
        for name in sorted(n for n in os.listdir(folder) if n.endswith('.eml')):
            try:
                found = read(os.path.join(folder, name))
            except Exception as e:
                found = {'error': repr(e)}
            found['id'] = name[:-len('.eml')]
            out.write(json.dumps(found) + '\n')


main()

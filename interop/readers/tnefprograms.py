"""Reads TNEF streams with the programs tnef and ytnef and writes what they find.

Usage: tnefprograms.py FOLDER tnef TNEF OUTPUT
       tnefprograms.py FOLDER ytnef YTNEF YTNEFPRINT OUTPUT
"""
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile


def sha(data):
    return hashlib.sha256(data).hexdigest() if data else ''


def rich(data):
    """ytnef takes the line end of the dictionary for LF and CR."""
    return sha(re.sub(rb'[\r\n]', b'', data))


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)


def files(folder):
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), 'rb') as f:
            yield name, f.read()


def text(data):
    return data.decode('utf-8', 'replace')


def read_tnef(program, path, out):
    """The bodies are message.rtf and message.html, whatever else there is."""
    done = run(program, '--save-body', '--body-pref=ALL', '--number-backups', '-C', out, '-f', path)
    if done.returncode != 0:
        return {'error': text(done.stdout).strip() or f'exit status {done.returncode}'}
    found = {'rtf': '', 'html': '', 'attachments': []}
    for name, data in files(out):
        kind = name[len('message.'):] if name.startswith('message.') else ''
        if kind in ('rtf', 'html') and not found[kind]:
            found[kind] = rich(data) if kind == 'rtf' else sha(data)
        else:
            found['attachments'].append({'name': name, 'size': len(data), 'sha256': sha(data)})
    dump = run(program, '--debug', '-t', '-f', path).stdout
    subject = re.search(rb"^\(MESS\) Subject <8004> [^=]*='(.*)'$", dump, re.M)
    found['subject8'] = list(subject[1]) if subject else []
    return found


# What ytnef refuses: titles and addresses of more than 100 bytes, attachments of none,
# OLE objects of more than 512 KiB, and subjects with a slash, which it takes for
# the names of files.
REFUSED = re.compile(rb'ERROR: (invalid alloc size .* \(exceeded \d+ bytes\)|Field with size of 0|Error writing .* to disk)')


def read_ytnef(program, printer, path, out):
    done = run(program, '-F', '-f', out, path)
    if refused := REFUSED.search(done.stdout):
        return {'refused': text(refused[0])}
    if done.returncode != 0 or b'ERROR' in done.stdout or b'Bad file' in done.stdout:
        return {'error': text(done.stdout).strip() or f'exit status {done.returncode}'}
    found = {'rtf': '', 'attachments': []}
    # The rich text is named after the subject and written first.
    first = os.path.basename(text(done.stdout).split('\n')[0])
    for name, data in files(out):
        if name == first and data.startswith(b'{\\rtf'):
            found['rtf'] = rich(data)
        else:
            found['attachments'].append({'name': name, 'size': len(data), 'sha256': sha(data)})
    dump = run(printer, path).stdout
    subject = re.search(rb'^Subject: (.*)$', dump, re.M)
    if b'\nMessage Class: IPM.Microsoft Mail.Note\n' not in dump:
        del found['rtf']  # it writes that of ordinary mail alone
    found['subject8'] = list(subject[1]) if subject else []
    body = re.search(rb'Code: \[PR_BODY\]\n    Size: \d+    Value: \[(.*?)\]\n   #\d+: Type: ', dump, re.S)
    if body and body[1].isascii():  # of other texts ytnefprint cuts off the end
        found['text'] = text(body[1])
    return found


def main():
    folder, kind, programs, output = sys.argv[1], sys.argv[2], sys.argv[3:-1], sys.argv[-1]
    read = {'tnef': read_tnef, 'ytnef': read_ytnef}[kind]
    with open(output, 'w') as results:
        for name in sorted(os.listdir(folder)):
            if name.endswith('.dat'):
                with tempfile.TemporaryDirectory() as out:
                    found = read(*programs, os.path.join(folder, name), out)
                found['id'] = name[:-len('.dat')]
                results.write(json.dumps(found) + '\n')


main()

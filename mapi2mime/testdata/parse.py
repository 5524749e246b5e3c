"""Prints, for each message file named on the command line, what Python's email
package makes of it: one JSON object a line."""

import email
import email.policy
import hashlib
import json
import sys


def leaves(part):
    """Yields the parts that hold a content, in order, with their defects."""
    if part.get_content_maintype() == "multipart" or part.get_content_type() in ("message/rfc822", "message/global"):
        for child in part.get_payload():
            yield from leaves(child)
        return
    if part.get_content_maintype() == "message":
        data = part.as_bytes(policy=email.policy.SMTP).split(b"\r\n\r\n", 1)[-1]
    else:
        data = part.get_payload(decode=True) or b""
    yield {
        "type": part.get_content_type(),
        "filename": part.get_filename() or "",
        "disposition": part.get_content_disposition() or "",
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def defects(part):
    for d in part.defects:
        yield type(d).__name__
    for name, value in part.items():
        for d in getattr(value, "defects", ()):
            yield name + ": " + type(d).__name__
    if part.is_multipart():
        for child in part.get_payload():
            yield from defects(child)


for path in sys.argv[1:]:
    with open(path, "rb") as f:
        message = email.message_from_binary_file(f, policy=email.policy.default)
    print(json.dumps({
        "subject": str(message["Subject"] or ""),
        "from": [a.addr_spec for a in message["From"].addresses] if message["From"] else [],
        "to": [a.addr_spec for a in message["To"].addresses] if message["To"] else [],
        "cc": [a.addr_spec for a in message["Cc"].addresses] if message["Cc"] else [],
        "leaves": list(leaves(message)),
        "defects": list(defects(message)),
    }))

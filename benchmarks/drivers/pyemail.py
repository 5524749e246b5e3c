"""Reads an Internet message with Python's email package: every field, with what it
means, and every part, decoded.

Usage: pyemail.py TIMES FILE; prints its version and the bytes of contents.
"""
import email
import email.policy
import platform
import sys


def read(path):
    with open(path, 'rb') as f:
        message = email.message_from_binary_file(f, policy=email.policy.default)
    size = 0
    for part in message.walk():
        for _, value in part.items():
            str(value)
        if not part.is_multipart():
            size += len(part.get_content())
    return size


def main():
    times, path = sys.argv[1:]
    size = sum(read(path) for _ in range(int(times)))
    print(f'Python {platform.python_version()}\t{size}')


main()

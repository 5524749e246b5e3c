"""Compares the words that unrtf shows of encapsulated HTML and text with those of
the HTML, as Python's parser reads it, and of the text.

Usage: rtfwords.py FOLDER, which has ID.html, ID.html.rtf, ID.text, ID.text.rtf.
"""
import html.parser
import os
import re
import subprocess
import sys

HIDDEN = {'script', 'style', 'title', 'iframe', 'noembed', 'xml'}


class Words(html.parser.HTMLParser):
    """Collects what HTML shows: text, alternative texts, numbers of list items."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.text, self.hidden, self.lists = [], '', []

    def handle_starttag(self, tag, attrs):
        attrs = dict(reversed(attrs))
        self.text.append('' if tag in INLINE else ' ')
        if tag in HIDDEN:
            self.hidden = tag
        elif tag in ('ul', 'ol'):
            start = attrs.get('start') or '1'
            self.lists.append(None if tag == 'ul' else int(start) if start.isdigit() else 1)
        elif tag == 'li' and self.lists and self.lists[-1] is not None:
            value = attrs.get('value') or ''
            n = int(value) if value.isdigit() else self.lists[-1]
            self.lists[-1] = n + 1
            self.text.append(f' {n}. ')
        elif tag in ('img', 'image'):
            self.text.append(attrs.get('alt') or '')
        elif '@' in tag:
            self.text.append(self.get_starttag_text())

    def handle_startendtag(self, tag, attrs):
        if tag not in HIDDEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        self.text.append('' if tag in INLINE else ' ')
        if tag == self.hidden:
            self.hidden = ''
        elif tag in ('ul', 'ol') and self.lists:
            self.lists.pop()

    def handle_data(self, data):
        if not self.hidden:
            self.text.append(data)


INLINE = set('a b i u s em strong span font small big sub sup code tt del ins strike q cite img abbr kbd samp var'.split())


UNRTF = os.environ.get('UNRTF', 'unrtf').split()


def words(text):
    # unrtf leaves out characters that take two code units.
    return re.findall(r'\w+', re.sub('[\U00010000-\U0010FFFF]', ' ', text))


def shown(path):
    # Its text output has no characters beyond ASCII.
    out = subprocess.run([*UNRTF, '--html', '--nopict', path], capture_output=True, check=True).stdout
    return html_text(out.decode('utf-8', 'replace'))


def html_text(text):
    parser = Words()
    parser.feed(text)
    parser.close()
    return ''.join(parser.text)


def expected(path):
    with open(path, encoding='utf-8', newline='') as f:
        text = f.read()
    if path.endswith('.text'):
        return text
    # A tag that the end, or a quote that is never closed, cuts off shows nothing;
    # Python's parser takes it for text.
    return html_text(re.sub(r'<[a-zA-Z/][^<>"]*("[^"]*)?$', '', text))


def main():
    folder, count, wrong = sys.argv[1], 0, 0
    for name in sorted(os.listdir(folder)):
        if name.endswith('.rtf'):
            continue
        path = os.path.join(folder, name)
        count += 1
        want, got = words(expected(path)), words(shown(path + '.rtf'))
        if want == got:
            continue
        wrong += 1
        i = next((i for i, (a, b) in enumerate(zip(want, got)) if a != b), min(len(want), len(got)))
        print(f'{name}: word {i} of {len(want)}: {want[i:i + 6]} shows as {got[i:i + 6]}')
    print(f'unrtf: {count} bodies, {wrong} show other words')
    sys.exit(wrong > 0)


main()

"""Words of a sentence with their offsets.

Hyphenated words, grouped numbers and initialisms are one word each (`18-year-old`, `12-15`, `1,200`, `al-Suwayda`,
`U.S.`); asterisks that hide a word from filters (`kil*led`) are read over. A possessive `'s` is a word of its own, since
the noun before it is no head of a phrase.

Belongs here: cutting into words. Keep out: what words mean.
"""

from __future__ import annotations

import re

from transforms.reading.document import Sentence

# A word longer than this is no word but noise (base64, a URL): it is cut, so that work stays linear.
_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}"
    r"|[^\W_]+(?:(?:[-*\u2010\u2011\u2013]|['\u2019](?!s\b)|(?<=\d)[.,\u2014\u2015~](?=\d))[^\W_]+)*"
    r"|['\u2019]s\b"
    r"|[^\w\s]|_"
)
MAX_WORDS = 2000
# Names that in lower case would be another word: `IS killed two` is no passive. Not so in text all in capitals.
_NAMES = {"IS": "isis"}


def tokenize(sentence: Sentence) -> Sentence:
    """Fill `words`, `lowers`, `starts` and `ends` of the sentence (at most MAX_WORDS words) and return it."""
    if sentence.words:
        return sentence
    base, names = sentence.start, {} if sentence.text.isupper() else _NAMES
    for count, match in enumerate(_TOKEN.finditer(sentence.text)):
        if count >= MAX_WORDS:
            break
        word = match.group()
        sentence.words.append(word)
        sentence.lowers.append(names.get(word) or word.lower().replace("*", "") or word)
        sentence.starts.append(base + match.start())
        sentence.ends.append(base + match.end())
    return sentence

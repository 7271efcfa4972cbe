"""The reader's pages cannot drift: steps, forms and worked example are compared, and each lexicon example is run."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.transforms.reading.shown import SHOWS, shown
from transforms.lexicon import LEXICON_DIR
from transforms.reading.attachment_rules import RULES
from transforms.reading.document import Article
from transforms.reading.reader import STEPS, read
from transforms.reading.vocabulary import GOAL_FORMS

# a database is made and filled, or a heavy library imported: too slow for the unit tests
pytestmark = pytest.mark.integration

PROJECT = Path(__file__).parents[3]
READER_PAGE = (PROJECT / "docs/reader.md").read_text(encoding="utf-8")
LEXICON_PAGE = (PROJECT / "docs/lexicons.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def rows_of(page: str, heading: str) -> list[str]:
    """The first cells of the table under a heading, without their backquotes."""
    section = page.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.split("\n") if line.startswith("| `")]
    return [line.split("|")[1].strip().strip("`") for line in lines]


def examples() -> list[dict[str, str]]:
    blocks = [body for kind, body in _BLOCK.findall(LEXICON_PAGE) if kind == "lexicon"]
    return [{key: value.strip() for key, value in (line.split(":", 1) for line in body.strip().split("\n"))} for body in blocks]


EXAMPLES = examples()
# Reads the texts of the examples with lexicons from another folder. A process of its own: lexicons are read once.
_READ = """
import json, sys
from pathlib import Path
import transforms.lexicon
transforms.lexicon.LEXICON_DIR = Path(sys.argv[1])
from tests.transforms.reading.test_docs import figures_in
print(json.dumps([figures_in(text) for text in json.loads(sys.argv[2])]))
"""


def figures_in(text: str) -> str:
    """What is read in a text, in the form of the examples."""
    found = []
    for row in read(Article("a", text, read_spans=((0, len(text)),))).figures:
        low, high = row["count_min"], row["count_max"]
        number = str(low) if low == high else f"{'' if low is None else low}..{'' if high is None else high}"
        found.append(f"{row['outcome']} {row['quantity_text']} = {number} {row['bound']}, {row['victim_status']}")
    return "; ".join(found) or "nothing"


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What is read in each example's text with all the examples' lines added to a copy of the lexicons."""
    folder = tmp_path_factory.mktemp("lexicon") / "lexicon"
    shutil.copytree(LEXICON_DIR, folder)
    for example in EXAMPLES:
        with (folder / example["file"]).open("a", encoding="utf-8") as handle:
            handle.write(example["line"] + "\n")
    texts = json.dumps([example["text"] for example in EXAMPLES])
    done = subprocess.run([sys.executable, "-c", _READ, str(folder), texts], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


def test_the_page_has_an_example_of_a_noun_a_verb_a_trap_and_a_modifier() -> None:
    assert [example["file"] for example in EXAMPLES] == ["people.csv", "outcomes.csv", "things.csv", "quantities.csv"]


@pytest.mark.parametrize("number", range(len(EXAMPLES)), ids=lambda number: EXAMPLES[number]["file"])
def test_a_line_of_data_changes_what_is_read(number: int, after: list[str]) -> None:
    example = EXAMPLES[number]
    assert figures_in(example["text"]) == example["before"]
    assert after[number] == example["after"] != example["before"]


def test_every_lexicon_is_named() -> None:
    assert [path.name for path in sorted(LEXICON_DIR.glob("*.csv")) if path.name not in LEXICON_PAGE] == []


def test_the_steps_stand_in_their_order() -> None:
    assert rows_of(READER_PAGE, "Steps, in order") == [step.__name__ for step in STEPS]


def test_every_form_is_explained() -> None:
    forms = rows_of(READER_PAGE, "Forms of outcome words")
    assert set(forms) == {*RULES, *GOAL_FORMS} and len(forms) == len(set(forms))


def test_the_worked_example_is_what_the_reader_does() -> None:
    blocks = _BLOCK.findall(READER_PAGE)
    (text,) = [body.strip() for kind, body in blocks if kind == "text"]
    worked = {kind: body.strip().split("\n") for kind, body in blocks if kind in SHOWS}
    assert set(worked) >= {"outcomes", "quantities", "attachment", "bounds", "relations", "main_incident"}
    for step, lines in worked.items():
        assert shown(step, text) == lines, step

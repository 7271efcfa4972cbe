"""No side is read differently: the same sentence about any party gives the same figures, whoever does what to whom.

Parties of the same conflict are put into the same sentences in both roles. What may differ is only what names them (victim_group,
source_text) and the kind of source that they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import Any

import pytest

from transforms.reading.document import Article
from transforms.reading.reader import read
from transforms.sources import group_name


@dataclass(frozen=True)
class Party:
    """A party of a conflict: its name as a speaker, and what its fighters are called."""

    name: str
    forces: str


CONFLICTS = {
    "Syria": (Party("the Syrian army", "Syrian government forces"), Party("the Free Syrian Army", "Free Syrian Army forces")),
    "Gaza": (Party("the Israeli army", "Israeli forces"), Party("Hamas", "Hamas forces")),
    "Ukraine": (Party("the Russian army", "Russian forces"), Party("the Ukrainian army", "Ukrainian forces")),
    "northern Syria": (Party("the Syrian Democratic Forces", "Syrian Democratic Forces"), Party("the Turkish army", "Turkish forces")),
    "ISIS": (Party("ISIS", "ISIS forces"), Party("the Iraqi army", "Iraqi forces")),
    "Yemen": (Party("the Houthis", "Houthi forces"), Party("the Saudi army", "Saudi forces")),
    "Lebanon": (Party("Hezbollah", "Hezbollah forces"), Party("the Lebanese army", "Lebanese forces")),
    "Nagorno-Karabakh": (Party("the Armenian army", "Armenian forces"), Party("the Azerbaijani army", "Azerbaijani forces")),
}
# sides that no lexicon names
UNNAMED = (Party("government forces", "government forces"), Party("rebel forces", "rebel forces"))
SENTENCES = (
    "{A} said it had killed 12 members of {B} near Orlen.",
    "Twelve members of {A_forces} were killed and 30 wounded in clashes with {B_forces}.",
    "{A_forces} shelled a market in Orlen, killing 12 civilians, including three children.",
    "{A} claimed that 12 civilians were killed by {B_forces}.",
    "{A} denied that 12 people were killed in a strike on Orlen.",
    "Twelve civilians were killed when {A_forces} shelled Orlen, {B} said.",
    "A rocket fired by {A_forces} killed a woman and her two sons.",
    "{A_forces} captured 20 members of {B_forces}.",
    "At least 12 people were killed in a strike by {A_forces}, according to {B}.",
    "{A} said that five members of {A} and nine civilians were killed.",
    "An ambush by {A_forces} left at least seven members of {B_forces} dead.",
    "{A_forces} have reportedly killed 40 members of {B_forces} since the start of the battle.",
    "No casualties were reported after {A_forces} shelled Orlen.",
    "{A_forces} and {B_forces} clashed in Orlen; 15 people were killed, most of them by shelling.",
    "Dozens of people were detained by {A_forces} in Orlen.",
    "A journalist and a medic were killed in an air strike by {A_forces} on Orlen, {B} said.",
)
FIELDS = (
    "outcome",
    "count_min",
    "count_max",
    "bound",
    "victim_status",
    "status_basis",
    "demographic",
    "role",
    "relation",
    "scope",
    "stance",
)


def _figures(text: str) -> list[dict[str, Any]]:
    return list(read(Article("a", text[0].upper() + text[1:], read_spans=((0, len(text)),))).figures)


def _shape(figures: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(*(figure[field] for field in FIELDS), figure["victim_side"], figure["source_text"] is not None) for figure in figures]


def _filled(sentence: str, a: Party, b: Party) -> str:
    return sentence.format(A=a.name, B=b.name, A_forces=a.forces, B_forces=b.forces)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_gives_the_same_figures_whoever_it_tells_of(sentence: str) -> None:
    texts = [_filled(sentence, a, b) for pair in (*CONFLICTS.values(), UNNAMED) for a, b in permutations(pair)]
    shapes = {text: _shape(_figures(text)) for text in texts}
    first = shapes[texts[0]]
    assert first, texts[0]
    assert {text: shape for text, shape in shapes.items() if shape != first} == {}, f"{texts[0]} gives {first}"


@pytest.mark.parametrize("name", CONFLICTS)
def test_the_group_of_the_victims_is_swapped_with_the_parties(name: str) -> None:
    for a, b in permutations(CONFLICTS[name]):
        (figure,) = _figures(_filled("{A} said it had killed 12 members of {B} near Orlen.", a, b))
        assert figure["victim_group"] == group_name(b.name.removeprefix("the "))
        assert figure["victim_status"] == "combatant"

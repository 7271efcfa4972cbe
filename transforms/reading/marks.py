"""What the steps note of one sentence: number phrases, noun phrases and outcome words, as token spans.

Belongs here: the shapes. Keep out: the rules that fill them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from transforms.reading.vocabulary import PeopleWord


@dataclass(slots=True)
class Quantity:
    """A number phrase. `start`:`end` are tokens, modifiers included; `low`/`high` what the core says, in persons.

    modifier: class of the modifier (at_least, about, …) or None; core: word, digits, vague, range, group.
    """

    start: int
    end: int
    core_start: int
    core_end: int
    low: int
    high: int | None
    kind: str
    modifier: str | None = None


@dataclass(slots=True)
class Phrase:
    """A noun phrase (or pronoun) that may stand for people.

    det: quantity, a, the, poss, no, name, pronoun, bare or partitive; head: token of the head noun, None when elided (`28 others`
    has a head, `28` has none). people: the head's entry, None for things and unknown words. kind: people, thing, unknown, elided.
    """

    start: int
    end: int
    det: str
    kind: str
    head: int | None = None
    people: PeopleWord | None = None
    quantity: Quantity | None = None
    plural: bool = False
    named: bool = False
    partitive: bool = False
    of_number: Quantity | None = None  # the number of which it is a share: `two of the thirty-seven`
    inner_outcome: str | None = None
    inner_token: int | None = None
    inner_whole: Quantity | None = None  # `nine of the 20 injured`: the number of the group
    own_start: int = 0


@dataclass(slots=True)
class Trigger:
    """Outcome words. `start`:`end` are tokens, `group_start` where its verb group starts (`have been`).

    voice: passive, active, perfect, bare, none (nouns and adjectives).
    """

    start: int
    end: int
    outcome: str
    form: str
    voice: str = "bare"
    group_start: int = 0
    negated: bool = False
    hypothetical: bool = False


@dataclass(slots=True)
class Marks:
    """All that was noted of one sentence; `kinds` has one letter class per token (see `phrases`)."""

    quantities: list[Quantity] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)
    triggers: list[Trigger] = field(default_factory=list)
    # outcome and head noun of people named again without a number: `the hostages were killed` (None: `they`, `their bodies`)
    # and the token at which they are
    again: list[tuple[str, str | None, int]] = field(default_factory=list)

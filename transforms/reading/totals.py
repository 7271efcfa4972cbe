"""The total of one outcome over an article: which figures are disjoint, which only say again what was said.

Belongs here: restatements, anaphora, disjoint sums, overall tolls. Keep out: which figures may count at all
(`main_incident.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from transforms.reading.document import Document, Figure
from transforms.reading.vocabulary import cues, to_hospital_verbs

# A text of at most this many sentences is a summary: its sentences add up. A longer one is an article: it says things again.
SUMMARY_SENTENCES = 7
LEAD_SENTENCES = 4
# A sentence of so few words that counts the dead (`At least 3 fatalities.`) is a note's own last word.
VERDICT_WORDS = 4
# What `several` and `an unknown number` count at least; `dozens` and `hundreds` say more.
SEVERAL = 3
# Where a sentence on one attack of a series says which: `The second blast …`, `In the Orlen attack, …`.
_OPENING = 6


@dataclass(frozen=True, slots=True)
class Total:
    """A total in persons (null = open on that side) and the figures it rests on."""

    count_min: int | None
    count_max: int | None
    figures: tuple[Figure, ...]


@dataclass(slots=True)
class Said:
    """One figure as it counts: lowest and highest number, head noun, whether it is definite or additive."""

    figure: Figure
    low: int
    high: int | None
    head: str | None
    definite: bool
    additive: bool
    named: bool


def is_summary(document: Document) -> bool:
    """Return whether the body is so short that its sentences tell of others each."""
    return len([s for s in document.sentences if not s.in_title]) <= SUMMARY_SENTENCES


def said_of(document: Document, figure: Figure) -> Said:
    """Return how a figure counts: its numbers, its noun, whether it says again (`the 12`) or adds (`another`)."""
    sentence = document.sentences[figure.sentence_index]
    phrase = document.phrase_of(figure)
    low = figure.count_min if figure.count_min is not None else figure.count_max or 0
    head = sentence.lowers[phrase.head] if phrase is not None and phrase.head is not None else None
    first = figure.victim_tokens[0]
    words = set(sentence.lowers[max(0, first - 1) : figure.victim_tokens[1]])
    near = set(sentence.lowers[max(0, first - 1) : figure.quantity_tokens[1] + 1])
    own = bool(words & cues("reflexive"))  # `before killing himself`: whoever else was named, this is the attacker
    again = figure.rule == "bodies" and figure.quantity_text.lower() in ("his", "her")  # `His body was found`: of one told of before
    definite = not own and (
        again or bool(near & cues("definite")) or (phrase is not None and phrase.det in ("the", "pronoun", "partitive"))
    )
    beside = _is_beside_others(document, figure)
    also = "also" in sentence.lowers[figure.victim_tokens[1] : figure.outcome_tokens[0]]
    additive = also or (bool(words & cues("additive")) and not beside)
    return Said(figure, low, figure.count_max, head, definite and not also, additive, figure.named_person)


def _is_beside_others(document: Document, figure: Figure) -> bool:
    """`left one man dead and three others wounded`: others than the dead of the sentence, not than the wounded counted before."""
    before = [f for f in document.figures if f.in_title == figure.in_title and f.char_start < figure.char_start and f.rule != "zero"]
    here = [f for f in before if f.sentence_index == figure.sentence_index]
    # in an article, which says things again, the last ones told of may stand in the sentence before
    near = here or ([] if is_summary(document) else before[-1:])
    return any({f.outcome, figure.outcome} == {"killed", "injured"} for f in near)


def _singular(head: str | None) -> str | None:
    return None if head is None else head.removesuffix("s").replace("men", "man")


def _is_of_the_counted(document: Document, said: Said) -> bool:
    """`six were killed. Four died on the spot`, `one of the victims was beheaded`: how and where some of the dead died."""
    if said.figure.outcome != "killed" or said.additive:
        return False
    phrase = document.phrase_of(said.figure)
    if phrase is not None and phrase.partitive and said.head == "victims":
        return True
    lowers, end = document.sentences[said.figure.sentence_index].lowers, said.figure.outcome_tokens[1]
    return any(" ".join(lowers[end : end + length]) in cues("where_died") for length in (1, 2, 3))


def _is_same_loss(said: Said, kept: Said) -> bool:
    """`guards killed five militants. They ran once they had lost five fighters`: as many of the same side by another verb."""
    return said.low == kept.low > 1 and said.figure.role == kept.figure.role and said.figure.bound == kept.figure.bound


def _is_of_this_attack(document: Document, said: Said, kept: list[Said]) -> bool:
    """`A bomb killed five people. Reports say that four guards were killed in this attack`: of the people, some by what they were."""
    lowers, end = document.sentences[said.figure.sentence_index].lowers, said.figure.outcome_tokens[1]
    here = lowers[end : end + 2] == ["in", "this"] and not cues("attack_noun").isdisjoint(lowers[end + 2 : end + 4])
    return here and len(kept) == 1 and kept[0].head in cues("anybody") and said.head not in cues("anybody") and not said.additive


def _is_of_the_series(document: Document, said: Said, kept: list[Said]) -> bool:
    """`two were killed in three bombings. The second bombing killed one`: what one attack of a counted series did."""
    whole = document.sentences[kept[0].figure.sentence_index]
    lowers = document.sentences[said.figure.sentence_index].lowers
    later = said.figure.sentence_index > whole.index
    several = not cues("several_events").isdisjoint(whole.lowers)
    return len(kept) == 1 and later and several and not said.additive and not cues("one_of_them").isdisjoint(lowers[:_OPENING])


def _restates(document: Document, said: Said, kept: list[Said], summary: bool) -> bool:
    """Whether a figure in a later sentence says again what the kept figures said."""
    total = sum(k.low for k in kept)
    if said.additive and not said.definite:
        return False
    attacking = said.figure.victim_side == "attacking"
    if attacking and not any(k.figure.victim_side == "attacking" for k in kept):
        return not summary and not said.definite
    if (
        said.definite
        and summary
        and said.figure.bound == "exact"
        and said.low > 1
        and all(k.low != said.low for k in kept)
        and len(kept) == 1
    ):
        return False
    if summary and _is_attacker(document, said, kept):
        return False
    if said.definite and said.low <= total:
        return True
    if said.named and total >= 1:
        surname = said.figure.quantity_text.split()[-1]
        known = any(surname in k.figure.quantity_text.split() for k in kept if k.named)
        if summary and _was_hurt(document, said, surname):
            # `six were killed and Ann Bell was wounded. Bell later died`
            return known
        return known or not summary or total > 1 or any(not k.named for k in kept)
    if (_is_of_the_counted(document, said) or (summary and _is_of_the_series(document, said, kept))) and said.low <= total:
        return True
    shot = [k.low for k in kept if is_open(k.figure)]
    if summary and said.head is None and said.figure.bound == "exact" and shot and said.low <= max(shot) > 1:
        # `four were shot. One died at the scene. Three are in hospital`: of the four
        return True
    if summary and _is_of_this_attack(document, said, kept) and said.low <= total:
        return True
    if summary and said.figure.rule == "loss" and any(_is_same_loss(said, k) for k in kept):
        return True
    same_head = any(_singular(k.head) == _singular(said.head) and k.low == said.low for k in kept)
    if same_head:
        return True
    if summary:
        return said.low == total and said.low > 1 and (said.head is None or said.head in cues("anybody"))
    return said.low <= total


def _is_attacker(document: Document, said: Said, kept: list[Said]) -> bool:
    """`The raider then took a hostage before he was killed`: `he` is the one fighter whom the sentence is about, not one counted before."""
    phrase = document.phrase_of(said.figure)
    if phrase is None or phrase.det != "pronoun" or said.figure.outcome != "killed":
        return False
    subject = document.marks[said.figure.sentence_index].phrases[0]
    fighter = subject.people is not None and subject.people.role == "fighter" and not subject.plural and subject.end <= phrase.start
    head = document.sentences[said.figure.sentence_index].lowers[subject.head] if subject.head is not None else None
    return fighter and all(k.head != head and k.figure.victim_side != "attacking" for k in kept)


def _was_hurt(document: Document, said: Said, surname: str) -> bool:
    """Whether a person of that name was told of as injured before, in another sentence."""
    before = [f for f in document.figures if f.named_person and f.outcome == "injured" and f.sentence_index < said.figure.sentence_index]
    return said.figure.outcome == "killed" and any(surname.lower() in f.quantity_text.lower().split() for f in before)


def _overall(said: Said, kept: list[Said]) -> bool:
    """Whether a figure is the sum of what came before: an overall toll stated last."""
    total = sum(k.low for k in kept)
    # `1 fatality.`: a bare count of the dead at the end of a summary is its overall statement
    bare = said.figure.rule == "counted_noun" and said.head is None
    if bare and (said.low >= max(k.low for k in kept) or len(said.figure.sentence.split()) <= VERDICT_WORDS):
        return True
    # `A total of eighteen were killed in the two operations`
    if said.figure.quantity_text.lower().startswith("a total of") and said.low > total:
        return True
    return len(kept) > 1 and said.low == total and not said.additive


def _is_of_all(said: Said, kept: list[Said]) -> bool:
    """`killed Ann Bell, a clerk, and her escorts. The four were killed …`: the number of all who were told of, some without one."""
    general = said.head is None or said.head in cues("anybody") or said.head == "men"
    ones = all(k.low == 1 for k in kept)
    return said.definite and not said.additive and general and ones and said.figure.bound == "exact" and said.low > sum(k.low for k in kept)


def _was_also_killed(said: Said) -> bool:
    """`A clerk was killed … Rob Bell, a porter, was also killed`: a second person by name, beside the one told of."""
    one = said.low == said.high == 1 and said.figure.outcome == "killed" and said.figure.rule in ("passive", "intransitive")
    return one and said.named and said.additive and not said.definite


def is_own_death(document: Document, figure: Figure) -> bool:
    """Return whether a figure is an attacker's death by their own hand: `before killing himself`, `turned the gun on himself`."""
    lowers = document.sentences[figure.sentence_index].lowers
    words = {*lowers[slice(*figure.victim_tokens)], *lowers[slice(*figure.outcome_tokens)]}
    return figure.outcome == "killed" and not words.isdisjoint(cues("reflexive"))


def _is_he_beside(document: Document, said: Said, kept: list[Said]) -> bool:
    """`Four were killed by a man before he was shot dead`: one person, who is none of the group told of in the sentence."""
    phrase = document.phrase_of(said.figure)
    one = phrase is not None and phrase.det == "pronoun" and said.low == 1 and not phrase.plural and not phrase.partitive
    return one and len(kept) == 1 and kept[0].low > 1


def _is_pronoun(document: Document, said: Said) -> bool:
    phrase = document.phrase_of(said.figure)
    return phrase is not None and phrase.det == "pronoun" and not said.figure.quantity_text.lower().endswith(("self", "selves"))


def _groups(said: list[Said]) -> list[list[Said]]:
    """Figures of one list (`him, a bodyguard and another relative`) go together."""
    groups: list[list[Said]] = []
    for one in said:
        last = groups[-1][-1].figure if groups else None
        if last is not None and last.sentence_index == one.figure.sentence_index and last.outcome_tokens == one.figure.outcome_tokens:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _is_added(document: Document, said: Said) -> bool:
    """`15 were hurt. Additionally, dozens of villagers were hurt`: the text itself adds the vague number to the definite one."""
    # `an unknown number` has no size that could be added
    return said.low > SEVERAL and document.sentences[said.figure.sentence_index].lowers[0] in cues("opens_addition")


def _take(document: Document, group: list[Said], kept: list[Said], summary: bool) -> list[Said]:
    """Return what counts after one more group of figures."""
    if not kept:
        return group
    first, total, adds = group[0], sum(k.low for k in kept), sum(g.low for g in group)
    if len(group) == 1 and _overall(first, kept):
        return group
    named = len(group) > 1 and first.figure.rule == "bodies" and first.figure.sentence_index > kept[-1].figure.sentence_index
    if summary and named and adds <= total and not any(one.additive for one in group):
        # `shot dead a family of four. The bodies of a tapper, his daughter and …`: some of the dead are named one by one
        return kept
    if summary and len(group) == 1 and _is_of_all(first, kept):
        return group
    if summary and len(group) > 1 and adds == total > 1:
        # the dead named one by one are those counted before
        return kept
    if summary:
        return kept + [one for one in group if not _restates(document, one, kept, summary)]
    if first.figure.sentence_index == kept[-1].figure.sentence_index and (not first.definite or _is_he_beside(document, first, kept)):
        return kept + group
    if len(group) == 1 and total == 1 and _was_also_killed(first):
        return kept + group
    if len(group) > 1 and total == 1 and _is_pronoun(document, first):
        # `killed Omar Hadi … killing him, a guard and another relative`
        return kept + group[1:]
    own = [one for one in group if is_own_death(document, one.figure)]
    if own and all(k.figure.rule == "active" and not is_own_death(document, k.figure) for k in kept):
        # `killed his four sons … then killed himself`: who did it is none of those he killed
        return kept + own
    if all(_restates(document, one, kept, summary) for one in group) and adds <= total:
        return kept
    if adds > total and first.additive and not first.definite and first.figure.sentence_index <= LEAD_SENTENCES:
        # `wounded the consul. Three other persons were injured`: others than who was told of
        return kept + group
    # a larger number in the lead is the toll; further down it is history, or another place
    return group if adds > total and first.figure.sentence_index <= LEAD_SENTENCES else kept


def is_open(figure: Figure) -> bool:
    """Return whether the verb leaves open if the people lived: `shot 16 pilgrims`, `taken to hospital`."""
    return bool(figure.verb_words & (cues("open_verb") | to_hospital_verbs()))


def total_of(figures: list[Figure], document: Document) -> Total | None:
    """Return the total over the figures of one outcome; None when there is no figure."""
    if not figures:
        return None
    tolls = [f for f in figures if f.rule == "toll"]
    if tolls:
        return Total(tolls[-1].count_min, tolls[-1].count_max, (tolls[-1],))
    summary = is_summary(document)
    kept: list[Said] = []
    said = [said_of(document, f) for f in figures]
    for group in _groups(said):
        here = [s for s in said if s.figure.sentence_index == group[0].figure.sentence_index]
        shared_out = summary and len(here) > 1 and not any(k is h for k in kept for h in here)
        if shared_out and sum(h.low for h in here) == sum(k.low for k in kept):
            # `seven were hurt. Two are in critical condition and five others were hospitalized`
            continue
        kept = _take(document, group, kept, summary)
    if any(k.figure.bound != "vague" and k.low for k in kept):
        # `three dead and an unknown number`: what is vague adds nothing that could be defended
        kept = [k for k in kept if k.figure.bound != "vague" or _is_added(document, k)]
    highs = [k.high for k in kept]
    high = None if None in highs else sum(h for h in highs if h is not None)
    return Total(sum(k.low for k in kept), high, tuple(k.figure for k in kept))

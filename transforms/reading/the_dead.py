"""Who was hurt and is among the dead: `was shot … was pronounced dead` is one person, counted as killed only.

By identity: of those named again (`he`, `the man`, a name), of shares of the hurt (`two of them died`), and of verbs that leave
open whether the people lived (`shot`, `stabbed`). `wounded`, `injured` and `three others` stand.

Belongs here: taking the dead from the injured. Keep out: adding up one outcome (`totals.py`).
"""

from __future__ import annotations

from transforms.reading.document import Document, Figure
from transforms.reading.totals import Total, is_open, said_of, total_of
from transforms.reading.vocabulary import cues, to_hospital_verbs

_PRONOUN_REACH = 2  # sentences
_WOUNDS = 5  # tokens behind `died` in which `of his wounds` stands
_AMONG = frozenset({"after", "when", "where", "as"})  # `one is dead after six were shot`; not `while`


def without_the_dead(injured: Total | None, killed: Total | None, figures: list[Figure], document: Document) -> Total | None:
    """Return the total of the injured without those who are among the dead; None where nobody is left.

    figures: those of all outcomes that may count for the main incident, in order of the text.
    """
    dead = (killed.count_min if killed is not None else 0) or 0
    said = [f for f in figures if f.outcome == "injured" and f.count_min]
    if injured is None or not dead or not said:
        return injured
    gone = _now_dead(figures, document) + [f for f in said if _died_later(f, figures)]
    if gone:
        said = [f for f in said if not any(f is g for g in gone)]
        injured = _total(said, document)
        if injured is None:
            return None
    apart = [f for f in said if _is_one_more(f, document) or _has_other_name(f, figures) or any(_is_apart(k, f, document) for k in figures)]
    shot_or_dead = [f for f in said if is_open(f) or _again(f, dead, figures, document) or _is_named_dead(f, figures)]
    open_ended = [f for f in shot_or_dead if not any(f is a for a in apart)]
    firm = [f for f in said if not any(f is o for o in open_ended)]
    if not open_ended:
        return _without_shares(injured, figures, document)
    if firm:
        firm_total = _without_shares(_total(firm, document), figures, document)
        return _at_least_the_shot(firm_total, dead, open_ended, document) if all(is_open(f) for f in firm) else firm_total
    # `was taken to hospital, where he died` is one person; `one was killed, two were shot` are three
    shot = [f for f in open_ended if not f.verb_words & to_hospital_verbs()]
    beside = [f for f in shot if any(_is_beside(k, f, document) for k in figures)]
    if beside and (injured.count_min or 0) <= sum(f.count_min or 0 for f in beside):
        return injured
    rest = (injured.count_min or 0) - dead
    return Total(rest, rest, injured.figures) if rest > 0 else None


def _total(figures: list[Figure], document: Document) -> Total | None:
    """The total of the body's figures; of the headline's only where the body has none."""
    return total_of([f for f in figures if not f.in_title] or figures, document)


def _at_least_the_shot(hurt: Total | None, dead: int, shot: list[Figure], document: Document) -> Total | None:
    """`six were shot, one of them dead. Two others are in hospital`: five were hurt."""
    total = _total(shot, document)
    if total is None or total.count_min is None or total.count_max is None or hurt is None:
        return hurt
    rest = total.count_min - dead
    return Total(rest, rest, total.figures) if rest > (hurt.count_min or 0) else hurt


def _now_dead(figures: list[Figure], document: Document) -> list[Figure]:
    """`a man was wounded. He died in hospital`: the one person hurt, told of last before, of whom the text says that he died."""
    gone: list[Figure] = []
    for i, figure in enumerate(figures):
        if figure.outcome != "killed" or figure.count_max != 1 or not i or not said_of(document, figure).definite or figure.partitive:
            continue
        before = figures[i - 1]
        near = 0 < figure.sentence_index - before.sentence_index <= _PRONOUN_REACH
        hurt_one = near and before.outcome == "injured" and before.count_max == 1 and bool(before.count_min)
        if hurt_one and (_may_be_same(before, figure, document) or _is_named_before(before, figure, figures[: i - 1], document)):
            gone.append(before)
    return gone


def _is_named_before(hurt: Figure, died: Figure, earlier: list[Figure], document: Document) -> bool:
    """`Ann Bell was wounded. The girl died in hospital`: a plain noun for the name before it, where no other girl was told of.

    Not `the suspect died`, nor `the man was killed`: that may be who wounded her.
    """
    head = said_of(document, died).head
    plain = head in cues("plain_person") and not died.named_person and not died.verb_words.isdisjoint(cues("dies"))
    return plain and hurt.named_person and all(said_of(document, f).head != head for f in earlier)


def _may_be_same(hurt: Figure, died: Figure, document: Document) -> bool:
    """Whether `he`, `the man`, `the victim` can be the person named before: no other noun, no other name."""
    one, other = said_of(document, hurt).head, said_of(document, died).head
    if died.named_person and hurt.named_person:
        return bool(set(died.quantity_text.split()) & set(hurt.quantity_text.split()))
    phrase = document.phrase_of(died)
    return (phrase is not None and phrase.det == "pronoun") or other == one or other == "victim"


def _without_shares(total: Total | None, figures: list[Figure], document: Document) -> Total | None:
    """`two were wounded; one of them later died`: shares of the hurt that died are not counted as hurt again."""
    if total is None or total.count_min is None or total.count_max is None:
        return total
    died = [f for f in figures if f.outcome == "killed" and f.partitive and f.part_of is not None and f.bound == "exact"]
    share = sum(f.count_min or 0 for f in died if any(document.figures[f.part_of or 0] is t for t in total.figures))
    of_wounds = [f for f in figures if f.outcome == "killed" and f.bound == "exact" and not any(f is d for d in died)]
    share += sum(f.count_min or 0 for f in of_wounds if any(_died_of_wounds(f, t, document) for t in total.figures))
    rest = total.count_min - share
    if not share:
        return total
    return Total(rest, rest, total.figures) if rest > 0 else None


def _died_of_wounds(died: Figure, hurt: Figure, document: Document) -> bool:
    """`Two clerks were injured. One died later from his wounds`: one of those hurt before, of whom more are told of than died."""
    lowers, (first, end) = document.sentences[died.sentence_index].lowers, died.outcome_tokens
    phrase = document.phrase_of(died)
    of_the_hurt = phrase is not None and phrase.partitive and phrase.inner_outcome == "injured"  # `two of those wounded later died`
    of_wounds = not cues("wounds").isdisjoint(lowers[end : end + _WOUNDS]) or "succumbed" in lowers[first:end]
    before = hurt.char_start < died.char_start and died.in_title == hurt.in_title and (hurt.count_min or 0) > (died.count_max or 0)
    if not before or not (of_the_hurt or (of_wounds and died.count_max == 1)):
        return False
    one, other = said_of(document, died).head, said_of(document, hurt).head
    return one is None or one == other or (phrase is not None and phrase.partitive)


def _is_one_more(figure: Figure, document: Document) -> bool:
    """`three others were taken to hospital`, `a second victim`, `the other`: beside those counted before, so none of the dead."""
    sentence = document.sentences[figure.sentence_index]
    killed = [f for f in document.figures if f.outcome == "killed" and f.sentence_index == figure.sentence_index]
    goes_on = any(f.quantity_tokens > figure.quantity_tokens for f in killed)
    shot = is_open(figure) and not figure.verb_words & to_hospital_verbs()
    if shot and (goes_on or said_of(document, figure).definite):
        # `shot three others, killing one`; `one twin shot the other`
        return False
    return not cues("one_more").isdisjoint(sentence.lowers[slice(*figure.victim_tokens)])


def _has_other_name(hurt: Figure, figures: list[Figure]) -> bool:
    """`Rob Bell was shot …`, before a text tells of its dead, who are all named, and none of them so.

    Behind them a name may be one of theirs, written in another way.
    """
    dead = [f for f in figures if f.outcome == "killed" and f.count_min]
    names = set(hurt.quantity_text.lower().split())
    return hurt.named_person and all(
        f.named_person and hurt.char_start < f.char_start and names.isdisjoint(f.quantity_text.lower().split()) for f in dead
    )


def _is_beside(dead: Figure, hurt: Figure, document: Document) -> bool:
    """`one was killed, two were shot`: others than the dead; not so of `five were shot, two fatally`, `one is dead after six were shot`."""
    if dead.outcome != "killed" or dead.sentence_index != hurt.sentence_index or not dead.count_min or dead.partitive:
        return False
    if hurt.char_start < dead.char_start and dead.count_max == 1 and _may_be_same(hurt, dead, document):
        # `Bell was shot, and Bell was pronounced dead`, `a boy was shot and the boy died`
        return False
    between = document.sentences[hurt.sentence_index].lowers[dead.quantity_tokens[1] : hurt.quantity_tokens[0]]
    return _AMONG.isdisjoint(between)


def _is_apart(dead: Figure, hurt: Figure, document: Document) -> bool:
    """`one man died, two are in critical condition`: not of `two were shot and one died`, where the dead may be among them."""
    return dead.char_start < hurt.char_start and _is_beside(dead, hurt, document)


def _again(figure: Figure, dead: int, figures: list[Figure], document: Document) -> bool:
    """`the boy`, `all three suffered gunshot wounds`: people named again, of whom no more are told of than died.

    Not `the builder's son`: it is the builder who was named before.
    """
    phrase = document.phrase_of(figure)
    words = document.sentences[figure.sentence_index].lowers[slice(*figure.victim_tokens)]
    owned = phrase is not None and phrase.det == "poss" and phrase.quantity is None and not {"'s", "’s"}.isdisjoint(words)
    dead_ones = [f for f in figures if f.outcome == "killed"]
    # not of `wounding him and nine more. It also killed three others`
    if not is_open(figure) and _is_other_noun(figure, dead_ones, document):
        return False
    told = any(f.char_start < figure.char_start or not said_of(document, f).additive for f in dead_ones)
    return told and not owned and figure.count_max is not None and figure.count_max <= dead and said_of(document, figure).definite


def _died_later(hurt: Figure, figures: list[Figure]) -> bool:
    """`six were killed and Ann Bell was wounded. Bell later died`: told of beside the dead, and then one of them."""
    return not is_open(hurt) and _is_named_dead(hurt, [f for f in figures if f.sentence_index > hurt.sentence_index])


def _is_other_noun(hurt: Figure, dead: list[Figure], document: Document) -> bool:
    """`The mayor was killed. The interpreter was injured`: a noun that none of the dead has, and not `the victim`, `the man`."""
    phrase, head = document.phrase_of(hurt), said_of(document, hurt).head
    if phrase is None or phrase.det != "the" or phrase.people is None or head in cues("any_person"):
        return False
    return not phrase.named and all(said_of(document, f).head not in (None, head) for f in dead)


def _is_named_dead(figure: Figure, figures: list[Figure]) -> bool:
    """`Ann Bell was injured …`, in a text that tells of Bell's death."""
    names = figure.quantity_text.lower().split()
    dead = [f.quantity_text.lower().split() for f in figures if f.outcome == "killed" and f.named_person]
    # `Jan Doda and his son Jan Perl`: a first name alone is not the same person
    return figure.named_person and any(names[-1] in other or other[-1] in names for other in dead)

"""The lexicons of sources, groups and states: complete, consistent, and the same for every side."""

from __future__ import annotations

from collections import Counter

from transforms.lexicon import load
from transforms.sources.keys import name_key
from transforms.sources.known import by_name, case_sensitive, groups, kinds, known_sources, roles, source_aliases, source_domains, states


def test_at_least_150_sources_each_with_reason_and_public_reference() -> None:
    entries = load("sources", kinds())
    assert len(entries) >= 150
    for entry in entries:
        assert entry.extra["reference"].startswith(("https://", "http://")), entry.term
        assert len(entry.why) > 4, entry.term


def test_sources_span_the_world_and_all_kinds() -> None:
    countries = Counter(source.country for source in known_sources())
    assert len(countries) >= 50
    assert {source.kind for source in known_sources()} >= kinds() - {"witness", "official"}


def test_no_spelling_means_two_sources() -> None:
    meant: dict[str, set[str]] = {}
    for entry in load("sources", kinds()):
        for spelling in (entry.term, *entry.extra["aliases"].split("|")):
            if spelling and "." not in spelling:
                meant.setdefault(name_key(spelling), set()).add(entry.term)
    assert {key: names for key, names in meant.items() if len(names) > 1} == {}


def test_no_spelling_means_two_groups() -> None:
    meant: dict[str, set[str]] = {}
    for entry in load("groups", kinds()):
        for spelling in (entry.term, *entry.extra["aliases"].split("|")):
            if spelling:
                meant.setdefault(name_key(spelling), set()).add(entry.term)
    assert {key: names for key, names in meant.items() if len(names) > 1} == {}


def test_parents_are_listed() -> None:
    assert all(source.parent_name in by_name() or source.parent_name in groups() for source in known_sources() if source.parent_name)


def test_domains_have_no_www_and_belong_to_a_known_source() -> None:
    assert all(not domain.startswith("www.") and name in by_name() for domain, name in source_domains().items())


def test_acronyms_that_are_words_need_their_capitals() -> None:
    assert {"is", "who", "ap", "un"} <= case_sensitive()
    assert source_aliases()["who"] == "World Health Organization"


def test_every_state_has_a_code_and_every_role_a_kind() -> None:
    codes = [state.country for state in states()]
    assert len(set(codes)) == len(codes) and all(len(code) == 2 for code in codes)
    assert {role.kind for role in roles().values()} <= kinds()

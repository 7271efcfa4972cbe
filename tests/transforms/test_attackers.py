"""Which group a sentence says attacked."""

from __future__ import annotations

import pytest

from transforms.sources.attackers import attackers


@pytest.mark.parametrize(
    ("sentence", "expected", "why"),
    [
        ("Dozens died in the Islamic State attack on the town.", ("ISIS",), "group before the noun"),
        ("The dead of the large-scale ISIS suicide attack were buried.", ("ISIS",), "a kind of attack in between"),
        ("Islamic State militants attacked three villages.", ("ISIS",), "members as the subject"),
        ("The market was shelled by the Syrian army.", ("Syrian army",), "the doer after the deed: armies as any group"),
        ("Forty people died in an attack by the Taliban.", ("Taliban",), "the doer after the noun"),
        ("The army attack on ISIS positions went on.", (), "an attack on a group names no attacker; a bare army is no name"),
        ("Clashes between ISIS and the Syrian army went on.", (), "clashes have no attacker"),
        ("ISIS said that it would go on.", (), "no deed"),
        ("Four ISIS members were killed.", (), "its dead do not make it the attacker"),
    ],
)
def test_attackers(sentence: str, expected: tuple[str, ...], why: str) -> None:
    assert attackers(sentence) == expected, why

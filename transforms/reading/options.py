"""What a user may decide about reading.

Belongs here: the options and how they show in `reader_version`. Keep out: the rules they switch (their steps).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How to read where usage differs between databases.

    count_suicide_attackers: count a suicide attacker as killed where the text tells of the attack and not of the attacker's
    death. Off by default: a figure is what a text states (claims guidelines: attackers who blew themselves up are not recorded
    unless the text states them as killed).
    """

    count_suicide_attackers: bool = False

    @property
    def version(self) -> str:
        """What is added to the reader's version, so that figures read either way are told apart; nothing for the default."""
        return "+suicide-attackers" if self.count_suicide_attackers else ""


DEFAULT_OPTIONS = ReadingOptions()

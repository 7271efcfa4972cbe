"""The table that `make torture` prints: what was tried, and what came of it.

Belongs here: one line a test. Keep out: trying.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Tried:
    """Takes note of what a test tried, and what it saw."""

    lines: list[tuple[str, str]] = field(default_factory=list)

    def __call__(self, what: str, seen: str) -> None:
        """Add a line."""
        self.lines.append((what, seen))

    def rows(self) -> list[str]:
        """Return the table."""
        width = max((len(what) for what, _ in self.lines), default=0)
        return [f"{what:{width}}  {seen}" for what, seen in self.lines]

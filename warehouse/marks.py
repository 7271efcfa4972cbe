"""Marks that every printed quote needs, whoever prints it.

Belongs here: fixed texts. Keep out: everything that imports anything.
"""

from __future__ import annotations

# Nobody may take our words for a publisher's: stands beside every quote from a demo article.
PARAPHRASE = "paraphrase written for this demo"

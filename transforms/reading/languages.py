"""Which languages the reader has a grammar for.

Belongs here: that list. Keep out: telling the language of a text (`transforms/ingest/language.py`).
"""

from __future__ import annotations

READ_LANGUAGES = ("en",)  # ISO 639

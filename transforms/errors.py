"""Errors that this project raises on purpose: each says what is wrong, where, and what to do.

Belongs here: exception classes with their evidence as attributes. Keep out: anything that handles them.
"""

from __future__ import annotations


class CasualtiesError(Exception):
    """Base of every error that a user may see as one line of text."""


class ContractError(CasualtiesError):
    """The table contract (`transforms/tables/*.toml`) is not well formed, or data does not follow it."""


class LexiconError(CasualtiesError):
    """A lexicon file is not well formed.

    Attributes: file (name of the CSV file), line (1-based, None for the whole file).
    """

    def __init__(self, message: str, *, file: str, line: int | None = None) -> None:
        where = file if line is None else f"{file}, line {line}"
        super().__init__(f"{where}: {message}")
        self.message = message
        self.file = file
        self.line = line

    def __reduce__(self) -> tuple[object, ...]:
        # so that a worker can hand it to its parent
        return _lexicon_error, (self.message, self.file, self.line)


def _lexicon_error(message: str, file: str, line: int | None) -> LexiconError:
    return LexiconError(message, file=file, line=line)


class InputError(CasualtiesError):
    """The command was pointed at something that cannot be used at all (no such file, wrong option): wrong use."""


class WarehouseLockedError(CasualtiesError):
    """Another process holds the warehouse. The message says who, and since when."""


class SuiteFailedError(CasualtiesError):
    """A chunk is not what it should be at all: the run stops before the chunk lands."""

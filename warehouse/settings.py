"""What a user decides about a whole data folder: `settings.toml` in it, and the environment over it.

Belongs here: reading the settings. Keep out: acting on them.
"""

from __future__ import annotations

import os
import tomllib

from transforms.errors import InputError
from warehouse.paths import DataFolder

MASK_VARIABLE = "CASUALTIES_MASK"
_YES, _NO = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off"})
_KNOWN = frozenset({"mask"})


def masks_names(folder: DataFolder) -> bool:
    """Return whether names of victims, detainees, minors and private sources are masked in what is published: yes, unless
    `mask = false` stands in the folder's `settings.toml` or CASUALTIES_MASK says so (it beats the file).

    Raises InputError when either says something else: a typing mistake must not publish names.
    """
    said = os.environ.get(MASK_VARIABLE, "").strip().lower()
    if said:
        if said not in _YES | _NO:
            raise InputError(f"{MASK_VARIABLE} is {said!r}; it must be true or false")
        return said in _YES
    return bool(_file(folder).get("mask", True))


def _file(folder: DataFolder) -> dict[str, object]:
    path = folder.settings
    if not path.exists():
        return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"the settings {path} cannot be read: {error}") from error
    unknown = sorted(set(found) - _KNOWN)
    if unknown:
        raise InputError(f"{path}: unknown setting {', '.join(unknown)}; known are {', '.join(sorted(_KNOWN))}")
    if not isinstance(found.get("mask", True), bool):
        raise InputError(f"{path}: mask must be true or false")
    return found

"""Where the data folder is and what lies where in it.

Everything the program writes goes under one folder: `--data DIR`, else the environment's `CASUALTIES_DATA`, else `./data`.

Belongs here: the names of files and folders. Keep out: opening, creating or filling any of them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from transforms.errors import InputError

DATA_VARIABLE = "CASUALTIES_DATA"
DEFAULT_ROOT = "data"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The data folder. `root` is made absolute, so that a later change of the working directory moves nothing."""

    root: Path

    def __post_init__(self) -> None:
        object.__setattr__(self, "root", Path(self.root).expanduser().absolute())

    @property
    def database(self) -> Path:
        """The working file: one process at a time, and only through `connection.open_working`."""
        return self.root / "warehouse" / "casualties.duckdb"

    @property
    def built_from(self) -> Path:
        """The fingerprint of the facts and the code from which the published copy was made."""
        return self.database.with_name("built_from.txt")

    @property
    def linking_memory(self) -> Path:
        """What the linking reckoned before; safe to delete."""
        return self.database.with_name("linking_memory.duckdb")

    @property
    def story_memory(self) -> Path:
        """What was worked out of the texts before, to find stories; safe to delete."""
        return self.database.with_name("story_memory.npz")

    @property
    def linking_model(self) -> Path:
        """The linking model trained on one's own reports; need not be there."""
        return self.root / "linking" / "model.toml"

    @property
    def backup_request(self) -> Path:
        """What asks the process that holds the working file for a backup."""
        return self.root / "backup_request.json"

    @property
    def backup_lock(self) -> Path:
        """The lock file of whoever asks for a backup: one at a time."""
        return self.root / "backup.lock"

    @property
    def published(self) -> Path:
        """The read-only copy that people query."""
        return self.root / "published" / "casualties.duckdb"

    @property
    def published_info(self) -> Path:
        """Size and hash of the published copy, as JSON."""
        return self.root / "published" / "casualties.json"

    @property
    def lock(self) -> Path:
        """The lock file of the working file: says who holds it, why and since when."""
        return self.root / "warehouse.lock"

    @property
    def data_docs(self) -> Path:
        """Folder of the expectations' result pages."""
        return self.root / "data_docs"

    @property
    def dagster_home(self) -> Path:
        """DAGSTER_HOME: run history and settings of Dagster."""
        return self.root / "dagster_home"

    @property
    def conventions(self) -> Path:
        """Folder of the user's own conventions, TOML files."""
        return self.root / "conventions"

    @property
    def gazetteer(self) -> Path:
        """Folder of the converted gazetteer."""
        return self.root / "gazetteer"

    @property
    def settings(self) -> Path:
        """What a user decides about this folder; need not be there."""
        return self.root / "settings.toml"

    @property
    def reports(self) -> Path:
        """Folder of the HTML reports."""
        return self.root / "reports"


def data_folder(option: Path | None = None) -> DataFolder:
    """Return the data folder: the option when given, else `CASUALTIES_DATA` when set and not empty, else `./data`.

    Creates nothing. Raises InputError when the path exists and is no folder.
    """
    folder = DataFolder(option if option is not None else Path(os.environ.get(DATA_VARIABLE) or DEFAULT_ROOT))
    if folder.root.exists() and not folder.root.is_dir():
        raise InputError(f"the data folder {folder.root} is a file; name a folder with --data or {DATA_VARIABLE}")
    return folder

"""`sources.toml`: what is right is read, what is wrong is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.fetching.settings import EVERY_HOUR, Fetching, Folder, Web, read
from transforms.errors import InputError

PROJECT = Path(__file__).parents[3]
GOOD = """
[fetch]
contact = "desk@example.org"
delay_seconds = 2

[[inbox]]
name = "drop"
path = "in"

[[archive]]
name = "old"
path = "old.zip"

[[feed]]
name = "daily"
url = "https://daily.example/rss"
schedule = "*/30 * * * *"
publisher = "The Daily"
include = ["/news/"]

[[sitemap]]
name = "site"
url = "https://site.example/sitemap.xml"
max_pages = 50

[[urls]]
name = "list"
file = "list.txt"
"""


def written(folder: Path, text: str) -> Path:
    (folder / "in").mkdir(exist_ok=True)
    (folder / "old.zip").touch()
    (folder / "list.txt").touch()
    path = folder / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file_is_read_and_its_paths_count_from_its_folder(tmp_path: Path) -> None:
    sources = read(written(tmp_path, GOOD))
    assert sources.fetching == Fetching(contact="desk@example.org", delay_seconds=2)
    assert sources.folders == (Folder("inbox", "drop", tmp_path / "in"), Folder("archive", "old", tmp_path / "old.zip"))
    assert sources.web == (
        Web("feed", "daily", "https://daily.example/rss", "*/30 * * * *", "The Daily", ("/news/",)),
        Web("sitemap", "site", "https://site.example/sitemap.xml", EVERY_HOUR, max_pages=50),
        Web("urls", "list", str(tmp_path / "list.txt")),
    )


def test_an_empty_file_is_good(tmp_path: Path) -> None:
    assert read(written(tmp_path, "")).web == ()


def test_the_example_is_good() -> None:
    assert read(PROJECT / "examples/sources.toml").web


WRONG = [
    ('[[feed]]\nname = "daily"\n', "line 1: `url` is missing"),
    ('[[feed]]\nname = "daily"\nurl = "https://x.example"\ncron = "x"\n', "line 4: `cron` is unknown; there are name, url"),
    ('[[feed]]\nname = "daily"\nurl = "daily.example/rss"\n', "line 3: 'daily.example/rss' is no address; write it with https://"),
    ('[[feed]]\nname = "daily"\nurl = "file:///etc/passwd"\n', "line 3: 'file:///etc/passwd' is no address"),
    ('[[feed]]\nname = "daily"\nurl = "https://bob:word@x.example/rss"\n', "line 3: the address has a login in it"),
    ('[[feed]]\nname = "The Daily"\nurl = "https://x.example"\n', "line 2: the name 'The Daily'"),
    ('[[feed]]\nname = "a"\nurl = "https://x.example"\nschedule = "hourly"\n', "line 4: 'hourly' is no schedule"),
    ('[[feed]]\nname = "a"\nurl = "https://x.example"\nmax_pages = 0\n', "line 4: `max_pages` is 0; it goes from 1"),
    ('[[feed]]\nname = "a"\nurl = "https://x.example"\nmax_pages = true\n', "line 4: `max_pages` is True; give a whole number"),
    ('[feed]\nname = "a"\n', "line 1: write [[feed]] with two brackets"),
    ('[[inbox]]\nname = "drop"\npath = "nowhere"\n', "line 3: there is no file or folder"),
    ('[[inbox]]\nname = "drop"\npath = "old.zip"\n', "is a file; an inbox is a folder"),
    ('[[urls]]\nname = "l"\nfile = "nowhere.txt"\n', "line 3: there is no file"),
    ('[[rss]]\nname = "a"\n', "line 1: `rss` is no kind of source; there are [fetch], [[inbox]]"),
    ('[fetch]\ncontact = "é"\n', "line 2: the `contact` 'é' goes into each request"),
    ('[fetch]\ncontact = "a\\r\\nHost: b"\n', "line 2: the `contact`"),
    ("[fetch]\nretries = -1\n", "line 2: `retries` is -1"),
    ('[fetch]\nallow_private_hosts = ["intranet"]\n', "line 2: 'intranet' is no host with port"),
    ('[[inbox]]\nname = "x"\npath = "in"\n[[inbox]]\nname = "x"\npath = "in"\n', "line 5: the name 'x' is there twice"),
    ("[[feed]\n", "is no TOML"),
]


@pytest.mark.parametrize(("text", "told"), WRONG)
def test_what_is_wrong_is_told_with_its_line_and_what_to_do(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        read(written(tmp_path, text))
    assert told in str(error.value)


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"3 problem"):
        read(written(tmp_path, '[fetch]\nx = 1\n[[feed]]\nname = "a"\n[[feed]]\nurl = "https://x.example"\n'))


def test_sources_are_chosen_by_name(tmp_path: Path) -> None:
    sources = read(written(tmp_path, GOOD))
    assert [one.name for one in sources.named(("daily",)).web] == ["daily"] and not sources.named(("daily",)).folders
    with pytest.raises(InputError, match="has no source 'nope'; it has daily, drop"):
        sources.named(("nope",))

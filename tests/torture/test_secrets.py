"""No secret that a run could meet is found again: not in the database, the logs, Dagster's records, Data Docs or what is printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.integration.commands import data_folder_with_places
from tests.torture.machine import casualties, finish, start

pytestmark = pytest.mark.integration

# one in the environment, one in an article's address, one in a list of addresses
SECRETS = ("env-Zq81x-secret", "url-Zq82x-secret", "list-Zq83x-secret")


def holding(root: Path, secret: str) -> list[str]:
    """The files under a folder that hold the secret, as text of one or two bytes a letter."""
    forms = (secret.encode(), secret.encode("utf-16-le"))
    files = (path for path in root.rglob("*") if path.is_file() and not path.is_symlink() and "gazetteer" not in path.parts)
    return [str(path.relative_to(root)) for path in files if any(form in path.read_bytes() for form in forms)]


def test_no_secret_is_kept_or_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = data_folder_with_places(tmp_path / "data")
    monkeypatch.setenv("NEWS_API_TOKEN", SECRETS[0])
    article = {
        "publisher": "The Gazette",
        "url": f"https://desk:{SECRETS[1]}@gazette.example/1",
        "published_on": "2021-05-04",
        "text": "Twelve people were killed when rockets hit the port of Aden on Monday, the health ministry said.",
    }
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_text(json.dumps(article) + "\n", encoding="utf-8")
    (tmp_path / "list.txt").write_text(f"https://desk:{SECRETS[2]}@gazette.example/2\n", encoding="utf-8")
    sources = tmp_path / "sources.toml"
    sources.write_text('[[inbox]]\nname = "in"\npath = "in"\n[[urls]]\nname = "by_hand"\nfile = "list.txt"\n', encoding="utf-8")
    ended = finish(start("run", "--sources", sources, data=data))  # a process of its own, which has the environment
    assert ended.code == 0, ended.err
    told = casualties("sql", "SELECT url FROM core.articles", data=data)
    assert "https://gazette.example/1" in told.out, "the article itself is there"
    refused = casualties("sql", "SELECT detail FROM ops.rejected_inputs", data=data)
    assert "without a login" in refused.out
    printed = ended.out + ended.err + told.out + refused.out
    for secret in SECRETS:
        assert holding(data, secret) == []
        assert secret not in printed
    assert holding(tmp_path / "in", SECRETS[1]) == ["a.jsonl"], "the search itself finds what is there"

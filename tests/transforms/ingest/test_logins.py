"""What a login in an address is, and that nothing else is taken for one."""

from __future__ import annotations

import pytest

from transforms.ingest.logins import without_login
from transforms.ingest.records import build

CASES = [
    ("https://bob:word@news.example/a", "https://news.example/a"),
    ("https://token@news.example/a", "https://news.example/a"),
    ("https://bob:w@rd@news.example/a", "https://news.example/a"),  # up to the last @ before the path
    ("HTTP://bob:word@[::1]:80/", "HTTP://[::1]:80/"),
    ("https://news.example/@bob/1?mail=a@b.example", "https://news.example/@bob/1?mail=a@b.example"),  # a path and a query are none
    ("write to a@b.example, see https://news.example", "write to a@b.example, see https://news.example"),
    ("", ""),
]


@pytest.mark.parametrize(("address", "plain"), CASES)
def test_only_the_login_goes(address: str, plain: str) -> None:
    assert without_login(address) == plain


def test_an_article_is_known_by_its_address_without_the_login() -> None:
    with_login, without = (
        build({"text": "Two were killed.", "url": url}, origin="f", line=1, raw=b"x")
        for url in ("https://bob:word@news.example/a", "https://news.example/a")
    )
    assert with_login.url == without.url == "https://news.example/a"
    assert with_login.article_id == without.article_id

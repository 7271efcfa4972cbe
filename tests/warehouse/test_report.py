from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.warehouse.compared import BRIDGE, MARKET, compared
from transforms.errors import InputError
from warehouse.comparison import Filters
from warehouse.report import write_report
from warehouse.report.chart import MARGIN, WIDTH, bars
from warehouse.report.pages import safe_link

# a database is made and filled: too slow for the unit tests
pytestmark = pytest.mark.integration


class Tags(HTMLParser):
    """Collects tags, attributes and the text of style elements."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(page: Path) -> Tags:
    tags = Tags()
    tags.feed(page.read_text(encoding="utf-8"))
    return tags


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("report")
    calls: list[tuple[int, int]] = []
    index, n_pages = write_report(compared(), out, Filters(), lambda done, total: calls.append((done, total)))
    assert (index, n_pages, calls) == (out / "index.html", 2, [(1, 2), (2, 2)])
    return out


def test_one_page_for_each_incident_and_an_index_that_leads_there(pages: Path) -> None:
    names = {f"incident-{MARKET}.html", f"incident-{BRIDGE}.html"}
    assert {page.name for page in pages.iterdir()} == names | {"index.html"}
    links = {attributes.get("href") for tag, attributes in parsed(pages / "index.html").tags if tag == "a"}
    assert names <= links


def test_article_text_cannot_become_markup_or_a_script_link(pages: Path) -> None:
    market = parsed(pages / f"incident-{MARKET}.html")
    assert "<script>alert(1)</script>" in market.text, "the words are shown as words"
    for page in pages.iterdir():
        allowed = {"html", "head", "meta", "title", "style", "body", "main", "a", "h1", "h2", "h3", "p", "span", "div", "strong"}
        allowed |= {
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "br",
            "svg",
            "line",
            "circle",
            "article",
            "ul",
            "li",
            "blockquote",
            "footer",
        }
        for tag, attributes in parsed(page).tags:
            assert tag in allowed
            assert not any(name.startswith("on") or name == "style" for name in attributes)
            assert not (attributes.get("href") or "").startswith("javascript")


def test_the_policy_allows_the_one_style_sheet_and_nothing_else(pages: Path) -> None:
    for page in pages.iterdir():
        text = page.read_text(encoding="utf-8")
        style = re.search(r"<style>(.*?)</style>", text, re.S)
        policy = next(a["content"] for tag, a in parsed(page).tags if a.get("http-equiv") == "Content-Security-Policy")
        assert style and policy
        digest = base64.b64encode(hashlib.sha256(style.group(1).encode()).digest()).decode()
        assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        assert not re.search(r"""(src|srcset|data|action)\s*=|@import|url\(""", text), "nothing is loaded from anywhere"


def test_each_quote_from_a_paraphrase_says_so_and_no_other(pages: Path) -> None:
    text = (pages / f"incident-{MARKET}.html").read_text(encoding="utf-8")
    quotes = re.findall(r"<blockquote>(.*?)</blockquote>", text, re.S)
    marked = [quote for quote in quotes if "paraphrase written for this demo" in quote]
    assert len(quotes) == 5
    assert len(marked) == 1
    assert "38 people were killed" in marked[0]


def test_a_denied_figure_is_shown_and_marked(pages: Path) -> None:
    assert '<span class="tag denied">denied</span>' in (pages / f"incident-{MARKET}.html").read_text(encoding="utf-8")


def test_pages_of_incidents_that_are_gone_are_removed(tmp_path: Path) -> None:
    old = tmp_path / "incident-1.html"
    old.write_text("old")
    mine = tmp_path / "notes.html"
    mine.write_text("mine")
    write_report(compared(), tmp_path, Filters(min_sources=2), lambda done, total: None)
    assert not old.exists()
    assert mine.exists()


def test_a_folder_that_cannot_be_written_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        write_report(compared(), tmp_path / "file" / "out", Filters(), lambda done, total: None)


@pytest.mark.parametrize(
    ("url", "is_safe"),
    [
        ("https://example.org/a?b=c", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("JAVASCRIPT:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("http://[bad", False),
        ("article.txt", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, is_safe: bool) -> None:
    assert safe_link(url) == (url if is_safe else None)


def test_bars_show_open_ends_and_points_on_one_scale() -> None:
    point, open_end, upper, none = bars([(50, 50), (100, None), (None, 20), (None, None)])
    assert point.is_point and point.left == point.right
    assert open_end.open_right and open_end.right == WIDTH - MARGIN and open_end.left > point.left
    assert upper.open_left and upper.left == MARGIN
    assert not none.shown
    assert not any(bar.shown for bar in bars([(None, None)]))
    assert bars([(0, 0)])[0].left == MARGIN

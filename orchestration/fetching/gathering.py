"""Articles of web sources: a feed, sitemap or list is fetched, then the pages that it names.

One page that cannot be had never stops the others: it is a rejection with its address and reason. A feed whose pages did not
all come is asked for in full at the next run.

Belongs here: that order. Keep out: requests (`client.py`) and formats (`transforms/ingest`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from orchestration.fetching.client import Client, Fetched, NotFetchedError
from orchestration.fetching.memory import Memory
from orchestration.fetching.settings import Sources, Web
from transforms.ingest import Received, Rejected, RejectedInputError, feed, sitemap, url_list
from transforms.ingest.feed import Entry
from transforms.ingest.html_file import take_page
from transforms.ingest.logins import without_login

_PAGES = frozenset({"text/html", "application/xhtml+xml", ""})
_MOST_SITEMAPS = 200


def gather(sources: Sources, memory: Memory) -> Iterator[Received | Rejected]:
    """Yield the articles of all web sources, and a rejection for each address that gave none.

    Call `memory.keep()` when they have landed, and not before.
    """
    if not sources.web:
        return
    with Client(sources.fetching, memory) as client:
        for source in sources.web:
            yield from _Gathering(source, client, memory).articles()


class _Gathering:
    """One source in one run."""

    def __init__(self, source: Web, client: Client, memory: Memory) -> None:
        self._source = source
        self._client = client
        self._memory = memory
        self._now = datetime.now(UTC)
        self._lists: list[str] = []  # addresses of feeds and sitemaps that this run has fetched
        self._complete = True

    def articles(self) -> Iterator[Received | Rejected]:
        """Yield what the source gives."""
        taken = 0
        for item in self._entries():
            if isinstance(item, Rejected):
                yield item
                continue
            if self._source.include and not any(part in item.url for part in self._source.include):
                continue
            if self._is_fresh(item.url):
                continue
            if taken >= self._source.max_pages:
                self._complete = False  # the rest is for the next run
                break
            taken += 1
            yield from self._page(item)
        if not self._complete:
            for url in self._lists:
                self._memory.forget(url)

    def _entries(self) -> Iterator[Entry | Rejected]:
        if self._source.kind == "urls":
            yield from self._of_list()
        elif self._source.kind == "feed":
            fetched = yield from self._fetched(self._source.where)
            if fetched is not None:
                try:
                    yield from feed.entries(fetched.body, fetched.url)
                except RejectedInputError as error:
                    yield self._rejected(self._source.where, error)
        else:
            yield from self._of_sitemaps()

    def _of_list(self) -> Iterator[Entry | Rejected]:
        path = Path(self._source.where)
        try:
            urls, wrong = url_list.urls(path.read_bytes())
        except RejectedInputError as error:
            yield self._rejected(str(path), error)
            return
        except OSError as error:
            yield Rejected(str(path), None, "unreadable", f"{error.strerror}; check the file and its permissions")
            return
        for number, line in wrong:
            shown = without_login(line)
            what = "address without a login" if shown != line else "address"
            yield Rejected(str(path), number, "wrong_type", f"{shown!r:.80} is no {what}; write it with https://, or take it out")
        for url in urls:
            yield Entry(url)

    def _of_sitemaps(self) -> Iterator[Entry | Rejected]:
        waiting, seen = deque([self._source.where]), {self._source.where}
        while waiting:
            url = waiting.popleft()
            fetched = yield from self._fetched(url)
            if fetched is None:
                continue
            try:
                found = sitemap.read(fetched.body, fetched.url)
            except RejectedInputError as error:
                yield self._rejected(url, error)
                continue
            yield from found.pages
            for further in found.sitemaps:
                if further in seen:
                    continue
                if len(seen) >= _MOST_SITEMAPS:
                    detail = f"the site has more than {_MOST_SITEMAPS} sitemaps; give the ones you need by themselves"
                    yield Rejected(further, None, "too_large", detail)
                    return
                seen.add(further)
                waiting.append(further)

    def _fetched(self, url: str) -> Generator[Rejected, None, Fetched | None]:
        """Return what a feed or sitemap answers; None when it is unchanged, or cannot be had: then its rejection is yielded."""
        try:
            answer = self._client.get(url, at=self._now)
        except NotFetchedError as error:
            yield self._rejected(url, error)
            return None
        if answer is not None:
            self._lists.append(url)
        return answer

    def _page(self, entry: Entry) -> Iterator[Received | Rejected]:
        try:
            answer = self._client.get(entry.url, at=self._now)
        except NotFetchedError as error:
            if error.may_come:
                self._complete = False
            yield self._rejected(entry.url, error)
            return
        if answer is None:
            self._memory.note_unchanged(entry.url, self._now)
        elif answer.content_type not in _PAGES:
            detail = f"it is {answer.content_type!r:.60}, no page; save it, and give what it holds as text"
            yield Rejected(entry.url, None, "unsupported", detail)
        else:
            yield self._article(entry, answer)

    def _article(self, entry: Entry, answer: Fetched) -> Received | Rejected:
        known = {"title": entry.title, "published_at": entry.published_at}
        return take_page(
            answer.body,
            origin=entry.url,
            url=answer.url,
            charset=answer.charset,
            publisher=self._source.publisher,
            known=known,
            captured_at=datetime.now(UTC),
        )

    def _is_fresh(self, url: str) -> bool:
        """Return whether the page was fetched so lately that it need not be asked for again."""
        before = self._memory.before(url)
        return before is not None and self._now - before.fetched_at < timedelta(hours=self._source.recheck_hours)

    def _rejected(self, origin: str, error: RejectedInputError) -> Rejected:
        return Rejected(without_login(origin), None, error.reason, error.detail)

"""A real HTTP server on loopback, whose answers a test sets, and which writes down what it was asked.

Belongs here: the server. Keep out: assertions.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PAGE = """<html lang="en"><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>
<p>{text}</p><p>Thirty others were injured, according to the hospital of the town, which asked people to give blood for them.</p>
</article></body></html>"""


@dataclass
class Asked:
    """One request: its path, and its headers by lower-case name."""

    path: str
    headers: dict[str, str]


@dataclass
class Web:
    """The server: set `answers[path]` to (status, headers, body), or a list of them, the last of which stays."""

    port: int
    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def page(self, path: str, text: str, head: str = "", **headers: str) -> str:
        """Set a news page; return its address."""
        body = PAGE.format(title=f"News of {path}", text=text, head=head).encode()
        self.answers[path] = (200, {"Content-Type": "text/html; charset=utf-8", **headers}, body)
        return self.url(path)

    def paths(self, *, robots: bool = False) -> list[str]:
        """Return what was asked for, in order, without robots.txt."""
        return [one.path for one in self.asked if robots or one.path != "/robots.txt"]


@contextmanager
def serving() -> Iterator[Web]:
    """Serve on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            web.asked.append(Asked(self.path, {name.lower(): value for name, value in self.headers.items()}))
            answer = web.answers.get(self.path, (404, {}, b""))
            if isinstance(answer, list):
                answer = answer.pop(0) if len(answer) > 1 else answer[0]
            if callable(answer):
                answer = answer(web.asked[-1])
            status, headers, body = answer
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if not any(name.lower() == "content-length" for name in headers):
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                pass  # the client had enough, which is what some tests are about

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    web = Web(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()

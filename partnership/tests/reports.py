"""A server that error reports are sent to, over real HTTP, and everything of them is kept."""

import gzip
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

import brotli

GLANCE = 0.01


@dataclass
class ReportServer:
    """`with ReportServer() as server: server.dsn, server.text, server.events`."""

    bodies: list[bytes] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        kept = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                unpack = {"gzip": gzip.decompress, "br": brotli.decompress}
                kept.heads.append(f"{self.path}\n{self.headers}")
                kept.bodies.append(unpack.get(self.headers["Content-Encoding"], bytes)(body))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, args=(GLANCE,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def dsn(self) -> str:
        return f"http://key@127.0.0.1:{self._server.server_address[1]}/1"

    @property
    def text(self) -> str:
        """Everything that was sent, heads too."""
        return "\n".join([*self.heads, *(body.decode() for body in self.bodies)])

    @property
    def items(self) -> list[tuple[str, dict[str, Any]]]:
        """What the envelopes held: kind and content of each."""
        found = []
        for body in self.bodies:
            lines = body.splitlines()[1:]  # the first is the envelope's own
            for head, content in zip(lines[::2], lines[1::2], strict=True):
                found.append((json.loads(head)["type"], json.loads(content)))
        return found

    @property
    def events(self) -> list[dict[str, Any]]:
        return [content for kind, content in self.items if kind == "event"]

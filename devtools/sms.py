"""The local text gateway, for `SMS_URL=http://127.0.0.1:1026/send` on a machine without a real one.

`python -m devtools.sms` prints what it receives and sends nothing on. `Gateway` is the same server inside a test: it
counts, and refuses when told to. A repeated key is accepted, and counted once.
"""

import json
import os
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

HOST = "127.0.0.1"
PORT = 1026
GLANCE = 0.01  # seconds between checks whether to stop; the default of half a second would slow tests


@dataclass(frozen=True)
class Text:
    to: str
    sender: str
    text: str
    key: str
    authorization: str = ""


@dataclass
class Gateway:
    """A counting gateway: `with Gateway() as gateway: gateway.url, gateway.texts`.

    `behaviour` is the status that each request is answered with; a list answers request by request, its last for all
    that follow. "yes, then drop" accepts the text and breaks the connection before the answer.
    """

    behaviour: int | str | list[int | str] = 202
    texts: list[Text] = field(default_factory=list)
    attempts: int = 0
    port: int = 0
    is_talkative: bool = False

    def __enter__(self) -> Self:
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                gateway._answer(self)

            def do_GET(self) -> None:
                """Answer with a page, like the target of a redirect."""
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Log nothing: numbers are personal data."""

        self._server = ThreadingHTTPServer((HOST, self.port), Handler)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(GLANCE,), name="sms", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}/send"

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        said = json.loads(request.rfile.read(int(request.headers["Content-Length"])))
        told = self.behaviour
        if isinstance(told, list):
            told = told.pop(0) if len(told) > 1 else told[0]
        self.attempts += 1
        if told == "yes, then drop" or (isinstance(told, int) and told < 300):
            by = request.headers["Authorization"] or ""
            self._take(Text(said["to"], said["from"], said["text"], said["key"], by))
        if isinstance(told, str):
            request.connection.close()
            return
        request.send_response(told)
        if 300 <= told < 400:
            request.send_header("Location", "/elsewhere")
        request.send_header("Content-Length", "0")
        request.end_headers()

    def _take(self, text: Text) -> None:
        if text.key in {one.key for one in self.texts}:
            return
        self.texts.append(text)
        if self.is_talkative:
            print(f"Text to {text.to} from {text.sender}:\n{text.text}\n", flush=True)


def main() -> None:
    """Serve until told to stop, on SMS_PORT."""
    with Gateway(port=int(os.environ.get("SMS_PORT") or PORT), is_talkative=True) as gateway:
        print(f"Texts to {gateway.url} are shown here and go nowhere.", flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()

"""The race for one evening through a real server, with forms and tokens. Imported when Django is set up."""

import http.client
import re
import socket
import subprocess
import time
import urllib.parse
import uuid
from functools import cache, partial

from benchmarks.talks_crowd import CROWD, Crowd, Tally, clear, overlaps
from benchmarks.talks_ground import ROOT
from partnership import clock
from partnership.tests.cast import NOW, slot
from talks.models import Booking, Slot, Speaker


def r1_http(cast, people: Crowd, rounds: int) -> Tally:
    """The same crowd through granian on this machine, with forms and tokens."""
    tally = Tally("R1 HTTP: 50 send the form for one evening")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        str(ROOT / ".venv/bin/granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "2", "--blocking-threads", "4", "--backlog", "256", "--no-access-log", "--log-level", "warning",
        "partnership.wsgi:application",
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        _until_up(port)
        cookie, token = _form(port)
        for _round in range(rounds):
            on = slot(cast.speaker, days=25)
            Slot.objects.filter(pk=on.pk).update(starts_at=_soon(on.starts_at), ends_at=_soon(on.ends_at))
            outcomes = people.run(
                [partial(_send, port, cookie, _typed(token, n, on, cast)) for n in range(CROWD)], tally
            )
            tally.server_errors += sum(isinstance(one, int) and one >= 500 for one in outcomes)
            tally.exact += outcomes.count(302) == 1 == Booking.objects.count()
            tally.overlaps += overlaps()
            clear()
    finally:
        server.terminate()
        server.wait(20)
    return tally


def _soon(moment):
    """The server uses the machine's clock, and a slot must be after it."""
    return moment - NOW + clock.now().replace(minute=0, second=0, microsecond=0)


def _until_up(port: int) -> None:
    for _try in range(100):
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            line.request("GET", "/healthz")
            line.getresponse().read()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The server did not come up.")


def _form(port: int) -> tuple[str, str]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    one = slot(Speaker.objects.order_by("pk")[0], days=25)
    Slot.objects.filter(pk=one.pk).update(starts_at=_soon(one.starts_at), ends_at=_soon(one.ends_at))
    line.request("GET", "/da/talks/book/", headers={"Host": f"randers.localhost:{port}"})
    answer = line.getresponse()
    page = answer.read().decode()
    cookie = re.search(r"csrftoken=[^;]+", answer.headers["Set-Cookie"])[0]
    clear()
    return cookie, re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]


def _typed(token: str, number: int, on: Slot, cast) -> str:
    return urllib.parse.urlencode({
        "csrfmiddlewaretoken": token, "submission": str(uuid.uuid4()), "slot": on.pk, "format": "burglary",
        "association": f"Forening {number}", "kind": "homeowners", "homes": 40, "area": cast.vorup.pk,
        "place": "Fælleshuset", "name": f"Formand {number}", "email": f"chair{number}@randers.example", "note": "",
    })  # fmt: skip


@cache
def _open_line(port: int) -> http.client.HTTPConnection:
    """The connection that one process of the crowd keeps to the server."""
    return http.client.HTTPConnection("127.0.0.1", port, timeout=60)


def _send(port: int, cookie: str, typed: str) -> int:
    """Send the form; return the status of the answer."""
    head = {
        "Host": f"randers.localhost:{port}", "Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"
    }  # fmt: skip
    line = _open_line(port)
    line.request("POST", "/da/talks/book/", typed, head)
    answer = line.getresponse()
    answer.read()
    return answer.status

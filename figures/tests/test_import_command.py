"""manage.py import_burglaries FILE | --from-api, against a stub that gives recorded answers of the StatBank."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.management import CommandError, call_command

from devtools.sms import GLANCE
from figures import statbank
from figures.models import Import
from figures.quarters import Quarter
from figures.series import burglaries
from figures.tests.recorded import recorded
from partnership.refusals import Refused


class Stub:
    """A StatBank that gives one answer and remembers what it was asked."""

    def __init__(self, status: int, body: bytes) -> None:
        self.asked: list[dict] = []
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                stub.asked.append(json.loads(self.rfile.read(length)))
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/v1/data"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(GLANCE,), daemon=True)

    def __enter__(self) -> "Stub":
        self.thread.start()
        return self

    def __exit__(self, *args: object) -> None:
        self.server.shutdown()
        self.server.server_close()


AREAS = ["000", "082", "411", "730"]


@pytest.mark.django_db
def test_the_statbank_is_asked_as_recorded_and_its_answer_is_imported(capsys):
    with Stub(200, recorded("statbank/straf11_1320_bulk_code.csv")) as stub:
        call_command("import_burglaries", "--from-api", "--address", stub.address, "--areas", *AREAS)
    asked = stub.asked[0]
    assert (asked["table"], asked["format"], asked["valuePresentation"]) == ("STRAF11", "BULK", "Code")
    assert asked["variables"] == [
        {"code": "OMRÅDE", "values": AREAS},
        {"code": "OVERTRÆD", "values": ["1320"]},
        {"code": "Tid", "values": ["*"]},
    ]
    assert burglaries("730").four_quarters(Quarter(2023, 2)) == 285
    assert burglaries("411").counts[Quarter(2023, 4)] == 0
    assert "128 figures imported: 128 new, 0 revised." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("error_request_limit_400.json", "REQUEST-LIMIT: Forespørgslen på op mod 4.800.600 celler"),
        ("error_request_missing_400.json", "REQUEST-MISSING: Format ikke angivet"),
    ],
)
@pytest.mark.django_db
def test_the_apis_own_words_are_shown_when_it_refuses(name, words):
    with Stub(400, recorded(f"statbank/{name}")) as stub, pytest.raises(CommandError, match=words):
        call_command("import_burglaries", "--from-api", "--address", stub.address)
    assert not Import.objects.exists()


def test_an_error_that_is_not_its_usual_json_is_named_by_its_status():
    with Stub(502, b"<html>Bad gateway</html>") as stub, pytest.raises(Refused, match="HTTP 502"):
        statbank.ask(b"{}", address=stub.address)


def test_a_statbank_that_does_not_answer_is_said_to_be_silent():
    with Stub(200, b"") as stub:
        address = stub.address
    with pytest.raises(Refused) as refusal:
        statbank.ask(b"{}", address=address)
    assert refusal.value.reason == "statbank_silent"


def test_only_web_addresses_are_asked():
    with pytest.raises(Refused) as refusal:
        statbank.ask(b"{}", address="file:///etc/hostname")
    assert refusal.value.reason == "bad_address"


@pytest.mark.django_db
def test_an_answer_with_an_error_in_it_is_not_imported():
    body = "OMRÅDE;OVERTRÆD;TID;INDHOLD\r\n730;1320;2025K4;84\r\n730;1320;2025K4;85\r\n".encode()
    with Stub(200, body) as stub, pytest.raises(CommandError, match="Line 3: 730 2025K4 stands already in line 2"):
        call_command("import_burglaries", "--from-api", "--address", stub.address, "--areas", "730")
    assert not Import.objects.exists()


@pytest.mark.django_db
def test_a_file_is_imported_by_its_path(tmp_path):
    file = tmp_path / "saved.csv"
    file.write_bytes('"","","2025K3","2025K4"\r\n"Randers","Indbrud i beboelser",54,84\r\n'.encode("latin-1"))
    call_command("import_burglaries", str(file), "--fetched-on", "2026-02-15")
    assert Import.objects.get().fetched_at.date().isoformat() == "2026-02-15"


@pytest.mark.parametrize("arguments", [[], ["a.csv", "--from-api"], ["missing.csv"], ["a.csv", "--areas", "731"]])
def test_a_call_that_makes_no_sense_says_so(arguments):
    with pytest.raises(CommandError):
        call_command("import_burglaries", *arguments)

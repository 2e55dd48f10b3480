"""Files of helpers for the tests of lists."""

import uuid

from django.core.files.uploadedfile import SimpleUploadedFile

from neighbours.actions import lists
from neighbours.lists.reading import read
from neighbours.models import HelperList
from partnership import clock
from partnership.people.models import User

LISTS = "/da/staff/helpers/import/"
HEAD = "Navn;E-mail;Telefon;Vej og nummer;Postnummer;Kilde;Sagde ja den;Sagde ja hvordan"
VERA = "Vera Vestergaard;vera@randers.example;;Eksempelvej 12;8900;Møde i hallen 12. november;12-11-2026;på papir"
POUL = "Poul Papir;;12 34 56 78;Eksempelvej 14;8900;Møde i hallen 12. november;12-11-2026;på papir"


def a_file(*lines: str, head: str = HEAD, encoding: str = "utf-8-sig") -> bytes:
    return "".join(f"{line}\r\n" for line in (head, *lines)).encode(encoding)


def sent(data: bytes, name: str = "liste.csv") -> dict[str, object]:
    """Return the form with a file, as a browser sends it."""
    return {"submission": str(uuid.uuid4()), "file": SimpleUploadedFile(name, data, "text/csv")}


def brought(by: User, data: bytes) -> HelperList:
    """Let staff have a file read."""
    return lists.read_list(
        partnership=by.partnership, table=read(data), by=by, submission=uuid.uuid4(), now=clock.now()
    )


def added(by: User, *lines: str) -> HelperList:
    """Let staff bring in a list and add it."""
    return lists.add_list(helper_list=brought(by, a_file(*lines)), by=by, now=clock.now())

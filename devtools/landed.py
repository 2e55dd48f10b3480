"""Stores this version's data, so that the next version's upgrade can be tested: `make landed`, at each landing.

The demonstration is loaded into a new database and used for three weeks, with a simulated clock and real email. Then
the database is dumped, together with links from those emails; partnership/tests/test_upgrade.py reads both. It uses
only what must not change: URLs, and the names of fields, tasks and commands.
"""

import contextlib
import datetime as dt
import html
import io
import json
import logging
import lzma
import os
import re
import subprocess
from collections.abc import Iterator
from urllib.parse import urlsplit

import django
import psycopg
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from devtools import embedded
from devtools.mail import ACCEPTED, Mail, Sink
from partnership.celery import app

KEPT = embedded.PROJECT / "partnership" / "tests" / "landed"
DUMP, LINKS = KEPT / "portal.sql.xz", KEPT / "links.json"
DATABASE = "portal_landed"
# Over a New Year, when associations are asked to confirm their details.
BEGINS = dt.datetime(2026, 12, 22, 8, tzinfo=dt.UTC)
DAYS = 21
ENDS = BEGINS + dt.timedelta(days=DAYS)
TASKS = ("talks.release", "talks.nightly", "dashboard.snapshot", "retention.run")
HOST = "randers.localhost"
AREA = "Sankt Peders"
SIGNED = r"[^/]+[:.][^/]+"  # signed, so they contain a colon or a dot
GONE = "gone@away.example"  # a mailbox that refuses, so that its address is stopped
HELPER = {"name": "Nina Nyboe", "email": "nina@helper.example", "address": "Eksempelvej 14", "postcode": "8900"}
CHAIR = {
    "format": "burglary", "association": "Grundejerforeningen Bøgen", "kind": "homeowners", "homes": "48",
    "place": "Bøgens fælleshus", "name": "Bodil Bøg",
}  # fmt: skip


def main() -> None:
    """Write both files."""
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    with new_database() as address, MailServer() as sink:
        os.environ |= {"DATABASE_URL": address, "EMAIL_URL": sink.url, "DJANGO_SETTINGS_MODULE": "partnership.settings"}
        os.environ.pop("SECRET_KEY", None)  # the tests read the links with the secret key of a plain checkout
        django.setup()
        set_clock(BEGINS)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("seed_demo")
        found = use(sink)
        KEPT.mkdir(exist_ok=True)
        LINKS.write_text(json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True) + "\n")
        DUMP.write_bytes(lzma.compress(dump(address).encode(), preset=9))
    print(f"{DUMP} is {DUMP.stat().st_size // 1024} KiB; {len(sink.messages)} mails were sent.")


@contextlib.contextmanager
def new_database() -> Iterator[str]:
    """Yield the address of an empty database on the server of DATABASE_URL, for as long as the block."""
    server = os.environ["DATABASE_URL"]
    parts = urlsplit(server)
    with psycopg.connect(server, autocommit=True) as line:
        line.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        line.execute(f"CREATE DATABASE {DATABASE}")
        try:
            yield f"{parts.scheme}://{parts.netloc}/{DATABASE}?{parts.query}"
        finally:
            line.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


def dump(address: str) -> str:
    """Return the database as SQL that any client and PostgreSQL from 15 on can run."""
    program = embedded.find_programs()[0] / "pg_dump"
    options = ["--no-owner", "--no-privileges", "--rows-per-insert=500"]
    done = subprocess.run([program, *options, address], capture_output=True, text=True, check=True)
    # Meta-commands are psql's own, and the setting is not known before PostgreSQL 17.
    return re.sub(r"^(\\(un)?restrict|SET transaction_timeout) .*\n", "", done.stdout, flags=re.MULTILINE)


def set_clock(moment: dt.datetime) -> None:
    """Set the clock of this process, which partnership.clock reads."""
    timezone.now = lambda: moment


class MailServer(Sink):
    """Accepts all email except to a mailbox that does not exist."""

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _: list) -> str:
        if address == GONE:
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return ACCEPTED


# -- Three weeks of use -----------------------------------------------------------------------------------------------


def use(sink: Sink) -> dict[str, object]:
    """Use the portal until ENDS, and return what must still work after an upgrade."""
    # `anyway`: also when a slot is free on one of those days.
    ask("/da/talks/wish/", CHAIR, wished_days(), email="bodil@chair.example", from_hour="19.00", anyway="1")
    send_what_is_due()
    Client(HTTP_HOST=HOST).post(next(link for link in links_in(sink.messages) if "/wish/verify/" in link))
    app.loader.import_default_modules()
    for hours in range(0, DAYS * 24, 6):
        set_clock(BEGINS + dt.timedelta(hours=hours))
        run_tasks()
    set_clock(ENDS)
    # Links that are not used yet.
    ask("/da/neighbours/join/", HELPER, consent="on", was_helper="no")
    for email in ("birthe@chair.example", GONE):
        ask("/da/talks/book/", CHAIR, email=email)
    run_tasks()
    names = [*apps.get_model("people", "Organisation").objects.values_list("name", flat=True), HELPER["address"]]
    links = [*links_in(sink.messages), *calendar_links(), stop_link()]
    return {
        "at": ENDS.isoformat(),
        "secret_key": settings.SECRET_KEY,
        "no_mail_to": GONE,
        "session": log_in("helle").cookies[settings.SESSION_COOKIE_NAME].value,
        "message_ids": sorted(str(mail.message["Message-ID"]) for mail in sink.messages),
        "links": [opened(link, names) for link in links],
    }


def ask(address: str, *typed: dict[str, str], **more: str) -> None:
    """Fill in a form as its reader does, with the first offered slot and the named area."""
    reader = Client(HTTP_HOST=HOST)
    page = reader.get(address).content.decode()
    offered = {
        "slot": re.search(r'name="slot"[^>]* value="(\d+)"', page),
        "area": re.search(rf'<option value="(\d+)"[^>]*>{AREA}</option>', page),
    }
    choices = {name: found[1] for name, found in offered.items() if found}
    response = reader.post(address, {**choices, **dict(item for part in typed for item in part.items()), **more})
    if response.status_code != 302:
        form = response.context and response.context.get("form")
        raise RuntimeError(f"{address} was not accepted: {getattr(form, 'errors', '')}")


def wished_days() -> dict[str, str]:
    """Return two days as form data."""
    return {
        f"{name}_{box}": str(part)
        for name, day in (("first", BEGINS + dt.timedelta(days=42)), ("second", BEGINS + dt.timedelta(days=44)))
        for box, part in enumerate((day.day, day.month, day.year))
    }


def run_tasks() -> None:
    """Run all periodic tasks, and send due messages."""
    for task in TASKS:
        app.tasks[task]()
    send_what_is_due()


def send_what_is_due() -> None:
    """Send every message that is due by the simulated clock, in this process."""
    call_command("send_waiting", stdout=io.StringIO())


def log_in(name: str) -> Client:
    """Return a browser that one of the cast is logged in with."""
    reader = Client(HTTP_HOST=HOST)
    person = get_user_model().objects.get(email=f"{name}@randers.example")
    reader.post(f"/dev/log-in/{person.pk}/")
    return reader


# -- Links ------------------------------------------------------------------------------------------------------------


def links_in(mails: list[Mail]) -> list[str]:
    """Return the newest link of each sort and partnership, among those with a token."""
    found = {}
    for address in (link for mail in mails for link in re.findall(r"http://\S+/", mail.text)):
        parts = urlsplit(address)
        sort = re.sub(SIGNED, "", parts.path)
        if sort != parts.path:
            found[parts.hostname, sort] = address
    return list(found.values())


def calendar_links() -> list[str]:
    """Return the addresses of a speaker's and a coordinator's calendars, made on their pages."""
    found = []
    for name, kind in (("sven", "speaker"), ("karen", "coordinator")):
        page = log_in(name).post(f"/da/talks/calendar/{kind}/", follow=True).content.decode()
        found += re.findall(r'http://[^"\s<]+\.ics', page)
    return found


def stop_link() -> str:
    """Return a link that stops email: messages of a year ago had one, today's have none."""
    reader = get_user_model().objects.get(email="helle@randers.example")
    return f"http://{HOST}/da/stop/{signing.dumps([reader.pk, 'neighbours.helper'], salt='outbox.stop')}/"


def opened(address: str, names: list[str]) -> dict[str, object]:
    """Open a link and return its status, and the names in the page or the events of the calendar."""
    parts = urlsplit(address)
    response = Client(HTTP_HOST=parts.hostname).get(parts.path)
    page = html.unescape(response.content.decode())
    says = re.findall(r"^UID:\S+", page, re.MULTILINE) or sorted({name for name in names if name in page})
    return {"address": address, "status": response.status_code, "says": says}


if __name__ == "__main__":
    main()

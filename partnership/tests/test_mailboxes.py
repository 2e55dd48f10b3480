"""One mailbox is one person in each room, however its address was written."""

import logging
import sys
import unicodedata
from urllib.parse import urlsplit

import pytest
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation

from neighbours.models import Helper
from neighbours.tests.builders import home, typed
from partnership.outbox.channels.email import message_id
from partnership.outbox.channels.layout import sender_of
from partnership.outbox.models import Message, Suppression
from partnership.outbox.post import post
from partnership.outbox.queue.final_check import is_suppressed
from partnership.outbox.returns.bouncing import message_of, record_event
from partnership.outbox.returns.reports import Report
from partnership.outbox.scopes import to_mailbox
from partnership.people.models import User
from partnership.tests.cast import Cast, person, slot, visit
from partnership.tests.fields import filled_in, text_fields
from partnership.web.forms import PortalForm
from partnership.web.masking import MaskingFormatter
from talks.calendars.invitation import invitation
from talks.tests.bookings import confirmed
from written.mailboxes import mailto, without_tag

KNOWN, SENT = "vera@æblegård.example", "vera@xn--blegrd-luad.example"
SPELLINGS = [KNOWN, SENT, unicodedata.normalize("NFD", KNOWN), f"{KNOWN}\u200b", "VERA@ÆBLEGÅRD.example"]


@pytest.fixture
def vera(cast: Cast) -> User:
    return User.objects.create_user(KNOWN, "Vera Vestergaard", partnership=cast.randers)


def test_joining_in_five_spellings_makes_one_helper_who_sees_their_address_as_they_know_it(cast: Cast) -> None:
    home(cast.vorup)
    for spelling in SPELLINGS:
        assert KNOWN in visit(None).post("/da/neighbours/join/", typed(email=spelling), follow=True).content.decode()
    assert Helper.objects.filter(partnership=cast.randers).count() == 1
    assert User.objects.get(email=KNOWN).email == SENT


def test_a_code_to_log_in_is_sent_to_what_works_and_counts_under_one_limit(cast: Cast, vera: User) -> None:
    for spelling in SPELLINGS * 2:
        visit(None).post("/accounts/login/code/", {"email": spelling})
    sent = Message.objects.filter(kind="account.login_code")
    assert {message.recipient for message in sent} == {vera}
    assert {message.to_mailbox for message in sent} == {SENT}
    assert len(sent) <= len(SPELLINGS)


# What the rules of 2008 refuse, in letters and as it is sent; a label that is too long once it is in ASCII.
NO_MAILBOX = ["a@☃.dk", "a@xn--n3h.dk", "a@i❤.ws", f"a@{'æ' * 58}.dk", f"a@{'æ.' * 60}dk"]


@pytest.mark.parametrize("address", NO_MAILBOX)
def test_an_address_that_cannot_be_stored_is_refused_by_each_form_that_takes_one(cast: Cast, address: str) -> None:
    fields = [field for field in text_fields().values() if isinstance(field, forms.EmailField)]
    assert len(fields) > 5
    with translation.override("en"):
        for field in fields:
            form = filled_in(field, address, PortalForm)
            assert "After @ we need the name of a mail server" in str(form.errors), field
    with pytest.raises(ValidationError):
        User(email=address, name="Sne", partnership=cast.randers).clean_fields(exclude=["password"])


@pytest.mark.parametrize("address", NO_MAILBOX[:2])
def test_an_address_that_cannot_be_stored_is_no_error_of_the_server(cast: Cast, address: str) -> None:
    home(cast.vorup)
    root = person("Root", None, is_superuser=True)
    assert visit(None).post("/da/neighbours/join/", typed(email=address)).status_code == 200
    assert visit(None).post("/accounts/login/code/", {"email": address}).status_code == 200
    change = {"name": "Ruth", "email": address, "language": "da", "is_active": "on"}
    inlines = ("roles", "mailboxes", "authenticator_set", "consents")
    change |= {f"{name}-{part}_FORMS": "0" for name in inlines for part in ("TOTAL", "INITIAL")}
    page = visit(root, host="randers.localhost").post(f"/admin/people/user/{cast.ruth.pk}/change/", change)
    assert page.status_code == 200
    assert User.objects.get(pk=cast.ruth.pk).email == "ruth@randers.example"


def test_what_the_database_says_of_a_refused_row_is_in_no_log() -> None:
    formatter = MaskingFormatter("{message}", style="{")
    note = "a note\n\nof two lines about vera"
    try:
        try:
            said = f"refused\nDETAIL:  Failing row contains (610, {note}, a@☃.dk, Sne Mand).\nCONTEXT: $1 = 'Sne'"
            raise ValueError(said)
        except ValueError as error:
            raise RuntimeError("after it") from error
    except RuntimeError:
        record = logging.makeLogRecord({"msg": "error", "exc_info": sys.exc_info()})
    said = formatter.format(record)
    assert not [one for one in ("Sne", "☃", "vera", "610") if one in said]
    assert "DETAIL: [masked]" in said
    assert "RuntimeError: after it" in said


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_mailbox_is_stopped_found_and_limited_in_every_spelling(cast: Cast, vera: User, spelling: str) -> None:
    record_event(mailbox=spelling, kind="hard", event="1", now=timezone.now())
    for to in (vera, spelling):
        message = posted(cast, to)
        assert is_suppressed(message)
        assert message in to_mailbox(Message.objects.all(), spelling)
        report = Report("5.1.1", "", message_id(message), (spelling,), ())
        assert message_of(report, timezone.now()) == message
    assert without_tag(spelling) == SENT
    assert Suppression.objects.count() == 1


def posted(cast: Cast, to: User | str) -> Message:
    with transaction.atomic():
        key = f"one.{to}"
        post(kind="account.login_code", partnership=cast.randers, to=to, about={}, key=key, now=timezone.now())
    return Message.objects.get(key=key)


def test_the_calendar_invites_the_mailbox_that_gets_the_email(cast: Cast, vera: User) -> None:
    booking = confirmed(cast, slot(cast.speaker))
    event = invitation(booking, vera, "REQUEST").body.decode().replace("\r\n ", "")
    assert f"MAILTO:{SENT}" in event


@pytest.mark.parametrize("where", ["privacy", "accessibility", "neighbours/slip", "neighbours"])
def test_people_see_our_own_address_as_they_know_it(cast: Cast, where: str) -> None:
    cast.randers.contact_email = SENT
    cast.randers.save()
    shown = visit(None).get(f"/da/{where}/", follow=True).content.decode()
    assert KNOWN in shown
    assert SENT not in shown.replace(f'"mailto:{SENT}"', "")
    assert sender_of(cast.randers).contact_email == KNOWN


@pytest.mark.parametrize(
    ("address", "opens"),
    [
        ("ane@randers.example", "mailto:ane@randers.example"),
        ("ane+naboer@randers.example", "mailto:ane+naboer@randers.example"),
        ("x?bcc=spy%40evil.dk&subject=hej@example.dk", "mailto:x%3Fbcc%3Dspy%2540evil.dk%26subject%3Dhej@example.dk"),
        ("o'hara#1@example.dk", "mailto:o%27hara%231@example.dk"),
    ],
)
def test_a_link_to_an_address_writes_to_it_alone(address: str, opens: str) -> None:
    assert mailto(address) == opens
    assert urlsplit(mailto(address)).query == ""


def test_every_link_to_an_address_is_made_in_one_way() -> None:
    pages = {path: path.read_text() for path in (settings.BASE_DIR / "templates").rglob("*") if path.is_file()}
    assert [path.name for path, text in pages.items() if "mailto:" in text] == []
    assert sum("|mailto }}" in text for text in pages.values()) >= 6

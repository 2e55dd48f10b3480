"""The channel of a message: the reader's choice, else the next that works."""

import datetime as dt

import pytest
from django.db import transaction

from partnership.outbox.channels.choosing import channel_for
from partnership.outbox.kinds import kind
from partnership.outbox.models import Message
from partnership.outbox.posting import post
from partnership.outbox.preferences.reaching import channels_for, set_channel
from partnership.outbox.tests.posted import post_one
from partnership.outbox.tests.readers import on_paper, prefers
from partnership.people.models import User
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, visit

NUMBER = "12 34 56 78"


@pytest.mark.parametrize(
    "choice, email, phone, home, gateway, way",
    [
        ("", True, "", True, True, "mail"),
        ("", False, NUMBER, True, True, "letter"),
        ("", False, "", False, True, None),
        ("mail", False, "", True, True, "letter"),
        ("sms", True, NUMBER, True, True, "sms"),
        ("sms", False, NUMBER, True, False, "letter"),
        ("sms", True, "", True, True, "mail"),
        ("letter", True, NUMBER, True, True, "letter"),
        ("letter", True, "", False, True, "mail"),
        ("letter", False, "", False, True, None),
    ],
)
def test_the_channel_is_the_chosen_one_or_the_next_that_works(
    cast, settings, choice, email, phone, home, gateway, way
) -> None:
    settings.SMS_URL = "http://127.0.0.1:1/" if gateway else ""
    person = on_paper(cast)
    if not home:
        person = User.objects.create_user(None, "Una", partnership=cast.randers)
    User.objects.filter(pk=person.pk).update(
        email="una@randers.example" if email else None, phone=phone, verified_phone=phone, channel=choice
    )
    person.refresh_from_db()
    message = Message(kind="test.answer", recipient=person, partnership=cast.randers)
    assert channel_for(message, kind("test.answer")) == way
    code = Message(kind="account.login_code", recipient=person, partnership=cast.randers)
    assert channel_for(code, kind("account.login_code")) == ("mail" if email else None)


@pytest.mark.parametrize("name", ["talks.verify", "talks.verify_wish", "neighbours.confirm"])
def test_an_address_is_verified_by_email_at_once(cast: Cast, name: str) -> None:
    person = on_paper(cast)
    User.objects.filter(pk=person.pk).update(email="oda@randers.example", channel="letter")
    person.refresh_from_db()
    with transaction.atomic():
        due, expires = NOW + dt.timedelta(days=1), NOW + dt.timedelta(days=2)
        about = {"booking": 1, "wish": 1, "helper": 1}
        post(
            kind=name,
            partnership=cast.randers,
            to=person,
            about=about,
            key="1",
            now=NOW,
            due_at=due,
            expires_at=expires,
        )
    message = Message.objects.get(key="1")
    assert (channel_for(message, kind(name)), message.try_at) == ("mail", due)


def test_who_changes_to_email_gets_what_lay_in_the_tray_by_email(cast: Cast) -> None:
    person = on_paper(cast)
    message = post_one(cast.randers, person)
    Message.objects.filter(pk=message.pk).update(state="paper")
    User.objects.filter(pk=person.pk).update(email="oda@randers.example")
    person.refresh_from_db()
    set_channel(person=person, channel="mail", phone="", language="sv", now=NOW)
    message.refresh_from_db()
    person.refresh_from_db()
    assert (message.state, person.channel, person.language) == ("queued", "mail", "sv")


def test_only_channels_that_work_are_offered(cast: Cast, settings) -> None:
    settings.SMS_URL = ""
    assert channels_for(cast.helle) == ["mail"]
    settings.SMS_URL = "http://127.0.0.1:1/"
    assert channels_for(cast.helle) == ["mail", "sms"]
    assert channels_for(on_paper(cast)) == ["sms", "letter"]


@pytest.mark.parametrize("channel, reason", [("sms", "no_number"), ("letter", "no_home")])
def test_a_way_that_leads_nowhere_is_refused(cast: Cast, channel, reason) -> None:
    with pytest.raises(Refused) as refused:
        set_channel(person=cast.helle, channel=channel, phone="12", language="da", now=NOW)
    assert refused.value.reason == reason


def test_texts_are_not_promised_to_a_landline(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        set_channel(person=cast.gunnar, channel="sms", phone="08-465 004 00", language="sv", now=NOW)
    assert refused.value.reason == "no_number"
    set_channel(person=cast.gunnar, channel="mail", phone="08-465 004 00", language="sv", now=NOW)
    set_channel(person=cast.gunnar, channel="sms", phone="070-123 45 67", language="sv", now=NOW)


def test_a_landline_that_a_code_has_reached_gets_texts(cast: Cast) -> None:
    gunnar = prefers(cast.gunnar, "sms", "08-465 004 00")
    set_channel(person=gunnar, channel="sms", phone="+46 8 465 004 00", language="sv", now=NOW)
    gunnar.refresh_from_db()
    assert gunnar.phone_is_verified


def test_the_number_is_one_of_the_partnerships_country(cast: Cast, settings) -> None:
    settings.SMS_URL = "http://127.0.0.1:1/"
    data = {"channel": "sms", "phone": "070-123 45 67", "language": "sv"}
    assert visit(cast.helle).post("/da/me/messages/", data).status_code == 200
    assert visit(cast.gunnar).post("/sv/me/messages/", data).status_code == 302


def test_the_channel_is_chosen_on_the_own_page(cast: Cast, settings) -> None:
    settings.SMS_URL = "http://127.0.0.1:1/"
    browser = visit(cast.helle)
    assert browser.get("/da/me/messages/").status_code == 200
    data = {"channel": "sms", "phone": NUMBER, "language": "en"}
    assert browser.post("/da/me/messages/", data).status_code == 302
    cast.helle.refresh_from_db()
    assert (cast.helle.channel, cast.helle.phone, cast.helle.language) == ("sms", NUMBER, "en")
    assert browser.post("/da/me/messages/", data | {"phone": ""}).status_code == 200
    assert b"/me/messages/" in browser.get("/da/me/").content


def test_nobody_else_can_choose_the_channel(cast: Cast) -> None:
    assert visit(None).get("/da/me/messages/").status_code == 302
    assert visit(None).post("/da/me/messages/choice/", {"purpose": "notices"}).status_code == 302

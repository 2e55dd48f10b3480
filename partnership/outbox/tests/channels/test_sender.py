"""Whose address an email comes from, and where an answer goes."""

import pytest

from partnership.outbox.channels.email import email_for
from partnership.outbox.kinds import kind
from partnership.outbox.tests.posted import post_one
from partnership.tests.cast import Cast


@pytest.fixture
def both(cast: Cast) -> dict:
    """Return an email of each partnership."""
    made = {}
    for who in (cast.helle, cast.gunnar):
        message = post_one(who.partnership, who, f"test.{who.pk}")
        made[who.partnership.slug] = email_for(message, kind(message.kind).write(message))
    return made


def test_no_partnership_writes_in_anothers_name_or_from_its_address(both: dict) -> None:
    assert both["randers"].extra_headers["From"] == "Randers <portal@randers.localhost>"
    assert both["kalmar"].extra_headers["From"] == "Kalmar <portal@kalmar.localhost>"
    assert both["kalmar"].from_email == "portal@kalmar.localhost"


def test_an_answer_goes_to_the_partnerships_own_contact(both: dict) -> None:
    assert {slug: mail.reply_to for slug, mail in both.items()} == {
        "randers": ["kontakt@randers.example"],
        "kalmar": ["kontakt@kalmar.example"],
    }


def test_a_deployment_with_one_address_sends_everything_from_it_under_each_name(cast: Cast, settings) -> None:
    settings.MAIL_FROM_OF, settings.DEFAULT_FROM_EMAIL = {}, "portal@portal.example"
    message = post_one(cast.kalmar, cast.gunnar)
    mail = email_for(message, kind(message.kind).write(message))
    assert mail.extra_headers["From"] == "Kalmar <portal@portal.example>"
    assert mail.reply_to == ["kontakt@kalmar.example"]

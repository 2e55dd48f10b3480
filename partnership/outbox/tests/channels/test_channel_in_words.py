"""The channel that a person and staff read is the one that is used."""

import datetime as dt

import pytest
from django.utils import translation

from partnership import clock
from partnership.fields.printed_days import day_in_words
from partnership.outbox.channels.choosing import channel_to
from partnership.people.models import PostalAddress, User
from partnership.people.own.reached import way_in_words
from partnership.places.tests.builders import an_address
from partnership.tests.cast import Cast

NUMBER = "+4520304050"


@pytest.mark.parametrize("has_home", [False, True])
@pytest.mark.parametrize("mailbox", ["none", "open"])
@pytest.mark.parametrize("chosen", ["", *User.Channel.values])
def test_words_name_the_channel_that_is_used(cast: Cast, settings, chosen: str, mailbox: str, has_home: bool) -> None:
    settings.SMS_URL = "http://127.0.0.1:9/"
    helle = cast.helle
    helle.channel, helle.phone, helle.verified_phone = chosen, NUMBER, NUMBER
    helle.email = helle.email if mailbox == "open" else None
    helle.save()
    if has_home:
        PostalAddress.objects.create(person=helle, address=an_address(cast.vorup))
    used = channel_to(helle)
    with translation.override("en"):
        assert way_in_words(helle).lower() == (User.Channel(used).label if used else "not at all: we know no address")


def test_who_has_no_home_reads_from_which_day_their_mailbox_counts(cast: Cast) -> None:
    cast.helle.mailbox_opens_at = clock.now() + dt.timedelta(days=14)
    with translation.override("en"):
        day = day_in_words(clock.local(cast.helle.mailbox_opens_at, cast.randers.zone).date())
        assert way_in_words(cast.helle) == f"Not before {day}: the email address is new here"

"""The page of a message offers nothing that cannot work, and says from which day it can."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress

from partnership import clock
from partnership.fields.printed_days import day_in_words
from partnership.outbox.models import Message
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.reasons import NOT_VERIFIED
from partnership.outbox.staff import actions
from partnership.outbox.suppression import suppress
from partnership.outbox.tests.posted import post_one
from partnership.people.models import User
from partnership.refusals import Refused
from partnership.tests.cast import Cast, visit

PAGE = "/en/staff/messages/"


def waiting_for_owner(cast: Cast, *, is_held_back: bool) -> Message:
    """Return a message that waits, since nobody has used the mailbox that staff have written down."""
    opens_at = clock.now() + dt.timedelta(days=14) if is_held_back else None
    User.objects.filter(pk=cast.helle.pk).update(mailbox_opens_at=opens_at)
    cast.helle.refresh_from_db()
    EmailAddress.objects.update_or_create(user=cast.helle, email=cast.helle.email, defaults={"verified": False})
    message = post_one(cast.randers, cast.helle, now=clock.now())
    Message.objects.filter(pk=message.pk).update(state="retry", reason=NOT_VERIFIED)
    message.refresh_from_db()
    return message


def test_a_message_to_a_held_back_mailbox_is_not_sent_now(cast: Cast) -> None:
    message, browser = waiting_for_owner(cast, is_held_back=True), visit(cast.karen)
    page = browser.get(f"{PAGE}{message.pk}/").content.decode()
    day = day_in_words(clock.local(cast.helle.mailbox_opens_at, cast.randers.zone).date())
    assert f"nobody can log in with it before {day}" in page
    assert "Send now" not in page
    assert "We have no email address" not in page
    assert "<dt>How</dt>" not in page
    assert browser.get(f"{PAGE}{message.pk}/send-now/").status_code == 302
    with pytest.raises(Refused) as refused:
        actions.send_now(message=message, by=cast.karen, now=clock.now())
    assert refused.value.reason == "unreachable"
    assert not message.steps.exists()
    assert day in browser.get(f"{PAGE}?show=waiting").content.decode()


def test_nor_is_one_to_a_mailbox_that_nobody_has_used(cast: Cast) -> None:
    message = waiting_for_owner(cast, is_held_back=False)
    page = visit(cast.karen).get(f"{PAGE}{message.pk}/").content.decode()
    assert "nobody has logged in with it yet" in page
    assert "Send now" not in page


def test_one_that_failed_and_would_fail_again_is_not_tried_again(cast: Cast) -> None:
    message = waiting_for_owner(cast, is_held_back=True)
    Message.objects.filter(pk=message.pk).update(state="failed", ended_at=clock.now())
    message.refresh_from_db()
    assert "Try again" not in visit(cast.karen).get(f"{PAGE}{message.pk}/").content.decode()
    with pytest.raises(Refused) as refused:
        actions.try_again(message=message, by=cast.karen, now=clock.now())
    assert refused.value.reason == "unreachable"


@pytest.mark.parametrize("state", ["queued", "retry", "failed"])
@pytest.mark.parametrize("is_stopped", [False, True])
def test_what_is_offered_works(cast: Cast, sink, state: str, is_stopped: bool) -> None:
    """The control: whatever of the two a page offers, the message is sent; if it is not offered, it is refused."""
    message = post_one(cast.randers, cast.helle, now=clock.now())
    ended_at = clock.now() if state == "failed" else None
    later = clock.now() + dt.timedelta(hours=1)
    Message.objects.filter(pk=message.pk).update(state=state, ended_at=ended_at, try_at=later)
    message.refresh_from_db()
    if is_stopped:
        suppress(cast.helle.email or "", reason="hard bounce", now=clock.now())
    page = visit(cast.karen).get(f"{PAGE}{message.pk}/").content.decode()
    what, label = (actions.try_again, "Try again") if state == "failed" else (actions.send_now, "Send now")
    assert (label in page) == (not is_stopped)
    if is_stopped:
        with pytest.raises(Refused):
            what(message=message, by=cast.karen, now=clock.now())
        return
    what(message=message, by=cast.karen, now=clock.now())
    deliver(urgent=False)
    message.refresh_from_db()
    assert message.state == "sent"

"""Which messages a change of a booking causes, to whom and under which key.

For their words see `messages/bookings.py`.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import F, Q, QuerySet

from partnership import clock
from partnership.holidays import last_working_day
from partnership.outbox.post import Message, NewMessage, answer_typed, post_all, withdraw
from partnership.people.mailboxes import is_verified, is_written_down
from partnership.people.models import Role, User
from partnership.places.models import Partnership
from talks.messages import withdrawing
from talks.models import Booking, TalkWish
from talks.reminders import THANKS_STAND, morning_after, question_for, reminders_of, thanks_for

# What the chair has heard last, by the state of a talk.
AGAIN: dict[str, str] = {
    Booking.State.REQUESTED: "requested",
    Booking.State.OFFERED: "offered",
    Booking.State.CONFIRMED: "confirmed",
}


# In the messages of a deputy, which are not sent once somebody else is it.
FOR_DEPUTY = {"for_deputy": True}


def key_of(booking: Booking) -> str:
    """Return how the keys of all messages about a booking begin. Stored rows have it, so it never changes."""
    return f"talks.booking.{booking.pk}"


def _to_post(
    person: User | None,
    kind: str,
    booking: Booking,
    *,
    version: str,
    due_at: dt.datetime | None = None,
    expires_at: dt.datetime | None = None,
    **more: str | int | bool,
) -> Iterator[NewMessage]:
    """Yield the message to a person; none if they have been erased."""
    if person is None:
        return
    about = {"booking": booking.pk, **more}
    if due_at is not None:
        # A later message must still be about the same time when it is sent.
        about["starts_at"] = booking.starts_at.isoformat()
    yield NewMessage(
        kind=f"talks.{kind}",
        partnership=booking.partnership,
        to=person,
        about=about,
        key=f"{key_of(booking)}.{kind}.{person.pk}.{version}",
        due_at=due_at,
        expires_at=expires_at,
    )


def tell(person: User | None, kind: str, booking: Booking, now: dt.datetime, **message: Any) -> None:
    """Post one message to a person; none if they have been erased."""
    post_all(_to_post(person, kind, booking, **message), now)


def _speaker_of(booking: Booking) -> User | None:
    return booking.speaker.person if booking.speaker else None


def ask_to_verify(booking: Booking, now: dt.datetime) -> None:
    """Email the chair the link that makes a request of what was typed; it is of no use once the hold ends."""
    tell(booking.association.chair, "verify", booking, now, version="1", expires_at=booking.held_until)


def tell_requested(booking: Booking, now: dt.datetime, *, by: User | None = None) -> None:
    """The chair gets our deadline, the coordinators the task, unless they wrote it down themselves (`by`), and
    `warned_before_late` a warning if it waits.
    """
    post_all(_about_request(booking, by), now)


def tell_again(booking: Booking, now: dt.datetime, *, since: str) -> bool:
    """Send the chair once more what they have heard last of a talk ahead; return False if there is nothing to send, or
    it was sent since the same moment, `since`.
    """
    chair = booking.association.chair
    kind, expires_at = AGAIN.get(booking.state, ""), booking.ends_at
    if chair is None or not kind:
        return False
    if is_written_down(chair):
        kind = "typed_mailbox"
    elif booking.state == Booking.State.OFFERED:
        expires_at = booking.held_until
    version = f"{booking.sequence}.again.{since}"
    return bool(post_all(_to_post(chair, kind, booking, version=version, expires_at=expires_at), now))


def _about_request(booking: Booking, by: User | None = None) -> Iterator[NewMessage]:
    chair = booking.association.chair
    yield from _to_post(chair, "typed_mailbox" if is_written_down(chair) else "requested", booking, version="1")
    coordinators = User.objects.holding(Role.Kind.COORDINATOR, partnership=booking.partnership)
    for coordinator in coordinators.exclude(pk=by.pk) if by else coordinators:
        yield from _to_post(coordinator, "to_answer", booking, version="1", expires_at=booking.held_until)
    # Posted now, sent only if nobody has answered by then: the final check reads the request again.
    due_at = escalates_at(booking)
    for person in warned_before_late(booking.partnership):
        yield from _to_post(person, "promise_due", booking, version="1", due_at=due_at, expires_at=booking.held_until)


def escalates_at(case: Booking | TalkWish) -> dt.datetime:
    """Return when staff are warned of an unanswered request or wish."""
    if case.answer_by is None:
        raise ValueError(f"{case!r} has no deadline.")
    return warned_at(case.answer_by, case.partnership)


def warned_at(answer_by: dt.date, partnership: Partnership) -> dt.datetime:
    """Return the morning of the last working day before the deadline."""
    day = last_working_day(partnership.country, answer_by - dt.timedelta(days=1))
    return clock.at(day, dt.time(7), partnership.zone)


def warned_before_late(partnership: Partnership) -> QuerySet[User]:
    """Return who is warned that a deadline is about to be missed: the coordinators and the administrators."""
    return User.objects.holding(Role.Kind.COORDINATOR, Role.Kind.ADMINISTRATOR, partnership=partnership)


def tell_missed_deadline(booking: Booking, now: dt.datetime) -> None:
    """Tell who must know that we have not answered in time; the chair is told apart, by `lapsed`."""
    for person in escalation_contacts(booking.partnership):
        tell(person, "promise_broken", booking, now, version="1")


def escalation_contacts(partnership: Partnership) -> QuerySet[User]:
    """Return who is told that a deadline was missed: the administrators, or the coordinators if none."""
    administrators = User.objects.holding(Role.Kind.ADMINISTRATOR, partnership=partnership)
    return administrators or User.objects.holding(Role.Kind.COORDINATOR, partnership=partnership)


def tell_confirmed(
    booking: Booking,
    now: dt.datetime,
    *,
    by: User | None = None,
    part: str = "",
    kind: str = "confirmed",
    to_speaker: str = "confirmed",
    **more: Any,
) -> None:
    """Send chair and speaker the calendar event, and post their reminders and our thanks. The deputy gets the event and
    the reminders too; our thanks ask for one answer of the association.
    """
    about = {"by": part or part_of(by, booking), **more} if by else more
    post_all(_about_slot_to(booking.association.chair, booking, now, kind, "thanks", **about), now)
    post_all(_about_slot_to(_speaker_of(booking), booking, now, to_speaker, "thanks_speaker", **about), now)
    deputy = deputy_to_tell(booking, by)
    tell(deputy, kind, booking, now, version=str(booking.sequence), expires_at=booking.ends_at, **about, **FOR_DEPUTY)
    post_all(_reminders_to(deputy, booking, now, "", **FOR_DEPUTY), now)


def deputy_to_tell(booking: Booking, by: User | None = None) -> User | None:
    """Return the deputy, if they did it (`by`), or have used the mailbox that the chair or staff wrote."""
    deputy = booking.association.deputy
    if deputy is None or not deputy.email:
        return None
    return deputy if deputy == by or is_verified(deputy) else None


def _about_slot_to(
    person: User | None, booking: Booking, now: dt.datetime, told: str, thanked: str, since: str = "", **about: Any
) -> Iterator[NewMessage]:
    hour, version = f"{_hour_of(booking)}{since}", f"{booking.sequence}{since}"
    after = thanks_for(booking) if thanked == "thanks" else question_for(booking)
    yield from _to_post(person, told, booking, version=version, expires_at=booking.ends_at, **about)
    yield from _reminders_to(person, booking, now, since)
    yield from _to_post(person, thanked, booking, version=hour, due_at=after.due_at, expires_at=after.expires_at)


def _reminders_to(
    person: User | None, booking: Booking, now: dt.datetime, since: str = "", **about: Any
) -> Iterator[NewMessage]:
    version = f"{_hour_of(booking)}{since}"
    for one in reminders_of(booking, now):
        kind = f"reminder_{one.name}"
        yield from _to_post(
            person, kind, booking, version=version, due_at=one.due_at, expires_at=one.expires_at, **about
        )


def remind_new_deputy(booking: Booking, former: User | None, now: dt.datetime) -> None:
    """Post the reminders of a confirmed talk to the deputy, and withdraw those of `former`."""
    if former:
        withdraw(f"{key_of(booking)}.reminder_", now=now, reason=withdrawing.ANOTHER_DEPUTY, to=former)
    # Somebody may become the deputy more than once.
    since = f".{now.timestamp()}"
    post_all(_reminders_to(deputy_to_tell(booking), booking, now, since, **FOR_DEPUTY), now)


def tell_new_chair(booking: Booking, now: dt.datetime) -> None:
    """Send somebody who has taken over as chair what the one before got: the event and reminders, or the
    offer. The speaker of a talk ahead gets the new contact.
    """
    # Somebody may become the chair more than once.
    chair, since = booking.association.chair, f".{now.timestamp()}"
    version = f"{booking.sequence}{since}"
    if booking.state == Booking.State.CONFIRMED and booking.ends_at > now:
        post_all(_about_slot_to(chair, booking, now, "confirmed", "thanks", since), now)
        tell(_speaker_of(booking), "new_contact", booking, now, version=version, expires_at=booking.ends_at)
    if booking.state == Booking.State.OFFERED:
        tell(chair, "offered", booking, now, version=version, expires_at=booking.held_until)


def tell_no_more(chair: User, booking: Booking, now: dt.datetime) -> None:
    """Withdraw what waits for somebody who is no longer the chair."""
    kinds = ("confirmed.", "moved.", "offered.", "reminder_", "requested.", "thanks.", "verify.")
    begins = [f"{key_of(booking)}.{kind}" for kind in kinds]
    withdraw(*begins, now=now, reason=withdrawing.ANOTHER_CHAIR, to=chair)


def withdraw_reminders(booking: Booking, now: dt.datetime, reason: str) -> None:
    """Withdraw reminders and thanks about a time that is no longer the talk's."""
    withdraw(f"{key_of(booking)}.reminder_", f"{key_of(booking)}.thanks", now=now, reason=reason)


def withdraw_offers(booking: Booking, now: dt.datetime, reason: str) -> None:
    """Withdraw what waits about evenings that are no longer offered."""
    withdraw(f"{key_of(booking)}.offered.", now=now, reason=reason)


def thank_chair(booking: Booking, now: dt.datetime) -> None:
    """Thank the chair at once, in place of the thanks that wait and ask whether the talk took place. If those are sent,
    nothing more is.
    """
    if withdraw(f"{key_of(booking)}.thanks.", now=now, reason=withdrawing.TOOK_PLACE):
        _thank(booking, now)


def thank_chair_after_all(booking: Booking, recorded_at: dt.datetime, now: dt.datetime) -> None:
    """Thank the chair of a talk that was recorded as not having taken place, and now did. Nothing is sent if they had
    been thanked before that record and have not heard of it.
    """
    withdraw(f"{key_of(booking)}.did_not_take_place.", now=now, reason=withdrawing.TOOK_PLACE)
    if recorded_at < thanks_for(booking).due_at or _told_last(booking) == "talks.did_not_take_place":
        _thank(booking, now)


def _thank(booking: Booking, now: dt.datetime) -> None:
    """Thank the chair, unless that is what they heard last; what was withdrawn is posted anew under the step's key."""
    if _told_last(booking) == "talks.thanks":
        return
    due_at = max(morning_after(booking, 1), now)
    times = {"due_at": due_at, "expires_at": due_at + THANKS_STAND}
    version = f"{_hour_of(booking)}.took_place.{booking.steps.latest('pk').pk}"
    tell(booking.association.chair, "thanks", booking, now, version=version, **times)


def tell_there_was_none(booking: Booking, now: dt.datetime) -> None:
    """Tell the chair that there was no talk, unless that is the newest that they heard. The step is in the key, so that
    each correction may be told.
    """
    withdraw_thanks(booking, now, withdrawing.DID_NOT_TAKE_PLACE)
    if _told_last(booking) != "talks.did_not_take_place":
        version = f"{booking.sequence}.{booking.steps.latest('pk').pk}"
        tell_chair(booking, "did_not_take_place", now, version=version)


def _told_last(booking: Booking) -> str:
    """Return the kind of message about how the talk went that the chair got last, or gets now; empty if none."""
    began = [f"{key_of(booking)}.{kind}." for kind in ("thanks", "did_not_take_place")]
    about = Q(key__startswith=began[0]) | Q(key__startswith=began[1])
    told = Message.objects.filter(about, state__in=[Message.State.CLAIMED, Message.State.SENT])
    newest = told.order_by(F("ended_at").desc(nulls_first=True), "-pk").first()
    return newest.kind if newest else ""


def _hour_of(booking: Booking) -> str:
    """Return a version that is the time itself, so that a talk that is moved back and forth is reminded of once."""
    return f"{booking.starts_at:%Y-%m-%dT%H:%M}.{booking.sequence}"


def withdraw_thanks(booking: Booking, now: dt.datetime, reason: str) -> None:
    """Withdraw what waits to thank the chair and to ask the speaker."""
    withdraw(f"{key_of(booking)}.thanks", now=now, reason=reason)


def tell_chair(booking: Booking, kind: str, now: dt.datetime, *, version: str = "", **more: Any) -> None:
    """Tell the chair; `more` is when, as for `tell`, and what the message is about."""
    tell(booking.association.chair, kind, booking, now, version=version or str(booking.sequence), **more)


def tell_coordinators(
    booking: Booking,
    kind: str,
    now: dt.datetime,
    *,
    version: str = "",
    expires_at: dt.datetime | None = None,
    excluding: User | None = None,
    about: dict[str, Any] | None = None,
) -> None:
    """Tell the coordinators, except the one who did it."""
    for coordinator in User.objects.holding(Role.Kind.COORDINATOR, partnership=booking.partnership):
        if coordinator == excluding:
            continue
        tell(
            coordinator,
            kind,
            booking,
            now,
            version=version or str(booking.sequence),
            expires_at=expires_at,
            **(about or {}),
        )


def tell_offered(booking: Booking, now: dt.datetime, *, was_confirmed: bool) -> None:
    """Send the chair the slots to choose from; a confirmed talk is removed from calendars."""
    chair, speaker = booking.association.chair, _speaker_of(booking)
    tell(chair, "offered", booking, now, version=str(booking.sequence), expires_at=booking.held_until)
    if was_confirmed:
        tell(speaker, "called_off", booking, now, version=str(booking.sequence))


def tell_cancelled(
    booking: Booking, now: dt.datetime, *, was_confirmed: bool, by: User, for_association: bool = False
) -> None:
    """Tell the chair; deputy and speaker if the talk was confirmed. Who cancelled is noted: they may be erased."""
    part = "association" if for_association else part_of(by, booking)
    version, was = str(booking.sequence), {**as_it_is(booking), "cancelled_by": part}
    tell(booking.association.chair, "cancelled", booking, now, version=version, **was)
    if was_confirmed:
        tell(_speaker_of(booking), "cancelled", booking, now, version=version, **was)
        tell(deputy_to_tell(booking, by), "cancelled", booking, now, version=version, **was, **FOR_DEPUTY)


def tell_changed(booking: Booking, step: int, now: dt.datetime) -> None:
    """Tell speaker and chair what is new of place and guests."""
    for person in (_speaker_of(booking), booking.association.chair):
        tell(person, "changed", booking, now, version=str(booking.sequence), expires_at=booking.ends_at, step=step)


def part_of(person: User, booking: Booking) -> str:
    """Return as what somebody acts on a talk: "chair", "deputy", "speaker" or "staff"."""
    parts = {booking.association.chair: "chair", booking.association.deputy: "deputy", _speaker_of(booking): "speaker"}
    return parts.get(person, "staff")


def as_it_is(booking: Booking) -> dict[str, str]:
    """Return place and association, for a message that may be written after both have been erased."""
    return {"place": booking.place, "association": booking.association.title}


def tell_relieved(booking: Booking, now: dt.datetime) -> None:
    """Tell the speaker who no longer has this talk, which removes it from their calendar."""
    was_at = booking.starts_at.isoformat()
    tell(_speaker_of(booking), "relieved", booking, now, version=str(booking.sequence + 1), was_at=was_at)


def tell_instead(what: str, chair: User, partnership: Partnership, now: dt.datetime) -> None:
    """Say by email what the page must not reveal to somebody who may not own the mailbox; at most once a day."""
    key = f"talks.{what}.{partnership.pk}.{chair.pk}"
    answer_typed(kind=f"talks.{what}", partnership=partnership, to=chair, key=key, about={}, a_day=1, now=now)

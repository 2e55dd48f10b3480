"""What staff can do about talks for a caller."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from partnership import clock
from partnership.fields.printed_days import day_in_words
from partnership.people.access import LoggedInRequest, has_role
from partnership.people.models import Role, User
from partnership.people.staff.call_desk import CallTask
from partnership.places.models import Partnership
from talks import links, rules, scopes
from talks.models import Booking, TalkWish
from talks.when import shows_time, was_agreed

S = Booking.State
OVER = (S.CONFIRMED, S.TOOK_PLACE)
AHEAD = (S.REQUESTED, S.OFFERED, S.CONFIRMED)
# More are on the card of talks, and would push the other tasks out of sight.
MOST = 2


def for_callers(viewer: User, person: User, request: LoggedInRequest, now: dt.datetime) -> Iterator[CallTask]:
    """Yield what staff can do for a caller: ask for a talk; move, cancel and send again what they have asked for."""
    here = request.partnership
    if not has_role(viewer, here, *Role.STAFF):
        return
    yield CallTask(
        _("Book a talk for this caller"),
        reverse("talks:book_for", args=[person.pk]),
        _("I read you the free evenings, and write down which one you would like."),
    )
    yield CallTask(
        _("Ask for a talk on days that suit the caller"),
        reverse("talks:wish_for", args=[person.pk]),
        _("If no free evening suits you, tell me two or three days. We look for a speaker."),
    )
    # While the chair chooses among other evenings, the talk's own may have passed.
    ahead = scopes.bookings_of(person, viewer, here).filter(Q(ends_at__gt=now) | Q(state=S.OFFERED), state__in=AHEAD)
    for booking in ahead.order_by("starts_at")[:MOST]:
        if rules.may_ask_for(viewer, booking.association):
            yield from _about(booking, now)
    for wish in scopes.wishes_of(person, viewer, here)[:MOST]:
        if rules.may_ask_for(viewer, wish.association):
            yield _about_wish(wish)
    yield from _to_answer(viewer, person, here, now)


def _to_answer(viewer: User, person: User, here: Partnership, now: dt.datetime) -> Iterator[CallTask]:
    """Yield the talks of which our letters ask how they went: staff can write it down."""
    over = scopes.bookings_of(person, viewer, here).filter(state__in=OVER, ends_at__lte=now, feedback=None)[:MOST]
    for booking in over:
        if rules.may_ask_for(viewer, booking.association) and links.is_asked_about(booking, now):
            yield CallTask(
                _("Answer the two questions about the talk on %(day)s") % {"day": _day(booking)},
                reverse("talks:feedback_for", args=[booking.pk]),
                _("I have two questions, and they take half a minute."),
            )


def _day(booking: Booking) -> str:
    return day_in_words(clock.local(booking.starts_at, booking.partnership.zone).date())


def _about(booking: Booking, now: dt.datetime) -> Iterator[CallTask]:
    """Yield what the chair could do on their own page. A talk that is off has no evening to be named by."""
    names = {"day": _day(booking), "talk": str(booking.about.title)}
    if booking.state == S.OFFERED:
        yield CallTask(
            _("Choose another evening, or say that none suits: %(talk)s") % names,
            reverse("talks:choose_for", args=[booking.pk]),
            _("I read you the evenings that we keep for you. Which one suits you, or does none of them?"),
        )
    if scopes.move_asked_for(booking, now):
        yield CallTask(
            _("No longer move the talk on %(day)s") % names,
            reverse("talks:take_back_for", args=[booking.pk]),
            _("Then the talk stays where it is, and you need not wait for our answer. Shall I do it?"),
        )
    if booking.state == S.CONFIRMED:
        yield CallTask(
            _("Move the talk on %(day)s") % names,
            reverse("talks:move_for", args=[booking.pk]),
            _("I read you the other free evenings. Nothing changes before you have chosen one."),
        )
    if booking.place_facts_may_change(now):
        yield CallTask(
            _("Change place and guests of the talk on %(day)s") % names,
            reverse("talks:place_facts", args=[booking.pk]),
            _("Tell me what has changed: the place, who may come, or what you have there."),
        )
    yield CallTask(
        _cancelling(booking) % names,
        reverse("talks:cancel_for", args=[booking.pk]),
        _("Then others can have what we keep for you. Shall I do it?")
        if booking.state == S.OFFERED
        else _("Then somebody else can have the evening. Shall I do it?"),
    )
    stands = _("Say how the talk on %(day)s stands, and send it again")
    if not shows_time(booking):
        stands = _("Say how it stands, and send it again: %(talk)s")
    yield CallTask(
        stands % names,
        reverse("talks:call", args=[booking.pk]),
        _("I look up how it stands, and send you the same once more if you like."),
    )


def _cancelling(booking: Booking) -> str:
    """Return what it is to give a talk up: one that was ever agreed is cancelled, a request withdrawn."""
    if was_agreed(booking):
        return _("Cancel the talk on %(day)s") if shows_time(booking) else _("Cancel the talk: %(talk)s")
    return _("Withdraw the request for %(day)s") if shows_time(booking) else _("Withdraw the request: %(talk)s")


def _about_wish(wish: TalkWish) -> CallTask:
    return CallTask(
        _("Say how the wished days stand, or withdraw them"),
        reverse("talks:wish_call", args=[wish.pk]),
        _("I look up how it stands. Would you still like a talk on these days?"),
    )

"""The demonstration's talks: requests in each state, and talks that took place."""

import datetime as dt
import uuid

from allauth.account.models import EmailAddress
from django.db import transaction

from demo.hosts import HOSTS, TOOK_PLACE, Host
from demo.population import DRAWN_FROM
from demo.speakers import FROM, a_day_for_talks, bring_on_the_speakers
from partnership import clock
from partnership.people.actions import organisations
from partnership.people.made_up.names import made_up_name
from partnership.people.models import Organisation, Role, User
from partnership.places.models import Area, Partnership
from talks import formats
from talks.actions import bookings
from talks.models import Booking, BookingStep, Slot, Speaker

S = Booking.State


@transaction.atomic
def plan_talks(*, partnership: Partnership, now: dt.datetime) -> int:
    """Offer slots for the next two months, and make the talks once; return how many talks were made."""
    speakers = bring_on_the_speakers(partnership=partnership, now=now)
    if Booking.objects.filter(partnership=partnership).exists():
        return 0
    hosts = HOSTS[partnership.slug]
    associations = [_association(partnership, host) for host in hosts]
    staff = User.objects.holding(Role.Kind.COORDINATOR, partnership=partnership).order_by("pk")[0]
    for number, (host, days_ago, format_key, came) in enumerate(TOOK_PLACE[partnership.slug]):
        giving = [one for one in speakers if one.gives_format(format_key)]
        speaker = giving[number % len(giving)]
        _took_place(associations[host], speaker, staff, days_ago, format_key, hosts[host].place, came, now)
    return len(TOOK_PLACE[partnership.slug]) + _ahead(partnership, speakers, staff, now)


def _association(partnership: Partnership, host: Host) -> Organisation:
    return organisations.known_or_new(
        chair=_chair(partnership, host),
        partnership=partnership,
        name=host.name,
        kind=host.kind,
        area=Area.objects.get(partnership=partnership, code=host.area_code),
        homes=host.homes,
    )


def _chair(partnership: Partnership, host: Host) -> User:
    email = f"{host.chair}@{partnership.slug}.example"
    chair = User.objects.filter(email=email).first()
    if chair is None:
        name = made_up_name(partnership.language, 700 + int(host.chair.removeprefix("chair-")))
        chair = User.objects.create_user(email, name, partnership=partnership, language=partnership.language)
        EmailAddress.objects.create(user=chair, email=email, verified=True, primary=True)
    return chair


def _took_place(
    association: Organisation,
    speaker: Speaker,
    staff: User,
    days_ago: int,
    format_key: str,
    place: str,
    came: int,
    now: dt.datetime,
) -> None:
    zone = association.partnership.zone
    day = a_day_for_talks(association.partnership, clock.local(now, zone).date() - dt.timedelta(days=days_ago))
    starts_at = clock.at(day, FROM, zone)
    ends_at = starts_at + dt.timedelta(minutes=formats.FORMATS[format_key].minutes)
    booking = Booking.objects.create(
        partnership=association.partnership,
        association=association,
        speaker=speaker,
        format=format_key,
        starts_at=starts_at,
        ends_at=ends_at,
        place="" if formats.FORMATS[format_key].is_online else place,
        state=S.TOOK_PLACE,
        held_until=starts_at,
        attendance=came,
        submission=uuid.uuid5(DRAWN_FROM, f"{association.pk}/{days_ago}"),
    )
    moments = (
        ("", S.REQUESTED, association.chair, -30),
        (S.REQUESTED, S.CONFIRMED, staff, -27),
        (S.CONFIRMED, S.TOOK_PLACE, staff, 1),
    )
    BookingStep.objects.bulk_create(
        BookingStep(booking=booking, from_state=before, to_state=state, by=by, at=starts_at + dt.timedelta(days=days))
        for before, state, by, days in moments
    )


def _ahead(partnership: Partnership, speakers: list[Speaker], staff: User, now: dt.datetime) -> int:
    """Let associations ask for coming slots: one waits for its answer, one is confirmed, one is declined. The first
    speaker, whom a visitor can log in as, gives the first three talks.
    """
    first, *others = [list(Slot.objects.filter(speaker=one).bookable(now)[1:4]) for one in speakers]
    free = [*first, *(slots[0] for slots in others)]
    hosts = HOSTS[partnership.slug]
    wanted = [(hosts[0], "burglary", S.REQUESTED), (hosts[1], "flats", S.CONFIRMED)]
    if len(hosts) > 2:
        wanted += [(hosts[3], "investigator", S.REQUESTED), (hosts[2], "flats", S.CONFIRMED)]
        wanted += [(hosts[4], "burglary", S.DECLINED)]
    asked = [_ask(partnership, host, key, slot, now) for (host, key, _s), slot in zip(wanted, free, strict=False)]
    for booking, (_host, _key, state) in zip(asked, wanted, strict=False):
        if state == S.CONFIRMED:
            bookings.confirm(booking=booking, place_seen=booking.place, by=staff, now=now)
        if state == S.DECLINED:
            why = "Foredragsholderen kan alligevel ikke den aften. Vælg gerne en anden."
            bookings.decline(booking=booking, by=staff, why=why, now=now)
    return len(asked)


def _ask(partnership: Partnership, host: Host, format_key: str, slot: Slot, now: dt.datetime) -> Booking:
    chair = _chair(partnership, host)
    asked = bookings.TalkRequest(
        name=chair.name,
        email=chair.email or "",
        association=host.name,
        kind=host.kind,
        homes=host.homes,
        area=Area.objects.get(partnership=partnership, code=host.area_code),
        format=format_key,
        place=host.place,
        is_accessible=True,
        has_projector=True,
        is_public=format_key == "flats",
        note="",
        phone="",
    )
    booking = bookings.request_talk(
        partnership=partnership,
        slot=slot,
        asked=asked,
        submission=uuid.uuid5(DRAWN_FROM, f"{partnership.slug}/{host.name}/ahead"),
        language=partnership.language,
        now=now,
    )
    assert booking is not None, "the cast belongs to this partnership and asks once"
    return bookings.verify(booking=booking, now=now)

"""The demonstration's talks: offered slots, requests in each state, and talks that took place."""

import datetime as dt
import uuid
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db import transaction

from demo.made_up_names import made_up_name
from demo.population import DRAWN_FROM
from partnership import clock
from partnership.people.actions import organisations
from partnership.people.models import Organisation, Role, User
from partnership.places.models import Area, Partnership
from talks import formats
from talks.actions import bookings
from talks.models import Booking, BookingStep, Slot, Speaker

S = Booking.State
TUESDAY, THURSDAY = 1, 3
OFFERED_DAYS = range(9, 65)
FROM, UNTIL = dt.time(19), dt.time(21)


@dataclass(frozen=True)
class Host:
    """An association that has had talks, or asks for one."""

    name: str
    type: str
    area_code: str
    homes: int
    chair: str
    place: str


HOSTS = {
    "randers": (
        Host("Grundejerforeningen Eksempelvej", "homeowners", "8182", 40, "ruth", "Fælleshuset, Eksempelvej 41"),
        Host("Ejerforeningen Eksempelgården", "owner_flats", "8182", 32, "chair-1", "Eksempelgården, fællesrummet"),
        Host("Andelsboligforeningen Modellen", "cooperative", "8146", 64, "chair-2", "Modelvænget 1, beboerhuset"),
        Host("Grundejerforeningen Prøvevej", "homeowners", "8213", 120, "chair-3", "Forsamlingshuset ved Prøvevej"),
        Host("Boligforeningen Mønsteret", "housing", "9078", 210, "chair-4", "Mønsterstien 2, kælderlokalet"),
    ),
    "kalmar": (
        Host("Bostadsrättsföreningen Exempelvägen", "cooperative", "K01", 48, "gunnar", "Föreningslokalen"),
        Host("Villaägarna i Lindsdal (påhittade)", "homeowners", "K07", 150, "chair-1", "Bygdegården"),
    ),
}
# Talks given in the past months: which host, how many days ago, which talk, how many came.
TOOK_PLACE = {
    "randers": (
        (3, 640, "burglary", 54), (1, 560, "flats", 23), (4, 470, "burglary", 61), (2, 410, "group_start", 14),
        (0, 330, "burglary", 38), (3, 270, "investigator", 26), (1, 205, "online", 31), (4, 160, "flats", 44),
        (2, 110, "burglary", 35), (3, 75, "group_start", 12), (0, 47, "investigator", 29), (4, 19, "burglary", 48),
    ),
    "kalmar": ((1, 300, "burglary", 41), (0, 120, "flats", 22), (1, 26, "group_start", 13)),
}  # fmt: skip


@transaction.atomic
def plan_talks(*, partnership: Partnership, now: dt.datetime) -> int:
    """Offer slots for the next two months, and make the talks once; return how many talks were made."""
    speaker = _speaker(partnership)
    _offer(speaker, now)
    if Booking.objects.filter(partnership=partnership).exists():
        return 0
    associations = [_association(partnership, host) for host in HOSTS[partnership.slug]]
    staff = User.objects.holding(Role.Kind.COORDINATOR, partnership=partnership).order_by("pk")[0]
    for host, days_ago, format_key, came in TOOK_PLACE[partnership.slug]:
        _took_place(associations[host], speaker, staff, days_ago, format_key, came, now)
    return len(TOOK_PLACE[partnership.slug]) + _ahead(partnership, staff, now)


def _speaker(partnership: Partnership) -> Speaker:
    slug = "stina" if partnership.slug == "kalmar" else "sven"
    person = User.objects.get(email=f"{slug}@{partnership.slug}.example")
    speaker, _made = Speaker.objects.get_or_create(
        partnership=partnership, person=person, defaults={"formats": list(formats.FORMATS)}
    )
    return speaker


def _offer(speaker: Speaker, now: dt.datetime) -> None:
    """Offer Tuesdays and every second Thursday; existing slots are not changed."""
    zone = speaker.partnership.zone
    today = clock.local(now, zone).date()
    days = [today + dt.timedelta(days=ahead) for ahead in OFFERED_DAYS]
    days = [d for d in days if d.weekday() == TUESDAY or (d.weekday() == THURSDAY and d.isocalendar().week % 2)]
    Slot.objects.bulk_create(
        [
            Slot(
                partnership=speaker.partnership,
                speaker=speaker,
                starts_at=clock.at(day, FROM, zone),
                ends_at=clock.at(day, UNTIL, zone),
            )
            for day in days
        ],
        ignore_conflicts=True,
    )


def _association(partnership: Partnership, host: Host) -> Organisation:
    return organisations.known_or_new(
        chair=_chair(partnership, host),
        partnership=partnership,
        name=host.name,
        kind=host.type,
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
    came: int,
    now: dt.datetime,
) -> None:
    zone = association.partnership.zone
    day = clock.local(now, zone).date() - dt.timedelta(days=days_ago)
    starts_at = clock.at(day, FROM, zone)
    ends_at = starts_at + dt.timedelta(minutes=formats.FORMATS[format_key].minutes)
    booking = Booking.objects.create(
        partnership=association.partnership,
        association=association,
        speaker=speaker,
        format=format_key,
        starts_at=starts_at,
        ends_at=ends_at,
        place="" if formats.FORMATS[format_key].is_online else "Fælleshuset",
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


def _ahead(partnership: Partnership, staff: User, now: dt.datetime) -> int:
    """Let associations ask for coming slots: one waits for its answer, one is confirmed, one is declined."""
    free = list(Slot.objects.filter(partnership=partnership).bookable(now)[1:6])
    hosts = HOSTS[partnership.slug]
    wanted = [(hosts[0], "burglary", S.REQUESTED), (hosts[1], "flats", S.CONFIRMED)]
    if len(hosts) > 2:
        wanted += [(hosts[3], "investigator", S.REQUESTED), (hosts[2], "group_start", S.CONFIRMED)]
        wanted += [(hosts[4], "burglary", S.DECLINED)]
    asked = [_ask(partnership, host, key, slot, now) for (host, key, _s), slot in zip(wanted, free, strict=False)]
    for booking, (_host, _key, state) in zip(asked, wanted, strict=False):
        if state == S.CONFIRMED:
            bookings.confirm(booking=booking, by=staff, now=now)
        if state == S.DECLINED:
            why = "Foredragsholderen er blevet syg. Vælg gerne en anden aften."
            bookings.decline(booking=booking, by=staff, why=why, now=now)
    return len(asked)


def _ask(partnership: Partnership, host: Host, format_key: str, slot: Slot, now: dt.datetime) -> Booking:
    chair = _chair(partnership, host)
    asked = bookings.TalkRequest(
        name=chair.name,
        email=chair.email or "",
        association=host.name,
        type=host.type,
        homes=host.homes,
        area=Area.objects.get(partnership=partnership, code=host.area_code),
        format=format_key,
        place=host.place,
        is_accessible=True,
        has_projector=True,
        is_public=False,
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

"""The demonstration's speakers, and the evenings that they offer: none on a Sunday or a public holiday."""

import datetime as dt
from dataclasses import dataclass

from allauth.account.models import EmailAddress

from partnership import clock
from partnership.holidays import is_holiday
from partnership.people.made_up.names import made_up_name
from partnership.people.models import User
from partnership.places.models import Area, Partnership
from talks import formats
from talks.models import Slot, Speaker

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, SUNDAY = 0, 1, 2, 3, 6
OFFERED_DAYS = range(9, 65)
# Hardly any association invites to a talk between these days of December and New Year.
DECEMBER, CHRISTMAS = 12, range(20, 32)
FROM, UNTIL = dt.time(19), dt.time(21)


@dataclass(frozen=True)
class Part:
    """A speaker: who, which talks, in which languages, on which days, each week or each second (odd or even)."""

    slug: str
    formats: tuple[str, ...] = tuple(formats.FORMATS)
    languages: tuple[str, ...] = ()
    weekly: tuple[int, ...] = ()
    odd_weeks: tuple[int, ...] = ()
    even_weeks: tuple[int, ...] = ()
    phone: str = ""
    areas: tuple[str, ...] = ()
    substitute: str = ""

    def comes_on(self, day: dt.date) -> bool:
        by_turns = self.odd_weeks if day.isocalendar().week % 2 else self.even_weeks
        return day.weekday() in (*self.weekly, *by_turns)


# The numbers are given to nobody: in Denmark none begins with 1; Sweden keeps 070-174 06 05 to 99 for such uses.
SPEAKERS = {
    "randers": (
        Part("sven", weekly=(TUESDAY,), odd_weeks=(THURSDAY,), phone="12 34 56 71", substitute="speaker-1"),
        Part("speaker-1", ("burglary", "flats", "online"), odd_weeks=(MONDAY,), phone="12 34 56 72"),
        Part(
            "speaker-2", ("burglary", "investigator", "online"), even_weeks=(WEDNESDAY,),
            areas=("8182", "8213", "9078"),
        ),
        Part("speaker-3", ("burglary", "group_start", "flats", "online"), ("da", "en"), even_weeks=(THURSDAY,)),
    ),
    "kalmar": (
        Part("stina", weekly=(TUESDAY,), odd_weeks=(THURSDAY,), phone="070-174 06 15", substitute="speaker-1"),
        Part(
            "speaker-1", ("burglary", "flats", "group_start", "online"), ("sv", "en"), even_weeks=(WEDNESDAY,),
            phone="070-174 06 16",
        ),
    ),
}  # fmt: skip


def bring_on_the_speakers(*, partnership: Partnership, now: dt.datetime) -> list[Speaker]:
    """Make the speakers that do not exist yet, and offer their evenings; existing ones are not changed."""
    speakers = []
    for number, part in enumerate(SPEAKERS[partnership.slug]):
        speaker, is_new = Speaker.objects.get_or_create(
            partnership=partnership,
            person=_person(partnership, part, number),
            defaults={"formats": list(part.formats), "languages": list(part.languages)},
        )
        if is_new:
            speaker.areas.set(Area.objects.filter(partnership=partnership, code__in=part.areas))
        _offer(speaker, part, now)
        speakers.append(speaker)
    for speaker, part in zip(speakers, SPEAKERS[partnership.slug], strict=True):
        if part.substitute and not speaker.substitutes.exists():
            steps_in = f"{part.substitute}@{partnership.slug}.example"
            speaker.substitutes.set([one for one in speakers if one.person.email == steps_in])
    return speakers


def a_day_for_talks(partnership: Partnership, day: dt.date) -> dt.date:
    """Return the day, or the last one before it that is no Sunday and no public holiday."""
    while day.weekday() == SUNDAY or is_holiday(partnership.country, day):
        day -= dt.timedelta(days=1)
    return day


def _person(partnership: Partnership, part: Part, number: int) -> User:
    email = f"{part.slug}@{partnership.slug}.example"
    person = User.objects.filter(email=email).first()
    if person is None:
        name = made_up_name(partnership.language, 800 + number)
        person = User.objects.create_user(email, name, partnership=partnership, language=partnership.language)
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    if part.phone and not person.phone:
        person.phone = part.phone
        person.save(update_fields=["phone"])
    return person


def _offer(speaker: Speaker, part: Part, now: dt.datetime) -> None:
    partnership = speaker.partnership
    today = clock.local(now, partnership.zone).date()
    days = [today + dt.timedelta(days=ahead) for ahead in OFFERED_DAYS]
    days = [day for day in days if not (day.month == DECEMBER and day.day in CHRISTMAS)]
    days = [day for day in days if part.comes_on(day) and a_day_for_talks(partnership, day) == day]
    Slot.objects.bulk_create(
        [
            Slot(
                partnership=partnership,
                speaker=speaker,
                starts_at=clock.at(day, FROM, partnership.zone),
                ends_at=clock.at(day, UNTIL, partnership.zone),
            )
            for day in days
        ],
        ignore_conflicts=True,
    )

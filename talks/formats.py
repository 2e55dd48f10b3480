"""The kinds of talks to choose from. They are in code, so that their changes have a history."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Format:
    """One kind of talk: for whom, how long, and what the association must have ready."""

    key: str
    title: Promise
    about: Promise
    audience: Promise
    host_provides: Promise
    minutes: int
    drawing: str
    # One way, if the distance is not known: from the police station to a place in the municipality.
    travel_minutes: int = 30
    is_online: bool = False
    # What the association provides if it has no screen; None: the talk needs none.
    without_screen: Promise | None = None


FORMATS = {
    one.key: one
    for one in (
        Format(
            "burglary",
            _("How to make a burglary harder"),
            _("What burglars look for, what works on doors and windows, and what neighbours can do together."),
            _("For any association; best with 20 to 120 listeners"),
            _("A room with chairs, a screen or a white wall, and coffee if you like"),
            90,
            "talk",
            without_screen=_("A room with chairs, and coffee if you like"),
        ),
        Format(
            "investigator",
            _("A crime-scene investigator explains"),
            _("How a burglary is investigated, and what the traces say about the doors and windows that held."),
            _("For a watch group or a street; 8 to 40 listeners"),
            _("A living room or a common room"),
            60,
            "trace",
        ),
        Format(
            "group_start",
            _("Start a watch group"),
            _("You leave with a contact person, a list and the first agreement between neighbours."),
            _("For 10 to 12 homes that want to get started"),
            _("Someone who invites the neighbours, and a table to sit at"),
            60,
            "group",
        ),
        Format(
            "flats",
            _("Safe in a block of flats"),
            _("Entry doors, basements and attics, and how to know who belongs in the building."),
            _("For housing associations and owners of flats"),
            _("A common room, and somebody who can show the entrance and the basement"),
            75,
            "flats",
        ),
        Format(
            "online",
            _("Online talk"),
            _("The same good advice in the evening, from home, with time for questions."),
            _("For any association; from 15 listeners"),
            _("One person who sends the link to the members"),
            45,
            "online",
            travel_minutes=0,
            is_online=True,
        ),
    )
}

CHOICES = [(one.key, one.title) for one in FORMATS.values()]

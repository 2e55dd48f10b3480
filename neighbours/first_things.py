"""The first three things for a new helper to do; ticking one records a dated activity."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class FirstThing:
    slug: str
    title: str | Promise
    how: str | Promise
    minutes: int
    drawing: str
    # The article that says how, where there is one.
    article: str = ""

    @property
    def kind(self) -> str:
        """Return the kind of the activity that a tick records."""
        return f"neighbours.{self.slug}"


FIRST_THINGS = (
    FirstThing(
        "greet_a_neighbour",
        _("Greet a neighbour and swap telephone numbers"),
        _("Then you can ring each other when something in the street does not look right."),
        5,
        "greeting",
    ),
    FirstThing(
        "check_own_home",
        _("Walk round your own home"),
        _("Look at doors, windows, hedges and light. Choose one thing to put right."),
        10,
        "check",
        article="doere-og-vinduer",
    ),
    # Absences are agreed between two people and never stored.
    FirstThing(
        "agree_to_look_out",
        _("Agree with a neighbour to keep an eye on each other’s homes"),
        _("Talk about lights, post and bins when one of you is away. Agree face to face: we never record who is away."),
        10,
        "lamp",
    ),
)


def first_thing(slug: str) -> FirstThing | None:
    """Return the thing with this slug, or None."""
    return next((thing for thing in FIRST_THINGS if thing.slug == slug), None)

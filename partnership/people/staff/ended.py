"""What a change has ended besides, such as a letter that is withdrawn: said on the page after it to staff, or to the
person who has made the change.
"""

import datetime as dt
from collections.abc import Callable, Iterable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from partnership.people.actions.unproven import ended_unproven
from partnership.people.models import User
from partnership.registers import Register

# Called with the person and the time of the change; yields sentences, each about one thing that it has ended.
Ended = Callable[[User, dt.datetime], Iterable[str]]
ended: Register[Ended] = Register("what a change of a person has ended")
# The same, said to the person. It must not tell whether there was a letter with a code (decision 0020).
ended_by_oneself: Register[Ended] = Register("what a change by the person has ended")


def unproven_to_staff(person: User, now: dt.datetime) -> Iterable[str]:
    """Yield to staff what is deleted that came with a code and nobody had proven."""
    if what := ended_unproven(person, now):
        said = _(
            "Deleted for safety, since it came with a code by letter or text message and nobody had confirmed it: "
            "%(what)s. Ask the person what is right, and write it down."
        )
        yield said % {"what": ", ".join(what)}


def unproven_to_the_person(person: User, now: dt.datetime) -> Iterable[str]:
    """Yield the same to the person, who has protected themselves."""
    if what := ended_unproven(person, now):
        said = _("Deleted for safety, since nobody had confirmed it yet: %(what)s. If it is yours, write it again.")
        yield said % {"what": ", ".join(what)}


def what_ended(person: User, now: dt.datetime) -> list[str]:
    """Return what a change at this time has ended besides, in sentences to staff."""
    return [sentence for find in ended for sentence in find(person, now)]


def say_what_ended(request: HttpRequest, person: User, now: dt.datetime) -> None:
    """Say on the next page what a change at this time has ended besides, and what staff do about it."""
    for sentence in what_ended(person, now):
        messages.warning(request, sentence)


def say_what_you_ended(request: HttpRequest, person: User, now: dt.datetime) -> None:
    """Say to the person on the next page what their change at this time has ended besides."""
    for find in ended_by_oneself:
        for sentence in find(person, now):
            messages.info(request, sentence)

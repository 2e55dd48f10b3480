"""How somebody is reached, in words to them and to staff."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partnership.people.models import User
from partnership.people.own.homes import home_of


def way_in_words(person: User) -> str:
    """Return by which way we write to the person, or that there is none."""
    if person.reached_by == User.Channel.LETTER and home_of(person) is None:
        return capfirst(_("not at all: we know no address"))
    return capfirst(str(User.Channel(person.reached_by).label))

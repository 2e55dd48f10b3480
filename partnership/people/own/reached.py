"""How somebody is reached, in words to them and to staff."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partnership.people.models import User
from partnership.people.own.homes import home_of


def way_in_words(person: User) -> str:
    """Return by which way we write to the person, or that there is none."""
    way = _way(person)
    return capfirst(str(way.label) if way else _("not at all: we know no address"))


def said_that_told(person: User) -> str:
    """Return to staff how somebody hears of what they have just written about them, or that staff must tell them."""
    way = _way(person)
    if way is None:
        return _("We cannot write to %(name)s, since we know no address. Tell them yourself.") % {"name": person.name}
    return _("%(name)s is told %(how)s what it means.") % {"name": person.name, "how": way.label}


def _way(person: User) -> User.Channel | None:
    """Who has chosen letters, and has no home that we know, gets emails."""
    if person.reached_by == User.Channel.LETTER and home_of(person) is None:
        return User.Channel.MAIL if person.has_open_mailbox else None
    return User.Channel(person.reached_by)

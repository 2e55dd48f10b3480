"""How somebody is reached, in words to them and to staff."""

from collections.abc import Callable

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partnership.people.models import User
from partnership.people.own.homes import home_of
from partnership.registers import Register

# A function returns in a few words that nothing reaches the person now, and why; "" if something does.
obstacles: Register[Callable[[User], str]] = Register("reasons why no message reaches a person")


def way_in_words(person: User) -> str:
    """Return by which way we write to the person, or that nothing reaches them now, and why."""
    return capfirst(_obstacle(person) or str(_way(person).label))


def said_that_told(person: User) -> str:
    """Return to staff how somebody hears of what they have just written about them, or that staff must tell them."""
    if _obstacle(person):
        return _("No message reaches %(name)s now. Tell them yourself.") % {"name": person.name}
    return _("%(name)s is told %(how)s what it means.") % {"name": person.name, "how": _way(person).label}


def _obstacle(person: User) -> str:
    return next(filter(None, (obstacle(person) for obstacle in obstacles)), "")


def _way(person: User) -> User.Channel:
    """Who has chosen letters, and has no home that we know, gets emails."""
    if person.reached_by == User.Channel.LETTER and home_of(person) is None:
        return User.Channel.MAIL
    return User.Channel(person.reached_by)

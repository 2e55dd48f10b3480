"""How somebody is reached, in words to them and to staff."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partnership.people.models import User
from partnership.people.own.homes import home_of


def way_in_words(person: User) -> str:
    """Return by which way we write to the person, or that there is none. Who has chosen letters, and has no home
    that we know, gets emails.
    """
    reached_by = person.reached_by
    if reached_by == User.Channel.LETTER and home_of(person) is None:
        if not person.has_open_mailbox:
            return capfirst(_("not at all: we know no address"))
        reached_by = User.Channel.MAIL
    return capfirst(str(User.Channel(reached_by).label))

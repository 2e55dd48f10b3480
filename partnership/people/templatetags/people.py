"""Who may see whom, for templates: `{% load people %}`."""

from collections.abc import Iterable

from django import template

from partnership.people.models import User
from partnership.people.rules import Viewer, in_a_list, may_see_person
from written.mailboxes import readable

register = template.Library()


@register.filter
def may_be_seen_by(person: User | None, reader: Viewer) -> bool:
    """Return whether the reader may see who somebody is: `{% if deputy|may_be_seen_by:user %}`."""
    return may_see_person(reader, person)


@register.simple_tag
def listed_mailbox(person: User, sharing: Iterable[User]) -> str:
    """Return a person's mailbox for a list of staff; not if one of those who share it is protected."""
    return in_a_list(readable(person.email), person, *sharing)

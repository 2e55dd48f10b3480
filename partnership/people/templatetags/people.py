"""Who may see whom, for templates: `{% load people %}`."""

from collections.abc import Iterable

from django import template
from django.utils.translation import get_language

from partnership.fields.printed_languages import name_of
from partnership.people.models import User
from partnership.people.rules import Viewer, in_a_list, may_see_person
from written.mailboxes import readable

register = template.Library()


@register.filter
def may_be_seen_by(person: User | None, reader: Viewer) -> bool:
    """Return whether the reader may see who somebody is: `{% if deputy|may_be_seen_by:user %}`."""
    return may_see_person(reader, person)


@register.filter
def other_language(person: User) -> str:
    """Return the language that somebody reads our messages in, if it is not that of the page; else an empty text."""
    return "" if person.language == get_language() else name_of(person.language)


@register.simple_tag
def listed_mailbox(person: User, sharing: Iterable[User]) -> str:
    """Return a person's mailbox for a list of staff; not if one of those who share it is protected."""
    return in_a_list(readable(person.email), person, *sharing)

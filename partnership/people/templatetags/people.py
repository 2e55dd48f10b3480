"""Who may see whom, for templates: `{% load people %}`."""

from django import template

from partnership.people.models import User
from partnership.people.rules import Viewer, may_see_person

register = template.Library()


@register.filter
def may_be_seen_by(person: User | None, reader: Viewer) -> bool:
    """Return whether the reader may see who somebody is: `{% if deputy|may_be_seen_by:user %}`."""
    return may_see_person(reader, person)

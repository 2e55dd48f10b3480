"""Who deletes everything about a person when they ask for it, on the person's page, and why the reader may not."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from partnership.people.access import may_administer
from partnership.people.models import Role, User
from partnership.people.own.held_back import opens_on
from partnership.people.rules import may_erase, may_erase_for, may_see_person
from partnership.places.models import Partnership


@dataclass(frozen=True)
class WayToErase:
    """Who deletes a person, in sentences, and the page on which the reader does; "" if it is not for the reader."""

    sentences: str
    url: str = ""
    label: str = ""


def way_to_erase(viewer: User, person: User, here: Partnership, now: dt.datetime) -> WayToErase:
    """Return who deletes everything about a person who asks for it, for one of the staff."""
    if viewer.pk == person.pk:
        return WayToErase("", reverse("people:erase"), _("Delete everything about me"))
    own = f"{_themselves(person, now)} " if person.email else ""
    asked = _("Wants everything about them deleted")
    if may_erase_for(viewer, person):
        return WayToErase(own, reverse("people:erase_for", args=[person.pk]), asked)
    if may_administer(viewer, here) and may_erase(viewer, person):
        return WayToErase(own, reverse("admin:people_user_delete", args=[person.pk]), asked)
    return WayToErase(f"{own}{_by_administrators(viewer, here)} {_why_not(person)}")


def _themselves(person: User, now: dt.datetime) -> str:
    if person.is_held_back(now):
        said = _("They can delete everything about them on their own page from %(day)s, when they can log in.")
        return said % {"day": opens_on(person)}
    if person.last_login:
        return _("They can delete everything about them on their own page.")
    return _("They can delete everything about them on their own page, but have never logged in.")


def _by_administrators(viewer: User, here: Partnership) -> str:
    administrators = User.objects.holding(Role.Kind.ADMINISTRATOR, partnership=here).order_by("name")
    names = [one.name for one in administrators if may_see_person(viewer, one)]
    if not names:
        return _("If they tell you to, an administrator deletes it.")
    return _("If they tell you to, an administrator deletes it: %(names)s.") % {"names": ", ".join(names)}


def _why_not(person: User) -> str:
    if person.roles.exists():
        return _("You cannot, because they have a role here.")
    if person.email:
        return _("You cannot, because they have an email address.")
    return _("You cannot, because they have had an email address.")

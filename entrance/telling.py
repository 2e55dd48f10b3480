"""Who is told when a way in changes: the old mailbox, and the administrators."""

import datetime as dt
import secrets
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from partnership import clock
from partnership.outbox.post import post
from partnership.people.mailboxes import is_verified
from partnership.people.models import PersonStep, Role, User
from partnership.people.rules import needs_second_factor
from partnership.places.models import Address, Partnership


def factor_added(*, request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any) -> None:
    """The codes on paper come with the first app or passkey, which is told by itself."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        tell_of_factor(user, "added", now=clock.now())


def factor_removed(*, request: HttpRequest, user: User, **_more: Any) -> None:
    tell_of_factor(user, "removed", now=clock.now())


def tell_of_factor(person: User, what: str, *, now: dt.datetime) -> None:
    """Tell the other administrators that a second factor was added, removed or made anew. allauth tells the person."""
    if needs_second_factor(person) and person.partnership:
        with transaction.atomic():
            _tell_administrators(f"entrance.factor_{what}", person, person.partnership, now)


def tell_of_mailbox(person: User, old: str | None, now: dt.datetime) -> None:
    """Tell both mailboxes that the new one counts now, and the administrators if the person has a role. Anyone who has
    typed a code from the new one knows it.
    """
    if not person.partnership or old == person.email:
        return
    if old:
        _post("entrance.address_changed", person, old, person.partnership, now)
    if person.email and not is_verified(person):
        _post("entrance.new_address", person, person, person.partnership, now)
    if needs_second_factor(person):
        _tell_administrators("entrance.address_of_staff_changed", person, person.partnership, now)


def tell_new_staff(person: User, now: dt.datetime) -> None:
    """Tell somebody with a first role how to log in."""
    if person.email and person.partnership:
        _post("entrance.first_role", person, person, person.partnership, now)


def tell_of_roles(person: User, by: User, now: dt.datetime) -> None:
    """Tell the other administrators that somebody's roles have changed."""
    if person.partnership:
        _tell_administrators("entrance.roles_changed", person, person.partnership, now, by=by)


def tell_of_erased_staff(person: User, by: User, now: dt.datetime) -> None:
    """Tell the other administrators that somebody with a role is deleted: which role, and by whom."""
    kinds = sorted(set(person.roles.filter(kind__in=Role.NEEDS_SECOND_FACTOR).values_list("kind", flat=True)))
    if kinds and person.partnership:
        _tell_administrators("entrance.staff_erased", person, person.partnership, now, by=by, roles=kinds)


def tell_of_protection(person: User, by: User, now: dt.datetime) -> None:
    """Tell the person that they are hidden now or no longer, unless they have just asked for it themselves: whoever
    could end it unseen would read all that it hides.
    """
    if person.partnership and (by.pk != person.pk or not person.is_protected):
        _post("entrance.protection_changed", person, person, person.partnership, now)


def tell_of_home(person: User, before: Address | None, now: dt.datetime) -> None:
    """Tell somebody that staff have written another home of theirs: at a mailbox that is verified, else by letter at
    both homes. A home before that only staff had typed is deleted with the change, and hears nothing.
    """
    if not person.partnership:
        return
    is_mailed = bool(person.email) and is_verified(person)
    if is_mailed or not person.email:
        _post("entrance.home_changed", person, person, person.partnership, now)
    if before and not before.is_typed and not is_mailed:
        _post("entrance.home_before", person, person, person.partnership, now, letter_to=before.pk)


def tell_of_correction(person: User, step: PersonStep, was_reached_at: str | None, now: dt.datetime) -> None:
    """Tell the administrators of another mailbox, but for whoever wrote it: who can change a mailbox can log in as its
    owner.
    """
    if person.partnership and was_reached_at and "email" in step.changed:
        _tell_administrators("entrance.mailbox_corrected", person, person.partnership, now, by=step.by, step=step.pk)


def code_is_next(person: User) -> SafeString:
    """Return what the administrator who gave a first role does next."""
    page = reverse("admin:entrance_invitation_add", query={"person": person.pk})
    sentence = _("%(name)s has been told how to log in, and needs a code from you the first time.") % {
        "name": person.name
    }
    return format_html('{} <a href="{}">{}</a>', sentence, page, _("Make the code"))


def tell_of_removal_by_staff(person: User, now: dt.datetime) -> None:
    """Tell the person themselves that an administrator has removed all their second factors."""
    if person.email and person.partnership:
        _post("entrance.own_factor_removed", person, person, person.partnership, now)


def _tell_administrators(
    kind: str, person: User, here: Partnership, now: dt.datetime, *, by: User | None = None, **about: Any
) -> None:
    """Tell all except the person and whoever did it."""
    known = [one.pk for one in (person, by) if one]
    for reader in User.objects.holding(Role.Kind.ADMINISTRATOR, partnership=here).exclude(pk__in=known):
        _post(kind, person, reader, here, now, **({"by": by.pk} if by else {}), **about)


def _post(kind: str, person: User, to: User | str, here: Partnership, now: dt.datetime, **about: Any) -> None:
    key = f"{kind}.{secrets.token_urlsafe(12)}"
    # A person reads in their own language; a mailbox is the person's.
    language = person.language if isinstance(to, str) else ""
    post(kind=kind, partnership=here, to=to, about={"person": person.pk, **about}, key=key, now=now, language=language)

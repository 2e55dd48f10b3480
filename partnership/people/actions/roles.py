"""Giving and taking roles."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from partnership.people import changes
from partnership.people.actions.locking import locked
from partnership.people.models import Role, User
from partnership.people.rules import needs_second_factor
from partnership.places.models import Partnership
from partnership.refusals import Refused


@transaction.atomic
def change_roles(
    *, person: User, given: Iterable[Role], taken: Iterable[Role] = (), by: User | None = None, now: dt.datetime
) -> bool:
    """Store the roles that the person is given, or that are now others, and delete those taken. Rooms above hear of it
    if a role needs a second factor, and the person themselves of any. Return whether it is the first such one. `by` is
    None where nobody did it.

    Raise Refused: last_administrator, or no_mailbox where somebody with such a role has none to log in with.
    """
    alone = administered_alone(person)
    held = locked(person)
    was_staff, before, all_before = needs_second_factor(held), _held(held), _all_held(held)
    for role in given:
        role.save()
    for role in taken:
        role.delete()
    after = _held(held)
    if any((here.pk, Role.Kind.ADMINISTRATOR) not in after for here in alone):
        raise last_administrator()
    is_staff = needs_second_factor(held)
    if by and after - before and not held.email:
        raise no_mailbox()
    begun, ended = is_staff and not was_staff, was_staff and not is_staff
    if by and before != after:
        for tell in changes.of_roles:
            tell(held, by, now)
    if by and by.pk != held.pk:
        _tell_holder(held, all_before, now, begun=begun)
    for follow in changes.to_staff if begun else changes.from_staff if ended else ():
        follow(held, now)
    return begun


def _held(person: User) -> set[tuple[int, str]]:
    """Return where the person holds which roles that need a second factor."""
    return set(person.roles.filter(kind__in=Role.NEEDS_SECOND_FACTOR).values_list("partnership_id", "kind"))


def _all_held(person: User) -> set[tuple[int, str, int | None]]:
    """Return where the person holds which roles of any kind, with the local area."""
    return set(person.roles.values_list("partnership_id", "kind", "area_id"))


def _tell_holder(person: User, before: set[tuple[int, str, int | None]], now: dt.datetime, *, begun: bool) -> None:
    """Let the person hear of their roles in each partnership where they are others; a first one is told by itself."""
    after = _all_held(person)
    for here in Partnership.objects.filter(pk__in={where for where, *_rest in before ^ after}):
        kinds_before, kinds_after = ({kind for where, kind, _a in held if where == here.pk} for held in (before, after))
        if not begun or not kinds_after & set(Role.NEEDS_SECOND_FACTOR):
            for tell in changes.of_own_roles:
                tell(person, here, sorted(kinds_before - kinds_after), now)


def administered_alone(person: User) -> list[Partnership]:
    """Lock and return the partnerships that have no other administrator than the person: of two who go at once, one
    stays. Called before the person is locked, since who goes tells the others, whose rows must be free.
    """
    if not User.objects.filter(pk=person.pk, is_active=True).exists():
        return []
    held = person.roles.filter(kind=Role.Kind.ADMINISTRATOR).values("partnership")
    administered = Partnership.objects.select_for_update(no_key=True).filter(pk__in=held).order_by("pk")
    others = User.objects.exclude(pk=person.pk)
    return [here for here in administered if not others.holding(Role.Kind.ADMINISTRATOR, partnership=here).exists()]


def no_mailbox() -> Refused:
    """Return the refusal for a role that nobody can use without an email address."""
    sentence = _("Whoever has this role logs in with a code by email. Enter their email address first.")
    return Refused("no_mailbox", sentence)


def last_administrator() -> Refused:
    """Return the refusal for who would leave a partnership without an administrator."""
    sentence = _("There is no other administrator here. Make somebody else an administrator first.")
    return Refused("last_administrator", sentence)

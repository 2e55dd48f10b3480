"""Leaving as a helper, and deleting people who never used their link or typed another mailbox instead."""

import datetime as dt

from django.db import transaction
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from neighbours import rules
from neighbours.actions.homes import delete_empty_homes
from neighbours.actions.steps import medium_of, move
from neighbours.consent_words import PURPOSE, SHOWN_TO_NABOVEN
from neighbours.models import Helper, HelperStep, Medium, State
from partnership.database_roles import as_erasing_role
from partnership.outbox.post import Message, post, use_new_channel, withdraw
from partnership.people import changes
from partnership.people.actions.consents import withdraw_consent
from partnership.people.actions.erasing import erase, who_may_erase
from partnership.people.models import User
from partnership.places.models import Partnership
from partnership.refusals import Refused


@transaction.atomic
def leave(*, helper: Helper, by: User, medium: str = "", now: dt.datetime, why: str = "") -> None:
    """End a helper's membership: withdraw the consent, delete the address, and withdraw waiting messages. Refused
    (not_allowed) for anyone except the helper and the partnership's staff, who say how they were told; leaving twice
    changes nothing.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=helper.person_id)
    helper = Helper.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=helper.pk)
    if not rules.may_act_for(by, person, helper.partnership):
        raise Refused("not_allowed", _("Only the helper and the coordinators can do this."))
    if helper.state == State.LEFT:
        return
    medium = medium_of(helper, by, medium)
    move(helper, State.LEFT, by=by, medium=medium, now=now, why=why)
    home = helper.household_id
    helper.household = None
    helper.save(update_fields=["household"])
    delete_empty_homes([home] if home else [])
    changes.reached_elsewhere(person, now)
    if person.channel == User.Channel.LETTER:
        # There is no address for letters any more: what else we write goes by email, if we know one.
        person.channel = ""
        person.save(update_fields=["channel"])
        use_new_channel(person=person, now=now)
    for purpose in (PURPOSE, SHOWN_TO_NABOVEN):
        withdraw_consent(person=person, purpose=purpose, medium=medium, now=now)
    withdraw(f"neighbours.helper.{helper.pk}.", now=now, reason="the helper has left")
    if person.email and helper.confirmed_at:
        post(
            kind="neighbours.left",
            partnership=helper.partnership,
            to=person,
            about={"helper": helper.pk},
            key=f"neighbours.left.{helper.pk}.{int(now.timestamp())}",
            now=now,
        )


@transaction.atomic
def erase_for(*, helper: Helper, by: User, medium: str, now: dt.datetime) -> None:
    """Delete everything about a helper without a mailbox who has told staff to. Refused: not_allowed, or as `erase`."""
    if not rules.may_erase_for(by, helper):
        raise Refused("not_allowed", who_may_erase(helper.person))
    erase(person=helper.person, by=by, medium=str(Medium(medium).label), now=now)


def delete_replaced(*, partnership: Partnership, now: dt.datetime) -> int:
    """Delete at once people who typed another mailbox instead: whoever is erased after that leaves nothing behind."""
    replaced = Helper.objects.waiting().filter(partnership=partnership, replaced_at__isnull=False)
    return sum(_forget(pk, now) for pk in list(replaced.values_list("pk", flat=True)))


def delete_unconfirmed(*, now: dt.datetime) -> int:
    """Delete people who have not used their link for 30 days, or typed another mailbox, and the address of who had left
    and asked to come back; return how many.
    """
    return sum(_forget(pk, now) for pk in list(Helper.objects.to_be_deleted(now).values_list("pk", flat=True)))


@as_erasing_role()
def _forget(pk: int, now: dt.datetime) -> bool:
    helper = (
        Helper.objects.to_be_deleted(now)
        .select_for_update(of=("self",), skip_locked=True)
        .filter(pk=pk)
        .select_related("person")
        .first()
    )
    if helper is None:
        return False
    person, home = helper.person, helper.household_id
    if helper.state == State.LEFT:
        helper.household = helper.asked_wording = helper.asked_to_be_shown = helper.replaced_at = None
        helper.asks_protection = False
        emptied = ["household", "asked_wording", "asked_to_be_shown", "replaced_at", "asks_protection"]
        helper.save(update_fields=emptied)
    elif helper.made_person and person.last_login is None and not person.roles.exists() and _has_nothing_else(person):
        person.delete()
    else:
        helper.delete()
    delete_empty_homes([home] if home else [])
    return True


def _has_nothing_else(person: User) -> bool:
    """Return whether only the joining form refers to the person: no other room's rows would be deleted with them."""
    collector = Collector(using="default")
    try:
        collector.collect([person])
    except (ProtectedError, RestrictedError):
        return False
    own = {User, Helper, HelperStep, Message}
    others = set(collector.data) | {rows.model for rows in collector.fast_deletes if rows.exists()}
    return others <= own

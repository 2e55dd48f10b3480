"""Leaving as a helper, and deleting people who never used their link or typed another mailbox instead."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from neighbours import rules
from neighbours.actions import cards
from neighbours.actions.homes import delete_empty_homes
from neighbours.actions.steps import medium_of, move
from neighbours.consent_words import PURPOSE, SHOWN_TO_NABOVEN
from neighbours.models import Helper, State
from partnership.database_roles import as_erasing_role
from partnership.outbox.post import post, use_new_channel, withdraw
from partnership.people import changes
from partnership.people.actions.consents import withdraw_consent
from partnership.people.actions.locking import locked, still_there
from partnership.people.actions.moves import Reach, reach_of
from partnership.people.actions.references import only_typed
from partnership.people.models import User
from partnership.places.models import Address, Partnership
from partnership.refusals import Refused

# As rows of messages store it: the constant may be renamed, and its text not.
HELPER_HAS_LEFT = "the helper has left"


@transaction.atomic
def leave(*, helper: Helper, by: User, medium: str = "", now: dt.datetime, why: str = "") -> bool:
    """End a helper's membership: withdraw the consent, delete the address, and withdraw waiting messages. Return
    whether a letter goes to the home that they had: where staff end it, and no mailbox that they have used hears of it.
    Refused (not_allowed) for anyone except the helper and the partnership's staff, who say how they were told; leaving
    twice changes nothing.
    """
    person = locked(helper.person_id)
    helper = still_there(Helper.objects.select_for_update(of=("self",)).select_related("partnership"), helper.pk)
    if not rules.may_act_for(by, person, helper.partnership):
        raise Refused("not_allowed", _("Only the helper and the coordinators can do this."))
    if helper.state == State.LEFT:
        return False
    reached = reach_of(person, now)
    medium = medium_of(helper, by, medium)
    move(helper, State.LEFT, by=by, medium=medium, now=now, why=why)
    home = helper.household_id
    helper.household = None
    helper.save(update_fields=["household"])
    told_at = home_to_tell(helper, reached, by)
    if told_at:
        _post_of(helper, "neighbours.left_home", now, letter_to=told_at.pk)
    # After the letter there, which needs the address.
    delete_empty_homes([home] if home else [])
    changes.reached_elsewhere(person, now)
    if person.channel == User.Channel.LETTER:
        # There is no address for letters any more: what else we write goes by email, if we know one.
        person.channel = ""
        person.save(update_fields=["channel"])
        use_new_channel(person=person, now=now)
    for purpose in (PURPOSE, SHOWN_TO_NABOVEN):
        withdraw_consent(person=person, purpose=purpose, medium=medium, now=now)
    cards.end_cards(helper, now)
    withdraw(f"neighbours.helper.{helper.pk}.", now=now, reason=HELPER_HAS_LEFT)
    if person.has_open_mailbox and helper.confirmed_at:
        _post_of(helper, "neighbours.left", now)
    return told_at is not None


def home_to_tell(helper: Helper, reached: Reach, by: User) -> Address | None:
    """Return the home at which somebody hears by letter that `by` ends their membership, since anybody can call. None
    where they end it themselves or hear of it by email, where staff have just mistyped the home, or of who never was a
    helper.
    """
    is_told = by.pk != helper.person_id and helper.confirmed_at is not None
    return reached.home if is_told and not (reached.has_mailbox or reached.is_untold) else None


def _post_of(helper: Helper, kind: str, now: dt.datetime, **about: int) -> None:
    post(
        kind=kind,
        partnership=helper.partnership,
        to=helper.person,
        about={"helper": helper.pk, **about},
        key=f"{kind}.{helper.pk}.{int(now.timestamp())}",
        now=now,
    )


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
    elif helper.made_person and only_typed(User.objects.filter(pk=person.pk), ignoring=[Helper]).exists():
        person.delete()
    else:
        helper.delete()
    delete_empty_homes([home] if home else [])
    return True

"""Taking a list of helpers back within a day: who came by it and has done nothing since is deleted without a trace."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from neighbours import rules
from neighbours.actions.homes import delete_empty_homes
from neighbours.actions.lists import lock_lists_of
from neighbours.models import BroughtHelper, Helper, HelperList, HelperStep, ReplyCard, State
from neighbours.models.cards import PURPOSE as OF_CARDS
from partnership import cases
from partnership.database_roles import as_erasing_role
from partnership.outbox.post import Message, NewMessage, delete_messages_to, post_all
from partnership.paper import printed_codes
from partnership.people.actions.locking import still_there
from partnership.people.actions.references import unreferenced
from partnership.people.models import Consent, User
from partnership.refusals import Refused

# What a list makes of a person, besides messages.
MADE_BY_LIST = (Helper, Consent, EmailAddress)
MADE_WITH_HELPER = (HelperStep, BroughtHelper, ReplyCard)
WELCOMES = ("neighbours.from_list", "neighbours.from_list_by_email")


@dataclass(frozen=True)
class Undoing:
    """How many taking a list back deletes, and how many stay since they have done something, or somebody for them."""

    removed: int
    stay: int


def would_undo(helper_list: HelperList) -> Undoing:
    """Return what taking the list back would do now."""
    going = untouched(helper_list).count()
    return Undoing(removed=going, stay=helper_list.brought.count() - going)


@as_erasing_role()
def take_back(*, helper_list: HelperList, by: User, now: dt.datetime) -> Undoing:
    """Delete everybody who came by the list and has done nothing since, with what waits to be sent to them; who has had
    an email is told in a last one. Taken back twice is taken back once. Refused: not_allowed, too_late,
    not_allowed_now.
    """
    here = helper_list.partnership
    if not rules.may_type_slips(by, here):
        raise Refused("not_allowed", _("Only coordinators can take lists back."))
    lock_lists_of(here)
    stored = still_there(HelperList.objects.select_for_update(), helper_list.pk)
    if stored.removed is not None:
        return Undoing(stored.removed, stored.brought.count())
    if stored.is_added and not stored.may_be_undone(now):
        raise Refused(
            "too_late", _("The day has passed. Delete those who are not to be here one by one, on their pages.")
        )
    if not stored.may_become(HelperList.State.TAKEN_BACK):
        raise stored.TRANSITIONS.refused(stored.state)
    people = _locked(stored)
    _delete(people, helper_list, now)
    removed = len(people)
    cases.move(stored, HelperList.State.TAKEN_BACK, by=by, now=now, removed=removed, lines=[])
    return Undoing(removed, stored.brought.count())


def untouched(helper_list: HelperList) -> QuerySet[User]:
    """Return who came by a list and is as it has made them: no log-in, no tick, no correction, no answer, nothing that
    we have written to them since, and nobody has noted anything about them or come by their invitation.
    """
    twice = HelperStep.objects.values("helper").annotate(number=Count("pk")).filter(number__gt=1)
    helpers = Helper.objects.filter(brought_by__helper_list=helper_list, state=State.CONFIRMED)
    helpers = helpers.exclude(pk__in=twice.filter(helper__brought_by__helper_list=helper_list).values("helper"))
    # One that came back, or that staff have made since, is more than the card that went with the letter.
    cards = ReplyCard.objects.filter(helper=OuterRef("pk"))
    helpers = helpers.exclude(Exists(cards.filter(Q(noted_at__isnull=False) | Q(made_by__isnull=False))))
    helpers = unreferenced(helpers, ignoring=MADE_WITH_HELPER)
    answered = Consent.objects.filter(person=OuterRef("pk"), is_given=False)
    verified = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    logged = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=Cast(OuterRef("pk"), TextField())
    )
    people = User.objects.filter(helper__in=helpers, last_login=None, verified_phone="", is_active=True)
    # Such as a letter with a code, which they have asked for.
    written_to = Message.objects.filter(recipient=OuterRef("pk")).exclude(kind__in=WELCOMES)
    for deeds in (answered, verified, logged, written_to):
        people = people.exclude(Exists(deeds))
    return unreferenced(people, ignoring=[*MADE_BY_LIST, Message])


def _locked(helper_list: HelperList) -> list[User]:
    """Return the untouched, locked: whoever logs in at this moment has done so before it is asked again, or after."""
    likely = list(untouched(helper_list).values_list("pk", flat=True))
    list(User.objects.select_for_update().filter(pk__in=likely).order_by("pk").only("pk"))
    return list(untouched(helper_list).filter(pk__in=likely).order_by("pk"))


def _delete(people: Collection[User], helper_list: HelperList, now: dt.datetime) -> None:
    numbers = [person.pk for person in people]
    helpers = list(Helper.objects.filter(person__in=numbers).values_list("pk", "household"))
    told = delete_messages_to(numbers)
    User.objects.filter(pk__in=numbers).delete()
    printed_codes.forget_all(purpose=OF_CARDS, about=[helper for helper, _home in helpers])
    delete_empty_homes({home for _helper, home in helpers if home})
    post_all(
        [
            NewMessage(
                kind="neighbours.list_taken_back",
                partnership=helper_list.partnership,
                to=person.email,
                about={},
                key=f"neighbours.list.{helper_list.pk}.taken_back.{person.pk}",
                language=person.language,
            )
            for person in people
            if person.email and person.pk in told
        ],
        now,
    )

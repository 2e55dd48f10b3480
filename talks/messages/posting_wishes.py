"""Which messages a wish and an association cause."""

import datetime as dt

from partnership.outbox.post import post, withdraw
from partnership.people.mailboxes import is_written_down
from partnership.people.models import Organisation, Role, User
from talks.messages import withdrawing
from talks.messages.posting import escalates_at, escalation_contacts, warned_before_late
from talks.models import DeputyInvitation, TalkWish


def tell_about_wish(
    wish: TalkWish,
    kind: str,
    person: User | None,
    now: dt.datetime,
    *,
    due_at: dt.datetime | None = None,
    expires_at: dt.datetime | None = None,
) -> None:
    """Post one message about wished days to a person, each kind once; none if they have been erased."""
    if person is None:
        return  # somebody who has been erased gets no messages
    post(
        kind=f"talks.{kind}",
        partnership=wish.partnership,
        to=person,
        about={"wish": wish.pk},
        key=f"talks.wish.{wish.pk}.{kind}.{person.pk}",
        now=now,
        due_at=due_at,
        expires_at=expires_at,
    )


def tell_requested_wish(wish: TalkWish, now: dt.datetime, *, by: User | None = None) -> None:
    """The chair gets our deadline, the coordinators the task, and `warned_before_late` a warning if it waits."""
    tell_about_wish(wish, _received(wish), wish.association.chair, now)
    for coordinator in User.objects.holding(Role.Kind.COORDINATOR, partnership=wish.partnership):
        if coordinator != by:
            tell_about_wish(wish, "wish_to_answer", coordinator, now)
    for person in warned_before_late(wish.partnership):
        tell_about_wish(wish, "wish_promise_due", person, now, due_at=escalates_at(wish))


def _received(wish: TalkWish) -> str:
    return "typed_mailbox_of_wish" if is_written_down(wish.association.chair) else "wish_received"


def tell_wish_again(wish: TalkWish, now: dt.datetime, *, since: str) -> bool:
    """Send the chair once more what they have heard of wished days that wait; return False as `posting.tell_again`."""
    chair = wish.association.chair
    if chair is None or not wish.is_waiting:
        return False
    kind = _received(wish)
    about, key = {"wish": wish.pk}, f"talks.wish.{wish.pk}.{kind}.{chair.pk}.again.{since}"
    return post(kind=f"talks.{kind}", partnership=wish.partnership, to=chair, about=about, key=key, now=now)


def tell_withdrawn(wish: TalkWish, now: dt.datetime, *, by: User | None = None) -> None:
    """Tell the chair, and the coordinators but the one who wrote it down (`by`), that the wish is withdrawn."""
    tell_about_wish(wish, "wish_withdrawn", wish.association.chair, now)
    for coordinator in User.objects.holding(Role.Kind.COORDINATOR, partnership=wish.partnership):
        if coordinator != by:
            tell_about_wish(wish, "wish_no_longer", coordinator, now)


def tell_missed_deadline(wish: TalkWish, now: dt.datetime) -> None:
    """Send the chair our apology, and tell who must know that we have not answered in time."""
    tell_about_wish(wish, "wish_late", wish.association.chair, now)
    for person in escalation_contacts(wish.partnership):
        tell_about_wish(wish, "wish_promise_broken", person, now)


def tell_about_association(
    association: Organisation, kind: str, person: User | None, now: dt.datetime, *, version: str, **about: bool
) -> bool:
    """Post a message about an association; return whether its key is new. Nothing is posted to None: the person is
    erased.
    """
    if person is None:
        return False
    return post(
        kind=f"talks.{kind}",
        partnership=association.partnership,
        to=person,
        about={"association": association.pk, **about},
        key=f"talks.association.{association.pk}.{kind}.{person.pk}.{version}",
        now=now,
    )


def tell_about_deputy(
    association: Organisation, kind: str, person: User | None, now: dt.datetime, **about: bool
) -> None:
    """Tell each time: somebody may become the deputy, and cease to be it, more than once."""
    tell_about_association(association, kind, person, now, version=str(now.timestamp()), **about)


def tell_coordinators_of_contacts(association: Organisation, now: dt.datetime, **about: bool) -> None:
    """`is_erased` among what the message is `about` says that the chair before has been erased."""
    for coordinator in User.objects.holding(Role.Kind.COORDINATOR, partnership=association.partnership):
        tell_about_deputy(association, "contacts_changed", coordinator, now, for_staff=True, **about)


def ask_for_the_year(association: Organisation, year: int, now: dt.datetime) -> bool:
    """Ask the chair whether the association is still right; return False if they were asked this year."""
    return tell_about_association(association, "confirm_association", association.chair, now, version=str(year))


def forget_invitation(pk: int, now: dt.datetime) -> None:
    """Withdraw what is not sent of an invitation to be deputy, and with it the mailbox that was typed."""
    withdraw(f"talks.deputy.{pk}.", now=now, reason=withdrawing.INVITATION_ENDED)


def ask_deputy(asked: DeputyInvitation, now: dt.datetime) -> None:
    """Post the invitation to the mailbox that was typed, whether or not we know its owner: the chair must not see a
    difference.
    """
    post(
        kind="talks.ask_deputy",
        partnership=asked.partnership,
        to=asked.email,
        about={"invitation": asked.pk, "version": asked.version},
        key=f"talks.deputy.{asked.pk}.{asked.version}.{int(now.timestamp())}",
        now=now,
        expires_at=now + DeputyInvitation.LASTS,
        language=asked.asked_by.language,
    )

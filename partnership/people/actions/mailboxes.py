"""Changing a person's mailbox, and verifying it."""

import datetime as dt
from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from psycopg.errors import UniqueViolation

from partnership.people import changes
from partnership.people.actions import moves
from partnership.people.actions.duplicates import give_free_mailboxes
from partnership.people.actions.locking import still_there
from partnership.people.actions.own_settings import set_name
from partnership.people.actions.references import typed_in_forms
from partnership.people.actions.roles import no_mailbox
from partnership.people.mailboxes import has_verified_mailbox, hash_of_mailbox, is_verified, own_mailbox
from partnership.people.models import User
from partnership.people.rules import needs_second_factor
from partnership.refusals import Refused
from written.mailboxes import canonical

# The reason of a refusal.
ELSEWHERE = "email_elsewhere"


@transaction.atomic
def change_mailbox(
    *,
    person: User,
    to: str | None,
    now: dt.datetime,
    verified: bool = False,
    opens_at: dt.datetime | None = None,
    mailbox_before: str = "",
) -> None:
    """Give the person this mailbox, which the caller has checked to be nobody else's. Rooms above hear of it, and
    whoever waits for the old mailbox gets it. `verified` if they have typed a code that was sent there; `opens_at` if
    it opens nothing before; `mailbox_before` is the hash of the one that would count at once (`mailbox_to_put_back`).
    """
    locked = still_there(User.objects.select_for_update(), person.pk)
    was_verified = has_verified_mailbox(locked)
    before, locked.email, locked.is_duplicate = locked.email, to, False
    locked.mailbox_opens_at, locked.mailbox_before = opens_at, mailbox_before
    locked.save(update_fields=["email", "is_duplicate", "mailbox_opens_at", "mailbox_before"])
    person.email, person.is_duplicate = locked.email, False
    person.mailbox_opens_at, person.mailbox_before = opens_at, mailbox_before
    # What was verified of another mailbox says nothing about this one.
    EmailAddress.objects.filter(user=locked).exclude(email=locked.email or "").delete()
    if to:
        # Until its owner has typed a code.
        noted = {"primary": True, "verified": verified}
        EmailAddress.objects.get_or_create(user=locked, email=to, defaults=noted)
    give_free_mailboxes()
    changes.reached_elsewhere(locked, now)
    for tell in changes.of_mailbox:
        tell(locked, before, was_verified, now)


def give_typed_mailbox(person: User, email: str, now: dt.datetime) -> None:
    """Give the person the mailbox that staff have typed; none if it is empty. Both addresses hear of it. Nobody is
    logged in by the new one before its owner has typed a code sent there, nor at all for two weeks of who was known
    before (`moves.mailbox_opens_at`). The verified one from before counts at once when it is put back in these weeks,
    also where it was deleted: otherwise a typing error, or a stranger's call, would keep its owner out. So does the one
    that somebody has replaced on their own page, who may have been a stranger. Nor does a form keep it away that
    anybody can send with it meanwhile. The person is as stored: a form may hold something else. Refused: mailbox_taken
    by another person, email_elsewhere, or no_mailbox for somebody whose role needs one.
    """
    wanted = canonical(email) or None
    if wanted is None and needs_second_factor(person):
        raise no_mailbox()
    before = mailbox_before(person, now)
    is_back = bool(wanted) and before == hash_of_mailbox(wanted or "")
    held = _held_by_another(wanted, person) if wanted else None
    if held and not (is_back and typed_in_forms(User.objects.filter(email=wanted)).exists()):
        raise held
    try:
        with transaction.atomic():
            if is_back:
                _take_from_form(wanted or "", person, now)
            waits_until = None if is_back else moves.mailbox_opens_at(person, now)
            opens_at, kept = (waits_until if wanted else None), (before if waits_until else "")
            change_mailbox(person=person, to=wanted, now=now, verified=is_back, opens_at=opens_at, mailbox_before=kept)
    except IntegrityError as refused:
        if not isinstance(refused.__cause__, UniqueViolation):
            raise
        # Taken since a moment ago, here or elsewhere.
        raise _held_by_another(wanted or "", person) or _mailbox_taken() from refused


def mailbox_before(person: User, now: dt.datetime) -> str:
    """Return the hash of the verified mailbox that is to count at once when another takes its place now; "" if there is
    none. One that was replaced in these weeks comes before the one that is verified since.
    """
    had = own_mailbox(person)
    return mailbox_to_put_back(person, now) or (hash_of_mailbox(had) if had else "")


def mailbox_to_put_back(person: User, now: dt.datetime) -> str:
    """Return the hash of the verified mailbox that counts at once if it is put back now; "" if there is none, or what
    was written in its place has waited for long enough: its owner has had the time to call.
    """
    return person.mailbox_before if moves.no_code_before(person, "email", now) else ""


def forget_mailboxes_before(now: dt.datetime) -> int:
    """Delete what is known of mailboxes that can no longer be put back, and return of how many people. At night."""
    kept = User.objects.exclude(mailbox_before="").iterator()
    late = [person.pk for person in kept if not mailbox_to_put_back(person, now)]
    return User.objects.filter(pk__in=late).exclude(mailbox_before="").update(mailbox_before="")


def elsewhere() -> Refused:
    """Return the refusal of a mailbox that another partnership knows: not whose it is, nor where. Pages record that
    staff have read it (`lookups.record_met_elsewhere`).
    """
    return Refused(ELSEWHERE, _("This email address cannot be used here. Leave it out."))


def _take_from_form(mailbox: str, person: User, now: dt.datetime) -> None:
    """Take a mailbox from whom a form has made with it, if nobody has used a link that was sent there: its owner gets
    it back. What was asked for in the form runs out as if the owner had left the link alone.
    """
    both = User.objects.filter(Q(email=mailbox) | Q(pk=person.pk))
    # In one order, as everybody who locks two people.
    list(both.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    for typed in typed_in_forms(User.objects.filter(email=mailbox).exclude(pk=person.pk)):
        User.objects.filter(pk=typed.pk).update(email=None)
        typed.email = None
        changes.reached_elsewhere(typed, now)


def _held_by_another(mailbox: str, person: User) -> Refused | None:
    holder = User.objects.filter(email=mailbox).exclude(pk=person.pk).first()
    if holder is None:
        return None
    return _mailbox_taken() if holder.partnership_id == person.partnership_id else elsewhere()


def _mailbox_taken() -> Refused:
    return Refused("mailbox_taken", _("Another person has this email address. Nothing was saved."))


def keep_typed_mailbox(person: User) -> None:
    """Staff have typed the person's mailbox: until its owner has used a code or a link that was sent there, it counts
    for nothing, and gets nothing except what asks for that. Not if it was verified before.
    """
    if person.email:
        EmailAddress.objects.get_or_create(
            user=person, email=person.email, defaults={"primary": True, "verified": is_verified(person)}
        )


def keep_typed_mailboxes(people: Iterable[User | None]) -> None:
    """Staff have heard of these people from their association: what strangers typed in a form is not verified by it."""
    for person in filter(None, people):
        keep_typed_mailbox(person)


def verify_mailbox(person: User, now: dt.datetime, name: str = "") -> None:
    """The person has used a link that was sent to their mailbox, which verifies it, but not while it is held back. With
    the first such link counts the `name` on the form that it confirms: a stranger may have typed another in a form of
    their own. Letters with codes wait then, as after any change of a name.
    """
    if person.is_held_back(now):
        return
    if name and name != person.name and not is_verified(person):
        set_name(person=person, name=name)
        person.name = name
        moves.wait_with_letters(person, now)
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    open_mailbox(person, now)


def open_mailbox(person: User, now: dt.datetime) -> None:
    """The owner of a mailbox that was held back has verified it: the person is written to there from now on."""
    if User.objects.filter(pk=person.pk, mailbox_opens_at__lte=now).update(mailbox_opens_at=None, mailbox_before=""):
        person.mailbox_opens_at = None
        changes.reached_elsewhere(person, now)


def give_number(person: User, phone: str) -> None:
    """Store a telephone number, but in place of none that gets, or waits for, our texts."""
    if User.objects.filter(pk=person.pk).exclude(channel=User.Channel.SMS).update(phone=phone):
        person.phone = phone

"""Who is told when a way in changes: the old mailbox, and the administrators."""

import datetime as dt
import secrets
from collections.abc import Collection, Sequence
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from entrance.messages.reach import FIRST_ADDRESS, MAILBOX_BACK
from partnership import clock
from partnership.outbox.post import Message, post
from partnership.people.actions.moves import NO_CODE_FOR, Reach
from partnership.people.mailboxes import has_verified_mailbox, hash_of_mailbox, is_verified
from partnership.people.models import PersonStep, Role, User
from partnership.people.own.held_back import about_mailbox, opens_on
from partnership.people.own.homes import home_of
from partnership.people.rules import needs_second_factor
from partnership.places.models import Address, Partnership


def factor_added(*, request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any) -> None:
    """The codes on paper come with the first app or passkey, which is told by itself."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        tell_of_factor(user, "added", now=clock.now())


def factor_removed(*, request: HttpRequest, user: User, **_more: Any) -> None:
    """Tell of a removed app or passkey as `tell_of_factor`. Called by allauth's signal `authenticator_removed`."""
    tell_of_factor(user, "removed", now=clock.now())


def tell_of_factor(person: User, what: str, *, now: dt.datetime) -> None:
    """Tell the other administrators that a second factor was added, removed or made anew. allauth tells the person."""
    if needs_second_factor(person) and person.partnership:
        with transaction.atomic():
            _tell_administrators(f"entrance.factor_{what}", person, person.partnership, now)


def tell_of_new_mailbox(person: User, old: str | None, was_verified: bool, now: dt.datetime) -> None:
    """Tell the mailbox before that it counts no longer, the new one from when it counts, and the administrators if the
    person has a role. Who has typed a code from the new one knows it; of one that is put back see `tell_of_reach`.
    """
    if not person.partnership or old == person.email:
        return
    if old:
        key = f"{to_old_mailbox(person)}{secrets.token_urlsafe(12)}"
        _post("entrance.address_changed", person, old, person.partnership, now, key=key, was_verified=was_verified)
    if person.email and not is_verified(person):
        _post("entrance.new_address", person, person, person.partnership, now)
        if person.mailbox_opens_at:
            _post("entrance.new_address", person, person, person.partnership, now, due_at=person.mailbox_opens_at)
    if needs_second_factor(person):
        _tell_administrators("entrance.address_of_staff_changed", person, person.partnership, now)


def to_old_mailbox(person: User) -> str:
    """Return how the keys of the messages begin that went to mailboxes that the person had before."""
    return f"entrance.address_changed.{person.pk}."


def tell_new_staff(person: User, now: dt.datetime) -> None:
    """Tell somebody with a first role how to log in."""
    if person.email and person.partnership:
        _post("entrance.first_role", person, person, person.partnership, now)


def tell_of_roles(person: User, by: User, now: dt.datetime) -> None:
    """Tell the other administrators that somebody's roles have changed."""
    if person.partnership:
        _tell_administrators("entrance.roles_changed", person, person.partnership, now, by=by)


def tell_of_own_roles(person: User, here: Partnership, lost: Sequence[str], now: dt.datetime) -> None:
    """Tell somebody that their roles here are others now, by their own channel."""
    _post("entrance.own_roles", person, person, here, now, lost=list(lost))


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
    """Tell somebody without a verified mailbox that staff have written another home of theirs: by letter at both homes.
    Of a first one nobody is told: there is no other to tell. A verified mailbox hears of it with all that is new
    (`tell_of_reach`).
    """
    if not person.partnership or before is None or (person.has_open_mailbox and is_verified(person)):
        return
    if not person.email:
        _post("entrance.home_changed", person, person, person.partnership, now)
    _post("entrance.home_before", person, person, person.partnership, now, letter_to=before.pk)


def tell_of_reach(person: User, before: Reach, details: Collection[str], now: dt.datetime) -> None:
    """Tell somebody where they were reached before that staff have written how they are reached: in the mailbox that
    they have used, whatever channel was chosen since, else at home by letter. A mailbox hears by itself of the one that
    takes its place, and a home of the next with all else that is new (`messages.reach.home_before`). A mailbox that is
    put back opens their page at once, so it is told both there and at home.
    """
    here = person.partnership
    written = [name for name in ("email", "phone", "address", "channel") if name in details]
    is_back = "email" in written and bool(person.email) and is_verified(person)
    if is_back and here:
        written = [MAILBOX_BACK if name == "email" else name for name in written]
        _post("entrance.mailbox_put_back", person, person, here, now, back=hash_of_mailbox(person.email or ""))
    if here is None or before.is_untold or not written:
        return
    has_mailbox = before.has_mailbox and "email" not in details
    if has_mailbox:
        if before.home is None:
            written = [FIRST_ADDRESS if name == "address" else name for name in written]
        _post("entrance.reach_written", person, person, here, now, details=written)
        return
    if "address" in written and not is_back:
        return
    known = {"email": person.email, "phone": person.phone, "address": True, MAILBOX_BACK: True}
    written = [name for name in written if known.get(name)]
    if before.home and written:
        home = before.home.pk
        back = hash_of_mailbox(person.email or "") if is_back else ""
        _post("entrance.reach_written_home", person, person, here, now, details=written, back=back, letter_to=home)


def tell_of_change_by_code(person: User, before: Reach, details: Collection[str], now: dt.datetime) -> None:
    """Tell somebody that how they are reached was changed after a code on paper or by text message: at the home before,
    and in the mailbox that they have used. What is changed within the two weeks after a first such change is told at
    the home before that one too, since the home may be the change.
    """
    if not person.partnership:
        return
    what = sorted(details)
    if before.has_mailbox and "email" not in details:
        _post("entrance.reach_by_code", person, person, person.partnership, now, details=what)
    kind = "entrance.reach_by_code_home"
    earlier = Message.objects.filter(kind=kind, recipient=person, created_at__gt=now - NO_CODE_FOR)
    # By home: of several letters there on one day the last tells all.
    told: dict[int, set[str]] = {before.home.pk: set()} if before.home else {}
    for about in earlier.values_list("about", flat=True):
        if home := about.get("letter_to"):
            told.setdefault(home, set()).update(about["details"])
    for home, said in sorted(told.items()):
        _post(kind, person, person, person.partnership, now, letter_to=home, details=sorted({*what, *said}))


def tell_of_unproven(person: User, details: Collection[str], now: dt.datetime) -> None:
    """Tell somebody at home that a mailbox or a number is deleted that came with a code on paper or by text message."""
    if person.partnership and home_of(person):
        _post("entrance.unproven_deleted", person, person, person.partnership, now, details=sorted(details))


def tell_of_doubt(person: User, home: Address, now: dt.datetime) -> None:
    """Ask somebody at home by letter whether the telephone number that we have is theirs. Also of who was written down
    today: the number may be from whoever called first.
    """
    if person.partnership:
        _post("entrance.number_in_doubt", person, person, person.partnership, now, letter_to=home.pk)


def tell_of_correction(person: User, step: PersonStep, was_reached_at: str | None, now: dt.datetime) -> None:
    """Tell the administrators of another mailbox, of one that is put back, and of the first of who is protected, but
    for whoever wrote it: who can change a mailbox can log in as its owner.
    """
    is_told = was_reached_at or person.is_protected or has_verified_mailbox(person)
    if person.partnership and is_told and "email" in step.changed:
        about = {"step": step.pk, **about_mailbox(person)}
        _tell_administrators("entrance.mailbox_corrected", person, person.partnership, now, by=step.by, **about)


def code_is_next(person: User) -> SafeString:
    """Return what the administrator who gave a first role does next."""
    sentence = _("%(name)s has been told how to log in, and needs a code from you the first time.")
    about = {"name": person.name}
    if person.is_held_back(clock.now()):
        sentence = _("%(name)s cannot log in with that email address before %(day)s. Then they need a code from you.")
        about["day"] = opens_on(person)
    return _with_code(sentence % about, person)


def code_is_next_again(person: User) -> SafeString:
    """Return what is removed of staff whose email address an administrator has changed, and what is next."""
    sentence = _(
        "%(name)s is logged out everywhere, and their app, passkeys and recovery codes are removed. To log in with the "
        "new email address they need a code from you."
    )
    return _with_code(sentence % {"name": person.name}, person)


def code_is_next_without_factors(person: User) -> SafeString:
    """Return what is removed of somebody who has lost their second factor, and what is next."""
    about = {"name": person.name}
    if not needs_second_factor(person):
        removed = _(
            "All second factors of %(name)s are removed. They log in with a code by email, and can add new ones."
        )
        return conditional_escape(removed % about)
    sentence = _(
        "All second factors of %(name)s are removed, and they are logged out everywhere. To log in again they need a "
        "code from you."
    )
    return _with_code(sentence % about, person)


def _with_code(sentence: str, person: User) -> SafeString:
    page = reverse("admin:entrance_invitation_add", query={"person": person.pk})
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
    about |= {"by": by.pk} if by else {}
    for reader in User.objects.holding(Role.Kind.ADMINISTRATOR, partnership=here).exclude(pk__in=known):
        _post(kind, person, reader, here, now, **about)


def _post(
    kind: str,
    person: User,
    to: User | str,
    here: Partnership,
    now: dt.datetime,
    due_at: dt.datetime | None = None,
    key: str = "",
    **about: Any,
) -> None:
    # A person reads in their own language; a mailbox is the person's.
    language = person.language if isinstance(to, str) else ""
    post(
        kind=kind,
        partnership=here,
        to=to,
        about={"person": person.pk, **about},
        key=key or f"{kind}.{secrets.token_urlsafe(12)}",
        due_at=due_at,
        now=now,
        language=language,
    )

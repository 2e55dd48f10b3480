"""How a reader wants to be reached."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from partnership.fields.phone import e164, may_get_texts
from partnership.outbox.channels import sms
from partnership.outbox.channels.postal_timing import update_turns
from partnership.outbox.models import Message, Suppression
from partnership.outbox.reasons import NOT_VERIFIED
from partnership.outbox.suppression import digest_of, lift_stop, suppress
from partnership.people import changes
from partnership.people.actions.locking import locked
from partnership.people.actions.moves import reach_of
from partnership.people.actions.own_settings import set_language, tell_of_own_change
from partnership.people.mailboxes import has_verified_mailbox
from partnership.people.models import PersonStep, User
from partnership.people.own.homes import home_of
from partnership.refusals import Refused

Channel = User.Channel


def channels_for(person: User) -> list[str]:
    """Return the channels to offer: texts only if there is a gateway, letters if we know the home."""
    offered: list[str] = [Channel.MAIL] if person.email else []
    offered += [Channel.SMS] if sms.is_on() else []
    return [*offered, Channel.LETTER] if home_of(person) else offered


def has_gone_out(person: User) -> bool:
    """Return whether anything of ours has gone out to the person, as far as rows are kept."""
    return Message.objects.gone_out_to(person).exists()


@transaction.atomic
def stop_texts(*, number: str, now: dt.datetime) -> int:
    """Send no more texts to a number (+4512345678), and return how many people had it; calling it again changes
    nothing. They are reached by email from now on, or by letter if they have none, also with waiting messages. No code
    is texted to the number until it answers START.
    """
    suppress(number, reason="STOP", now=now)
    shown = User.objects.filter(~Q(verified_phone="") | Q(channel=Channel.SMS), partnership__isnull=False)
    rows = shown.values_list("pk", "phone", "partnership__country")
    # Numbers are stored as they were typed, so each is converted as for sending a text.
    theirs = [pk for pk, phone, country in rows if e164(phone, country) == number]
    User.objects.filter(pk__in=theirs).update(verified_phone="")
    for person in User.objects.filter(pk__in=theirs, channel=Channel.SMS):
        changes.reached_elsewhere(person, now)
    stopped = User.objects.filter(pk__in=theirs, channel=Channel.SMS).update(channel=Channel.MAIL)
    for person in User.objects.filter(Q(email=None) | Q(mailbox_opens_at__isnull=False), pk__in=theirs):
        update_turns(person=person, now=now)
    return stopped


@transaction.atomic
def resume_mail(*, person: User, now: dt.datetime) -> None:
    """Allow email to the person's mailbox again, which they have asked for themselves, also after a complaint; doing it
    twice changes nothing. Refused: not_verified, since a stranger must not end the stop of somebody else's mailbox.
    """
    person = locked(person)
    if not has_verified_mailbox(person):
        raise Refused("not_verified", _("Log in with a code that we send to the email address first."))
    lift_stop(digest_of(person.email or ""))


def allow_texts(*, number: str) -> None:
    """Allow codes to a number that answered STOP; other texts follow only after a code was typed. Can be repeated."""
    Suppression.objects.filter(digest=digest_of(number)).delete()


@transaction.atomic
def set_channel(*, person: User, channel: str, phone: str, language: str, now: dt.datetime) -> None:
    """Set a person's channel; unprinted letters use the new channel too.

    A number gets no texts before it is verified (`verifying.py`); until then the person is reached as if no channel
    were chosen. The same number in another spelling stays verified.

    Refused: no_number (texts need one), no_home (letters do), no_email.
    """
    if channel == Channel.LETTER and home_of(person) is None:
        raise Refused("no_home", _("We do not know your address. Call us, and we will write it down."))
    if channel == Channel.MAIL and not person.email:
        raise Refused("no_email", _("We do not know your email address. Call us, and we will write it down."))
    held = locked(person)
    was_reached_by = held.reached_by
    before = sms.dialled(held) if held.phone_is_verified else ""
    held.channel, held.phone = channel, phone
    number = sms.dialled(held)
    held.verified_phone = phone if before and number == before else ""
    # A code has reached a verified number, whatever its numbering plan says.
    if channel == Channel.SMS and not (held.verified_phone or may_get_texts(number)):
        raise Refused("no_number", _("Enter the mobile number for text messages from us."))
    held.save(update_fields=["channel", "phone", "verified_phone"])
    set_language(person=person, language=language)
    if held.reached_by != was_reached_by:
        changes.reached_elsewhere(held, now)
    use_new_channel(person=held, now=now)


@transaction.atomic
def choose_channel(
    *, person: User, channel: str, phone: str, language: str, is_by_code: bool = False, now: dt.datetime
) -> None:
    """Set the channel that a person has chosen on their own page. Rooms above hear what is new, and after a code on
    paper or by text message it is told at home. Refused as `set_channel`.
    """
    before = locked(person)
    by_code = reach_of(before, now) if is_by_code else None
    set_channel(person=person, channel=channel, phone=phone, language=language, now=now)
    is_new = {"phone": before.phone != phone, "way": (before.channel or before.reached_by) != channel}
    changed = [what for what, new in is_new.items() if new]
    tell_of_own_change(person=before, changed=changed, by_code=by_code, now=now)


def follow_own_change(person: User, changed: Sequence[str], now: dt.datetime) -> None:
    """Move waiting messages to the person's present channel if their number or mailbox is another one."""
    if {"phone", "email"} & set(changed):
        use_new_channel(person=locked(person), now=now)


def follow_correction(person: User, step: PersonStep, was_reached_at: str | None, now: dt.datetime) -> None:
    """Move waiting messages to the channel that counts since staff have corrected how a person is reached."""
    use_new_channel(person=locked(person), now=now)


def send_what_waited(person: User, now: dt.datetime) -> None:
    """Let messages go at once that have waited until the person showed that the mailbox is theirs."""
    waiting = Message.objects.filter(recipient=person, state=Message.State.RETRY, reason=NOT_VERIFIED)
    waiting.update(try_at=now, reason="")


def use_new_channel(*, person: User, now: dt.datetime) -> None:
    """Move waiting messages and unprinted letters to the person's present channel."""
    update_turns(person=person, now=now)
    if person.reached_by != Channel.LETTER:
        tray = Message.objects.filter(recipient=person, state=Message.State.PAPER, letter__isnull=True)
        tray.update(state=Message.State.QUEUED, try_at=now, reason="")

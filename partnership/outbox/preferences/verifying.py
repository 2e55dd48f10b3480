"""Verifying a mobile number: a code of six digits is texted to it and typed on the own page. Until then the number gets
only that code, since anyone can type anyone's number. Staff cannot verify a number either: one digit misheard on the
telephone is a stranger's number.
"""

import datetime as dt
import hmac

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from partnership.fields.codes import new_code
from partnership.outbox.channels import sms
from partnership.outbox.models import NumberCode, Suppression
from partnership.outbox.posting import post
from partnership.outbox.preferences.reaching import use_new_channel
from partnership.outbox.suppression import digest_of
from partnership.people import changes
from partnership.people.actions.locking import locked
from partnership.people.models import User
from partnership.refusals import Refused

LIVES = dt.timedelta(minutes=15)
TRIES = 5
DAY = dt.timedelta(days=1)
# How many codes one number can be sent by all together, and how many one person can ask for.
A_DAY_TO_A_NUMBER = 3
A_DAY_FOR_A_PERSON = 5
# A double click must not send a second code: the first one would stop working while it is being read.
ON_ITS_WAY = dt.timedelta(minutes=1)


def must_show(person: User) -> bool:
    """Return whether the person has chosen texts but not verified the number yet."""
    return (
        person.channel == User.Channel.SMS
        and sms.is_on()
        and bool(sms.dialled(person))
        and not person.phone_is_verified
    )


def newest_code(person: User, now: dt.datetime) -> NumberCode | None:
    """Return the code that is valid now for the person's number; None if there is none or it has expired."""
    mine = _codes_of(person).order_by("-pk").first()
    return mine if mine and mine.at > now - LIVES and mine.number == digest_of(sms.dialled(person)) else None


def is_awaited(row: int, person: User | None) -> bool:
    """Return whether to text the code with this id: the newest, to the present number, which has not answered STOP."""
    if person is None:
        return False
    newest, number = _codes_of(person).order_by("-pk").first(), digest_of(sms.dialled(person))
    return newest is not None and (newest.pk, newest.number) == (row, number) and not _has_said_stop(number)


@transaction.atomic
def send_code(*, person: User, now: dt.datetime) -> None:
    """Text a new code to the person's number, unless one is on its way; the previous one no longer works.

    A number that has answered STOP gets none, without an error. Refused: no_number, enough_today.
    """
    person = locked(person)
    here = person.partnership
    if here is None or not must_show(person):
        raise Refused("no_number", _("Enter the mobile number for text messages from us."))
    number = digest_of(sms.dialled(person))
    _one_at_a_time(number)
    latest = newest_code(person, now)
    if latest and latest.at > now - ON_ITS_WAY:
        return
    today = NumberCode.objects.filter(at__gt=now - DAY)
    to_number, to_person = today.filter(number=number).count(), today.filter(person=person).count()
    if to_number >= A_DAY_TO_A_NUMBER or to_person >= A_DAY_FOR_A_PERSON:
        sentence = _("We send only a few codes a day. Ask again tomorrow, or call %(name)s on %(phone)s.")
        raise Refused("enough_today", sentence % here.call_us)
    code = new_code()
    row = NumberCode.objects.create(person=person, number=number, code=digest_of(code), at=now)
    post(
        kind="account.number_code",
        partnership=here,
        to=person,
        about={"code": code, "row": row.pk},
        key=f"account.number_code.{row.pk}",
        now=now,
        expires_at=now + LIVES,
        kept=DAY,
    )


def verify(*, person: User, code: str, now: dt.datetime) -> None:
    """Check the code and mark the number as verified, so that texts go to it. Refused: no_code, too_many_tries,
    wrong_code. Not atomic as a whole: a wrong attempt stays counted.
    """
    row = newest_code(person, now)
    if row is None:
        raise Refused("no_code", _("The code no longer works. Press the button for a new one."))
    if not NumberCode.objects.filter(pk=row.pk, tries__lt=TRIES).update(tries=F("tries") + 1):
        raise Refused("too_many_tries", _("The code was wrong too many times. Press the button for a new one."))
    with transaction.atomic():
        person = locked(person)
        is_theirs = digest_of(sms.dialled(person)) == row.number and not _has_said_stop(row.number)
        if not is_theirs or not hmac.compare_digest(row.code, digest_of(code)):
            raise Refused("wrong_code", _("That is not the code. Look at the text message, and write the six digits."))
        was_reached_by, person.verified_phone = person.reached_by, person.phone
        person.save(update_fields=["verified_phone"])
        if person.reached_by != was_reached_by:
            changes.reached_elsewhere(person, now)
        use_new_channel(person=person, now=now)


def old_codes(now: dt.datetime) -> QuerySet[NumberCode]:
    """Return the codes that are too old to count for the limits."""
    return NumberCode.objects.filter(at__lte=now - DAY)


def _codes_of(person: User) -> QuerySet[NumberCode]:
    return NumberCode.objects.filter(person=person)


def _has_said_stop(number: str) -> bool:
    return Suppression.objects.filter(digest=number).exists()


def _one_at_a_time(number: str) -> None:
    """Serialise requests for the same number: two that count at once would both be within the limit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s::text, 0))", [number])

"""Invitations to make a first second factor."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from entrance.models import Invitation
from partnership.fields.codes import new_code, spaced, typed_code
from partnership.people.models import User
from partnership.refusals import Refused

VALID = dt.timedelta(days=7)
DIGITS, TRIES = 8, 5  # "eight digits" in words, here and in forms.py


@transaction.atomic
def invite(*, person: User, by: User | None, now: dt.datetime) -> str:
    """Return the code of a new invitation, "1234 5678"; earlier ones end, also in a session that has used one. `by` is
    None on the server's command line. Nobody invites themselves: an open browser of theirs would be enough to make
    another second factor. Refused: own_invitation.
    """
    if by == person:
        raise Refused("own_invitation", _("Another administrator invites you."))
    code = new_code(digits=DIGITS)
    Invitation.objects.filter(person=person, used_at=None).delete()
    Invitation.objects.create(
        person=person, made_by=by, made_at=now, expires_at=now + VALID, digest=_digest(person, code)
    )
    return spaced(code)


def redeem(*, person: User, typed: str, now: dt.datetime) -> Invitation:
    """Use up the person's invitation and return it, or refuse. Each try is counted in the statement that allows it.
    Refused: no_invitation that is theirs and still counts.
    """
    open_ones = Invitation.objects.filter(person=person, used_at=None, expires_at__gt=now)
    counted = open_ones.filter(tries__lt=TRIES).update(tries=F("tries") + 1)
    digest = _digest(person, typed_code(typed, digits=DIGITS))
    right = [one for one in open_ones if constant_time_compare(one.digest, digest)]
    if not counted or not right or not open_ones.filter(pk=right[0].pk).update(used_at=now):
        sentence = _("That code does not work. Check the eight digits, or ask an administrator for a new one.")
        raise Refused("no_invitation", sentence)
    return right[0]


def _digest(person: User, code: str) -> str:
    return salted_hmac("entrance.invitation", f"{person.pk}:{code}", algorithm="sha256").hexdigest()

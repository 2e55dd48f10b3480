"""How a reader wants to be reached."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from partnership.outbox import sms
from partnership.outbox.homes import home_of
from partnership.outbox.models import Message
from partnership.people.models import User
from partnership.people.settling import set_language
from partnership.refusals import Refused

Channel = User.Channel


def ways_for(person: User) -> list[str]:
    """Return what may be offered to her: texts only where a gateway is set, letters where we know a home."""
    ways = [Channel.MAIL] if person.email else []
    ways += [Channel.SMS] if sms.is_on() else []
    return [*ways, Channel.LETTER] if home_of(person) else ways


@transaction.atomic
def set_channel(*, person: User, channel: str, phone: str, language: str, now: dt.datetime) -> None:
    """Reach her this way from now on; letters that wait unprinted go the new way too.

    Refused: no_number (texts need one), no_home (letters do), no_email.
    """
    if channel == Channel.SMS and not (person.partnership and sms.number_of(phone, person.partnership.country)):
        raise Refused("no_number", _("Write the mobile number that we shall send text messages to."))
    if channel == Channel.LETTER and home_of(person) is None:
        raise Refused("no_home", _("We do not know your address. Call us, and we write it down."))
    if channel == Channel.MAIL and not person.email:
        raise Refused("no_email", _("We do not know your e-mail address. Call us, and we write it down."))
    User.objects.filter(pk=person.pk).update(channel=channel, phone=phone)
    set_language(person=person, language=language)
    if channel != Channel.LETTER:
        tray = Message.objects.filter(recipient=person, state=Message.State.PAPER, letter__isnull=True)
        tray.update(state=Message.State.QUEUED, try_at=now, reason="")

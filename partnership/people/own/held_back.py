"""What is said of a mailbox that staff have written down lately for somebody known: it opens nothing for two weeks."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from partnership import clock
from partnership.fields.names import unlinked
from partnership.fields.printed_days import day_in_words, start_in_words
from partnership.people.mailboxes import hash_of_mailbox, is_verified
from partnership.people.models import User
from partnership.people.own.homes import home_of
from partnership.places.models import Partnership
from partnership.refusals import Refused


def opens_on(person: User) -> str:
    """Return from which day the mailbox can be used to log in, in words; "" if it can be now."""
    opens_at, here = person.mailbox_opens_at, person.partnership
    return day_in_words(clock.local(opens_at, here.zone).date()) if opens_at and here else ""


def said_to_reader(person: User) -> str:
    """Return from when the reader can log in, as a sentence to whoever has the mailbox."""
    said = _("From %(day)s you can log in with it. It is new here, and we wait so long to be sure that it is yours.")
    return said % {"day": opens_on(person)}


def said_to_whoever_asked(
    person: User | None, here: Partnership, *, asked: str, then: str = "", now: dt.datetime
) -> list[str]:
    """Return the paragraphs to a mailbox that nobody has used since staff wrote it down, where somebody `asked` for
    something on the web: when its owner can log in, and what they can do `then`. They say nothing about whose it is to
    be. None at all once its owner has logged in.
    """
    if person is None or person.mailbox_opens_at is None:
        return []
    first = said_to_reader(person) if person.is_held_back(now) else _("Log in first, with a code that we send here.")
    return [
        asked,
        f"{first} {then}".rstrip(),
        _("If it cannot wait, call us: %(name)s, %(phone)s.") % here.call_us,
        _("If it was not you, you do not need to do anything."),
    ]


def said_to_staff(person: User, now: dt.datetime) -> str:
    """Return from when the person can log in, to be read out to them; "" if they can now."""
    if not person.is_held_back(now):
        return ""
    said = _("%(name)s can log in with the new email address from %(day)s.")
    return f"{said % {'name': person.name, 'day': opens_on(person)}} {_until_then(person)}"


def said_of_corrected_mailbox(person: User, now: dt.datetime) -> str:
    """Return from when the person can log in with the mailbox that staff have just written or put back, to be read out
    to them; "" if there is none, or nothing waits.
    """
    if person.email and is_verified(person):
        return _("%(name)s can log in with this email address again, from now on.") % {"name": person.name}
    return said_to_staff(person, now)


def _until_then(person: User) -> str:
    if person.reached_by == User.Channel.SMS:
        return _("Until then we write to them by text message.")
    if home_of(person):
        return _("Until then we write to them by letter.")
    return _("Until then we cannot write to them.")


def about_mailbox(person: User) -> dict[str, object]:
    """Return what a message to the administrators keeps of the mailbox that staff have just written, for
    `said_to_administrators`: which it was, as a keyed hash, and whether its owner had used it before.
    """
    mailbox = person.email or ""
    return {"mailbox": hash_of_mailbox(mailbox), "is_back": bool(mailbox) and is_verified(person)}


def said_to_administrators(
    person: User, by: str, at: dt.datetime, now: dt.datetime, about: Mapping[str, Any]
) -> tuple[str, str]:
    """Return a subject and a sentence for the administrators: that `by` wrote another mailbox for the person `at` that
    time, or put an earlier one back, and whether it counts `now`. They are read on a later day. Messages from before
    30 November 2026 do not know which mailbox it was, so `about` of them is without it.
    """
    subject = _("Another email address for %(name)s")
    if "mailbox" in about and about["mailbox"] != hash_of_mailbox(person.email or ""):
        said = _("%(by)s wrote another email address for %(name)s on %(when)s. It has been changed again since.")
    elif about.get("is_back"):
        subject = _("%(name)s uses the email address of before again")
        said = _(
            "%(by)s put the email address that %(name)s had used before back on %(when)s. %(name)s can log in with it."
        )
    elif not person.email:
        subject = _("%(name)s no longer has an email address here")
        said = _("%(by)s deleted the email address of %(name)s on %(when)s.")
    elif person.is_held_back(now):
        said = _(
            "%(by)s wrote another email address for %(name)s on %(when)s. Nobody can log in with it before %(day)s."
        )
    else:
        said = _("%(by)s wrote another email address for %(name)s on %(when)s. %(name)s can log in with it.")
    when = start_in_words(clock.local(at, person.partnership.zone)) if person.partnership else ""
    words = {"by": unlinked(by), "name": unlinked(person.name), "when": when, "day": opens_on(person)}
    return subject % words, said % words


def refuse_held_back(person: User | None, now: dt.datetime) -> None:
    """Refuse what a link in an email would do for somebody whose mailbox opens nothing yet. Refused: held_back."""
    if person and person.is_held_back(now):
        raise Refused("held_back", _("This email address is new here, and opens nothing yet. Call us."))

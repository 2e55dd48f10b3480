"""What people are given of the rows that are about every person."""

import datetime as dt

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from partnership import clock
from partnership.people.actions.moves import no_code_before
from partnership.people.activities import name_of
from partnership.people.mailboxes import organisations_to_read_of
from partnership.people.models import (
    Activity,
    Consent,
    ContactNote,
    LookUp,
    Organisation,
    OrganisationContact,
    PersonStep,
    PostalAddress,
    RetentionRun,
    Role,
    User,
)
from partnership.people.own.homes import home_of
from partnership.people.own.reached import way_in_words
from partnership.people.own.sections import NothingGiven, Quoted, Section, by_whom, who_it_was
from partnership.places.models import Address
from written.mailboxes import readable

WHEN, WHAT, WHO, HOW = _("When"), _("What"), _("Who"), _("How")
# Staff read "they called"; the person reads this.
WHY_LOOKED: dict[str, str | Promise] = {
    LookUp.Purpose.CALL: _("You called"),
    LookUp.Purpose.LETTER_OR_SLIP: _("A letter or a slip from you"),
    LookUp.Purpose.EMAIL: _("You wrote an email"),
    LookUp.Purpose.VISIT: _("You came by"),
    LookUp.Purpose.CORRECTING: _("To correct or end something"),
    LookUp.Purpose.MESSAGE_FAILED: _("A message did not reach you"),
    LookUp.Purpose.OTHER: _("Something else"),
}
# Whoever reads that they are on the list of duplicates learns that somebody of their name lives where they say.
A_LIST = _("A list of people")
WHERE_SEEN: dict[str, str | Promise] = {
    LookUp.SeenOn.PAGE: _("The page about you"),
    LookUp.SeenOn.SEARCH: _("A list of people that were searched for"),
    LookUp.SeenOn.ADMINISTRATION: _("The pages of the administrators"),
    LookUp.SeenOn.LETTERS: _("Letters that were to be printed"),
    LookUp.SeenOn.TALK: _("The page of a talk that you had to do with"),
    LookUp.SeenOn.MESSAGE: _("A message to you"),
    LookUp.SeenOn.HELPERS: A_LIST,
    LookUp.SeenOn.SLIP: _("A slip with your name, address, email address or telephone number"),
    LookUp.SeenOn.TYPED: _("Your email address, which staff of another partnership typed"),
    LookUp.SeenOn.MAILBOXES: A_LIST,
}
CONTACTS: dict[str, str | Promise] = {
    ContactNote.Code.CALLED_US: _("You called us"),
    ContactNote.Code.WE_CALLED: _("We called you"),
    ContactNote.Code.NO_ANSWER: _("We called, and you did not answer"),
    ContactNote.Code.WROTE: _("You wrote to us"),
    ContactNote.Code.CAME_BY: _("We met you"),
    ContactNote.Code.OTHER: _("Another contact"),
}


def _told(words: dict[str, str | Promise], stored: str) -> str:
    return str(words.get(stored, stored))


def _look_ups(person: User) -> QuerySet[LookUp]:
    # That of a letter with a code tells that there is one, as in `entrance.own_data.unused_letters`.
    return LookUp.objects.filter(person_id=person.pk).exclude(seen_on=LookUp.SeenOn.CODES).order_by("-pk")


def _log_about(person: User) -> QuerySet[LogEntry]:
    of_person = Q(content_type=ContentType.objects.get_for_model(User), object_id=str(person.pk))
    return LogEntry.objects.filter(of_person | Q(user=person)).order_by("-pk")


def _what_was_done(step: PersonStep) -> str:
    if step.is_first:
        return gettext("written down")
    what, unproven = ", ".join(step.corrected), gettext("deleted for safety")
    return f"{unproven}: {what}" if step.is_unproven else what


def _waits_with_letters(row: User, person: User) -> dt.datetime | None:
    # Without a home no letter goes anywhere.
    return no_code_before(row, "address", clock.now()) if home_of(row) else None


SECTIONS = [
    Section(
        User,
        _("About you"),
        lambda person: User.objects.filter(pk=person.pk).select_related("partnership"),
        shown={
            "name": _("Name"),
            "mailbox": _("Email"),
            "phone": _("Telephone"),
            "shown": _("The number is confirmed"),
            "reached": _("How we reach you"),
            "phone_changed_at": _("The number was changed"),
            "mailbox_opens_at": _("From when you can log in with the email address"),
            "letter_codes_from": _("From when you can get a code by letter"),
            "protected": _("Name and address protection"),
            "joined_at": _("Known since"),
            "last_login": _("Logged in last"),
        },
        read={
            "mailbox": lambda row, person: readable(row.email),
            "shown": lambda row, person: row.phone_is_verified if row.phone else None,
            "letter_codes_from": _waits_with_letters,
            "protected": lambda row, person: row.is_protected or None,
            "reached": lambda row, person: way_in_words(row),
        },
        hidden=("password", "is_duplicate", "mailbox_before"),
    ),
    Section(
        LookUp,
        _("Who has looked you up"),
        _look_ups,
        shown={"at": WHEN, "who": WHO, "why": _("Why"), "where": _("Where it was seen")},
        read={
            "who": lambda row, person: who_it_was(row.by_id, person),
            "why": lambda row, person: _told(WHY_LOOKED, row.purpose),
            "where": lambda row, person: _told(WHERE_SEEN, row.seen_on),
        },
        hidden=("by_id", "person_id", "purpose", "seen_on"),
        explained=_(
            "Each time staff open what we know about you, it is noted here, but not when they see to a letter with a "
            "code. If there is one that you do not understand, call us and ask."
        ),
    ),
    Section(
        Consent,
        _("What you have agreed to"),
        lambda person: Consent.objects.filter(person=person).select_related("wording").order_by("-pk"),
        shown={"at": WHEN, "said": _("You said"), "words": _("The words"), "medium": HOW, "written_by": _("Typed by")},
        read={
            "said": lambda row, person: capfirst(_("yes") if row.is_given else _("no, not any more")),
            "words": lambda row, person: Quoted.of(row.wording.text, row.wording.language),
            "written_by": by_whom("written_by"),
        },
        hidden=("wording",),
    ),
    Section(
        ContactNote,
        _("When we have been in touch"),
        lambda person: ContactNote.objects.filter(person=person).order_by("-pk"),
        shown={"at": WHEN, "what": WHAT, "line": _("What was noted"), "who": _("Noted by")},
        read={
            "what": lambda row, person: _told(CONTACTS, row.code),
            "who": by_whom("by"),
        },
        hidden=("submission", "by"),
    ),
    Section(
        PostalAddress,
        _("Where letters to you go"),
        lambda person: PostalAddress.objects.filter(person=person).select_related("address"),
        shown={"address": _("Address")},
    ),
    Section(
        PersonStep,
        _("When your details were written down or corrected"),
        lambda person: PersonStep.objects.filter(person=person).order_by("-pk"),
        shown={"at": WHEN, "what": WHAT, "medium": HOW, "why": _("Why"), "who": WHO},
        read={
            "what": lambda row, person: capfirst(_what_was_done(row)),
            "who": by_whom("by"),
        },
        hidden=("by", "submission", "changed"),
    ),
    Section(
        Activity,
        _("What you have done as a helper"),
        lambda person: Activity.objects.filter(person=person).order_by("-day", "-pk"),
        shown={"day": WHEN, "what": WHAT, "medium": HOW, "written_by": _("Noted by")},
        read={"what": lambda row, person: name_of(row.kind), "written_by": by_whom("written_by")},
    ),
    Section(
        Role,
        _("Your roles here"),
        lambda person: Role.objects.filter(user=person).select_related("area", "partnership"),
        shown={"kind": _("Role"), "area": _("Local area"), "partnership": _("Partnership")},
    ),
    Section(
        Organisation,
        _("Associations that you represent"),
        lambda person: organisations_to_read_of(person).order_by("name"),
        shown={
            "name": _("Name"), "kind": pgettext_lazy("sort", "Kind"), "area": _("Local area"), "homes": _("Homes"),
            "confirmed_on": _("Confirmed on"),
        },
        hidden=("readers_of_older_links", "made_by_form", "form_made_chair"),
    ),
    Section(
        OrganisationContact,
        _("What you are there"),
        lambda person: OrganisationContact.objects.filter(
            person=person, organisation__in=organisations_to_read_of(person)
        ).select_related("organisation"),
        shown={"organisation": _("Association"), "role": _("Role")},
        read={"role": lambda row, person: capfirst(row.title)},
        hidden=("took_over",),
    ),
    Section(
        EmailAddress,
        _("Your email address for logging in"),
        lambda person: EmailAddress.objects.filter(user=person),
        shown={"mailbox": _("Email"), "verified": _("You have used it to log in")},
        read={"mailbox": lambda row, person: readable(row.email)},
    ),
    Section(
        Authenticator,
        _("Your passkeys and apps for logging in"),
        lambda person: Authenticator.objects.filter(user=person),
        shown={"type": pgettext_lazy("sort", "Kind"), "created_at": _("Added"), "last_used_at": _("Last used")},
        hidden=("data",),
    ),
    Section(
        LogEntry,
        _("What administrators have changed about you, or you as one of them"),
        _log_about,
        shown={"action_time": WHEN, "what": WHAT, "who": WHO},
        read={
            # Of another row it is about somebody else.
            "what": lambda row, person: row.get_change_message(),
            "who": by_whom("user"),
        },
        hidden=("user", "object_repr", "object_id", "change_message", "action_flag"),
    ),
]  # fmt: skip
NOT_GIVEN = [
    NothingGiven(Session, "names nobody: none are added, and the night deletes them"),
    NothingGiven(RetentionRun, "counts without names"),
    NothingGiven(Address, "given with the home or the postal address that it is"),
]

"""How long data about people is kept."""

import datetime as dt

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session

from partnership.people.actions.forgetting import delete_expired_cache, people_who_never_logged_in
from partnership.people.actions.mailboxes import forget_mailboxes_before
from partnership.people.models import (
    Activity,
    Consent,
    ContactNote,
    LookUp,
    NightlyRun,
    Organisation,
    OrganisationContact,
    PersonStep,
    PostalAddress,
    RetentionRun,
    Role,
    User,
    Wording,
)
from partnership.retention import CONSENT, DUTY, TASK, Rule

THEMSELVES = "themselves; coordinators and administrators of their partnership"
WITH_PERSON = "until the person is deleted, by themselves or by an administrator"
LOG_KEPT = dt.timedelta(days=365)
NOTES_KEPT = dt.timedelta(days=365)
# The database refuses to delete younger rows.
LOOK_UPS_KEPT = dt.timedelta(days=2 * 365)
RUNS_KEPT = dt.timedelta(days=3 * 365)


RULES = [
    Rule(
        User,
        holds="name, email, telephone and whether it is verified, language, chosen channel, last log-in, and whether "
        "they have name and address protection; from when a new mailbox or number opens something and a letter finds "
        "them",
        purpose="to reach them, and to know who did what",
        basis=f"{CONSENT}; for staff and speakers {TASK}",
        how_long=f"{WITH_PERSON}; 30 days if they never logged in and nothing else refers to them",
        seen_by=f"{THEMSELVES}; of a confirmed talk, the speaker sees the chair's name, email and telephone until the "
        "day after, its chair and deputy the speaker's name, and the telephone until the talk is over; of who has name "
        "and address protection, themselves, coordinators and administrators only",
        past=people_who_never_logged_in,
    ),
    Rule(
        User,
        part="people.User.mailbox_before",
        holds="after a mailbox has been replaced, or deleted by staff, a keyed hash of the one before",
        purpose="to let its owner in at once when it is put back",
        basis=TASK,
        how_long="two weeks, or until the owner of one that waits has logged in",
        seen_by="nobody",
        remove=forget_mailboxes_before,
    ),
    Rule(
        Role,
        holds="a person's role, and where it applies",
        purpose="to let everyone see only what they need",
        basis=TASK,
        how_long="until it is withdrawn, or the person is deleted",
        seen_by="administrators",
    ),
    Rule(
        Organisation,
        holds="an organisation's name, kind, area and size; until 2028 digests that show whose older links still work",
        purpose="to give talks to it and to write to it, and to count the homes reached",
        basis=TASK,
        how_long="an association's until its chair is deleted, then only area, kind and homes, if a talk took place "
        "there; or with a request that was never confirmed; any other organisation's until staff delete it",
        seen_by="its chair and deputy, and the speaker of its talk; coordinators and administrators",
    ),
    Rule(
        OrganisationContact,
        holds="who is an organisation's chair, deputy or contact person",
        purpose="to know who acts for it, and whom to write to",
        basis=TASK,
        how_long="until the person is deleted, or the organisation is",
        seen_by="its chair and deputy, and the speaker of its talk; coordinators and administrators",
    ),
    Rule(
        Consent,
        holds="what a person said yes or no to, when, how, and who typed it",
        purpose="to be able to show it",
        basis=DUTY,
        how_long=WITH_PERSON,
        seen_by=THEMSELVES,
    ),
    Rule(
        Activity,
        holds="what a person did as a helper, on which day, how they told us, and who typed it",
        purpose="to count how many helpers are active",
        basis=CONSENT,
        how_long=WITH_PERSON,
        seen_by="themselves; coordinators and administrators; if they have said yes to it, the Naboven of their area "
        "which things, but not when; everyone else sees counts",
    ),
    Rule(
        EmailAddress,
        holds="that an email address belongs to a person",
        purpose="to log in",
        basis=CONSENT,
        how_long=WITH_PERSON,
        seen_by="themselves",
    ),
    Rule(
        Authenticator,
        holds="a person's passkeys and codes of a second factor",
        purpose="to log in safely",
        basis=DUTY,
        how_long="until the person removes it, or is deleted",
        seen_by="nobody; themselves by name of the device",
    ),
    Rule(
        Session,
        holds="sessions from before log-ins knew their person; none are added",
        purpose="to go back to the version before",
        basis=CONSENT,
        how_long="60 days after the last log-in",
        seen_by="nobody",
        past=lambda now: Session.objects.filter(expire_date__lt=now),
    ),
    Rule(
        Session,
        part="cache",
        holds="how often somebody tried to log in, by email and network address",
        purpose="to stop guessing",
        basis=DUTY,
        how_long="until the count runs out: minutes, at most a day",
        seen_by="nobody",
        remove=delete_expired_cache,
    ),
    Rule(
        LogEntry,
        holds="which administrator changed which row",
        purpose="to find out who did what",
        basis=DUTY,
        how_long="one year; who did it and whom it was about are emptied when they are deleted",
        seen_by="administrators",
        past=lambda now: LogEntry.objects.filter(action_time__lt=now - LOG_KEPT),
    ),
    Rule(
        ContactNote,
        holds="that staff spoke or wrote with a person, when, who, and at most one line about it; no health data",
        purpose="to know what was said the last time",
        basis=TASK,
        how_long="one year, or until the person is deleted",
        seen_by="coordinators and administrators",
        past=lambda now: ContactNote.objects.filter(at__lt=now - NOTES_KEPT),
    ),
    Rule(
        PostalAddress,
        holds="where letters go to somebody who has told staff, on the telephone for instance",
        purpose="to write to those who have no email address",
        basis=TASK,
        how_long="until the person is deleted",
        seen_by=THEMSELVES,
    ),
    Rule(
        PersonStep,
        holds="that staff wrote down or corrected a person's details: who, when, which of them, how staff were told, "
        "and why another email address is right; that the person replaced their own email address, or changed how they "
        "are reached after a code by letter or text message; not what they were",
        purpose="to find out who changed how somebody is reached",
        basis=TASK,
        how_long=WITH_PERSON,
        seen_by=THEMSELVES,
    ),
    Rule(
        LookUp,
        holds="which member of staff looked at whose data, when, for what and how, both by number",
        purpose="to find out who looked somebody up without a reason",
        basis=DUTY,
        how_long="two years; the number of an erased person names nobody",
        seen_by="administrators",
        past=lambda now: LookUp.objects.filter(at__lt=now - LOOK_UPS_KEPT),
    ),
    Rule(
        RetentionRun,
        holds="how many rows were deleted each night; no names",
        purpose="to be able to show that it was done",
        basis=DUTY,
        how_long="three years",
        seen_by="administrators of the platform",
        past=lambda now: RetentionRun.objects.filter(started_at__lt=now - RUNS_KEPT),
    ),
]
ABOUT_NOBODY = [Wording, EmailConfirmation, NightlyRun]

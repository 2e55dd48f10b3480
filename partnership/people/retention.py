"""How long what we know of people is kept."""

import datetime as dt

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session

from partnership.people.actions.forgetting import forget_cache, people_who_never_came
from partnership.people.models import (
    Activity,
    Consent,
    NightlyRun,
    Organisation,
    OrganisationContact,
    RetentionRun,
    Role,
    User,
    Wording,
)
from partnership.retention import CONSENT, DUTY, TASK, Rule

HERSELF = "herself; coordinators and administrators of her partnership"
WITH_HER = "until the person is deleted, by herself or by an administrator"
LOG_KEPT = dt.timedelta(days=365)
RUNS_KEPT = dt.timedelta(days=3 * 365)


RULES = [
    Rule(
        User,
        holds="name, e-mail, telephone and whether it is shown to be hers, language, chosen channel, last log-in",
        purpose="to reach her, and to know who did what",
        basis=f"{CONSENT}; for staff and speakers {TASK}",
        how_long=f"{WITH_HER}; 30 days where she never came and nothing of hers is left",
        seen_by=HERSELF,
        past=people_who_never_came,
    ),
    Rule(
        Role,
        holds="what she may, and where",
        purpose="to let nobody see more than she needs",
        basis=TASK,
        how_long="until it is taken back, or the person is deleted",
        seen_by="administrators",
    ),
    Rule(
        Organisation,
        holds="an organisation's name, kind, area and size",
        purpose="to give talks to it and to write to it, and to count the homes reached",
        basis=TASK,
        how_long="an association's until its chair is deleted, and then on only area, kind and homes, where a talk was "
        "held; or with a request that was never confirmed; any other organisation's until staff take it out",
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
        holds="what she said yes or no to, when, how, and who typed it",
        purpose="to be able to show it",
        basis=DUTY,
        how_long=WITH_HER,
        seen_by=HERSELF,
    ),
    Rule(
        Activity,
        holds="what she did as a helper, on which day",
        purpose="to count how many helpers are active",
        basis=CONSENT,
        how_long=WITH_HER,
        seen_by="herself; everyone else sees counts",
    ),
    Rule(
        EmailAddress,
        holds="that an e-mail address is hers",
        purpose="to log in",
        basis=CONSENT,
        how_long=WITH_HER,
        seen_by="herself",
    ),
    Rule(
        Authenticator,
        holds="her passkeys and codes of a second factor",
        purpose="to log in safely",
        basis=DUTY,
        how_long="until she removes it, or is deleted",
        seen_by="nobody; herself by name of the device",
    ),
    Rule(
        Session,
        holds="that a browser is signed in",
        purpose="to stay signed in",
        basis=CONSENT,
        how_long="60 days after the last sign-in, or until she signs out",
        seen_by="nobody",
        past=lambda now: Session.objects.filter(expire_date__lt=now),
    ),
    Rule(
        Session,
        part="cache",
        holds="how often somebody tried to log in, by e-mail and network address",
        purpose="to stop guessing",
        basis=DUTY,
        how_long="until the count runs out: minutes, at most a day",
        seen_by="nobody",
        let_go=forget_cache,
    ),
    Rule(
        LogEntry,
        holds="which administrator changed which row",
        purpose="to find out who did what",
        basis=DUTY,
        how_long="one year; what names a deleted person goes with her",
        seen_by="administrators",
        past=lambda now: LogEntry.objects.filter(action_time__lt=now - LOG_KEPT),
    ),
    Rule(
        RetentionRun,
        holds="how many rows were let go of each night; no names",
        purpose="to be able to show that it was done",
        basis=DUTY,
        how_long="three years",
        seen_by="administrators of the platform",
        past=lambda now: RetentionRun.objects.filter(started_at__lt=now - RUNS_KEPT),
    ),
]
ABOUT_NOBODY = [Wording, EmailConfirmation, NightlyRun]

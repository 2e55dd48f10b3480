"""Whether a mail provider's bounce is permanent: by the server's answer, else by the provider's own type. Pure.

anymail gives the reason "bounced" to a full mailbox as it does to one that does not exist, so that reason decides
nothing. Without evidence a bounce is soft.
"""

import re
from typing import Any

from anymail.signals import AnymailTrackingEvent

from partnership.outbox.models import Bounce
from partnership.outbox.returns.bouncing import kind_of
from partnership.outbox.returns.reports import CODE, STATUS

# For each provider, where its notice tells the type, and the types that are permanent. Source: the providers' own
# descriptions of their webhooks.
PERMANENT: dict[str, list[tuple[tuple[str, ...], frozenset[object]]]] = {
    "Amazon SES": [(("bounce", "bounceType"), frozenset({"Permanent"}))],
    "Brevo": [(("event",), frozenset({"hard_bounce", "invalid_email"}))],
    "MailerSend": [(("data", "type"), frozenset({"hard_bounced"}))],
    "Mailgun": [(("event-data", "severity"), frozenset({"permanent"}))],
    "Mailjet": [(("hard_bounce",), frozenset({True})), (("error",), frozenset({"typofix"}))],
    "Mailtrap": [(("event",), frozenset({"bounce"}))],
    "Mandrill": [(("event",), frozenset({"hard_bounce"}))],
    "Postal": [(("payload", "status"), frozenset({"HardFail"}))],
    "Postmark": [
        (("Type",), frozenset({"HardBounce", "BadEmailAddress"})),
        (("SuppressionReason",), frozenset({"HardBounce"})),
    ],
    "Resend": [(("data", "bounce", "type"), frozenset({"Permanent"}))],
    "SendGrid": [
        (("type",), frozenset({"bounce"})),
        (("reason",), frozenset({"Bounced Address", "Invalid"})),
    ],
    # 10 is an invalid recipient, 30 a bounce without any recipient.
    "SparkPost": [(("msys", "*", "bounce_class"), frozenset({"10", "30"}))],
    "Unisender Go": [
        (
            ("delivery_info", "delivery_status"),
            frozenset({"err_user_unknown", "err_user_inactive", "err_mailbox_discarded", "err_domain_inactive"}),
        )
    ],
}
FULL = re.compile(r"\b5\.2\.2\b|mailbox.?(is )?full|inbox (is|was) full|over.?quota|quota.?exceeded", re.IGNORECASE)
# An answer of a server is one line or a few.
LONGEST = 1_000


def kind_of_bounce(event: AnymailTrackingEvent, provider: str) -> str:
    """Return HARD or SOFT for a bounce or a refusal; empty if the server blamed us or this one email."""
    answer = str(event.mta_response or "")[:LONGEST]
    # A mailbox that is full today has an owner, also where a provider has given up.
    if FULL.search(f"{answer} {event.description or ''} {_at(event.esp_event, ('error',))}"[: 2 * LONGEST]):
        return Bounce.Kind.SOFT
    # The class of an enhanced status is written in the code too; some servers give only one of them.
    found = CODE.search(answer) or STATUS.search(answer)
    by_server = kind_of(found[1], answer) if found else Bounce.Kind.SOFT
    if (
        by_server == Bounce.Kind.SOFT
        and _is_permanent(event.esp_event, provider)
        and not (found and found[1][0] == "4")
    ):
        return Bounce.Kind.HARD
    return by_server


def _is_permanent(notice: Any, provider: str) -> bool:
    return any(_at(notice, names) in types for names, types in PERMANENT.get(provider, []))


def _at(notice: Any, names: tuple[str, ...]) -> Any:
    """Return the value under these names, one inside the other ("*": whatever the first is called); empty if none."""
    for name in names:
        if not isinstance(notice, dict) or not notice:
            return ""
        notice = next(iter(notice.values())) if name == "*" else notice.get(name, "")
    return notice if isinstance(notice, str | bool) else ""

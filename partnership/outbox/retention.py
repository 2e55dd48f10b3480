"""How long messages, bounces and printed letters are kept."""

import datetime as dt

from partnership.outbox.models import (
    Bounce,
    Letter,
    LetterBatch,
    MailServer,
    Message,
    MessageStep,
    NumberCode,
    Pace,
    Suppression,
)
from partnership.outbox.preferences.verifying import old_codes
from partnership.outbox.queue.pacing import old_paces
from partnership.outbox.staff.letter_batches import NOT_HANDED_OVER_KEPT, REPRINT
from partnership.retention import CONSENT, DUTY, TASK, Rule

STAFF = "coordinators and administrators of the partnership"
BOUNCES_KEPT = dt.timedelta(days=30)
BATCHES_KEPT = dt.timedelta(days=365)


def files_past(now: dt.datetime):
    """Return the batches whose PDF is to be emptied: handed over long enough ago, or never."""
    handed_over = LetterBatch.objects.filter(handed_over_at__lt=now - REPRINT)
    forgotten = LetterBatch.objects.filter(handed_over_at__isnull=True, made_at__lt=now - NOT_HANDED_OVER_KEPT)
    return (handed_over | forgotten).exclude(pdf=b"")


RULES = [
    Rule(
        Message,
        holds="whom a message was for, which kind, when it was sent, to which address (a keyed hash) and "
        "whether it arrived; not what it said",
        purpose="so that nothing is sent twice or forgotten",
        basis=TASK,
        how_long="90 days after it was due; log-in codes one day",
        seen_by=STAFF,
        past=Message.objects.past_retention,
    ),
    Rule(
        Message,
        part="outbox.Message.mailbox",
        holds="the mailbox of somebody whom we do not know and whom a message is for",
        purpose="so that the message can be sent",
        basis=TASK,
        how_long="until it is sent or withdrawn; if it failed, until it is too late to try again, 30 days at most",
        seen_by=STAFF,
        past=Message.objects.with_a_useless_mailbox,
        remove=lambda now: Message.objects.with_a_useless_mailbox(now).update(mailbox=""),
    ),
    Rule(
        MessageStep,
        holds="which member of staff did what to a message by hand",
        purpose="to find out who did what",
        basis=DUTY,
        how_long="with its message",
        seen_by=STAFF,
    ),
    Rule(
        Bounce,
        holds="a keyed hash of an address that mail came back from, and the server's code",
        purpose="to stop writing to addresses that do not work",
        basis=TASK,
        how_long="30 days; a complaint as long as the address is stopped",
        seen_by="nobody",
        past=lambda now: Bounce.objects.filter(at__lt=now - BOUNCES_KEPT).exclude(kind=Bounce.Kind.COMPLAINT),
    ),
    Rule(
        Suppression,
        holds="a keyed hash of an address that must get no more mail, or of a number that must get no more texts",
        purpose="so that we do not write to it again",
        basis=DUTY,
        how_long="also after the person is deleted; until they say that the address works, or the number texts START",
        seen_by="nobody; staff see that an address is stopped",
    ),
    Rule(
        NumberCode,
        holds="keyed hashes of a mobile number and of the code texted to it; when, and how often one was typed",
        purpose="to verify the number, and to text nobody too often",
        basis=CONSENT,
        how_long="one day",
        seen_by="nobody",
        past=old_codes,
    ),
    Rule(
        LetterBatch,
        holds="when letters were printed and posted, and by whom",
        purpose="to know that a letter was posted",
        basis=TASK,
        how_long="one year",
        seen_by=STAFF,
        past=lambda now: LetterBatch.objects.filter(made_at__lt=now - BATCHES_KEPT),
    ),
    Rule(
        LetterBatch,
        part="outbox.LetterBatch.pdf",
        holds="the printed letters themselves, names and addresses included",
        purpose="to print again if the printer jams",
        basis=TASK,
        how_long="14 days after they were posted",
        seen_by=STAFF,
        past=files_past,
        remove=lambda now: files_past(now).update(pdf=b""),
    ),
    Rule(
        Letter,
        holds="which message is which letter of a batch; until it is posted, a digest of the name and address on it",
        purpose="to know that a letter was posted",
        basis=TASK,
        how_long="with its message; of a reader who is erased, the position until the batch is posted",
        seen_by=STAFF,
    ),
    Rule(
        Pace,
        holds="how many messages asked to leave for one mail domain in one minute; a family may own one",
        purpose="to spread a large mailing over the minutes",
        basis=TASK,
        how_long="the night after",
        seen_by="nobody",
        past=old_paces,
    ),
]
ABOUT_NOBODY = [MailServer]

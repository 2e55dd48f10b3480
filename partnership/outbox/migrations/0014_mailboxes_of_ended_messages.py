import hashlib
import hmac

from django.conf import settings
from django.db import migrations

ENDED = ["sent", "withdrawn", "expired"]


def empty(apps, schema_editor):
    """Store the keyed hash of each stranger's mailbox, and empty the mailboxes of messages that have ended."""
    Message = apps.get_model("outbox", "Message")
    unknown = Message.objects.filter(recipient=None).exclude(mailbox="")
    for mailbox in list(unknown.order_by("mailbox").values_list("mailbox", flat=True).distinct()):
        digest = hmac.new(settings.SECRET_KEY.encode(), mailbox.encode(), hashlib.sha256).hexdigest()
        unknown.filter(mailbox=mailbox).update(sent_to=digest)
    unknown.filter(state__in=ENDED).update(mailbox="")


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_squashed_0013_letters_are_handed_over")]

    operations = [migrations.RunPython(empty, migrations.RunPython.noop, elidable=True)]

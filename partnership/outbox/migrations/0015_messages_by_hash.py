from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # The portal runs meanwhile (docs/scale.md).
    atomic = False

    dependencies = [("outbox", "0014_mailboxes_of_ended_messages")]

    operations = [
        AddIndexConcurrently(
            "message",
            models.Index(fields=["sent_to"], condition=models.Q(recipient=None), name="message_by_hash"),
        ),
    ]

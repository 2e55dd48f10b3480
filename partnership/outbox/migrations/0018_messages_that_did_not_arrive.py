"""An index of the messages that did not arrive, and that nobody has seen to."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # The portal runs meanwhile (docs/scale.md).
    atomic = False

    dependencies = [("outbox", "0017_messages_come_back")]

    operations = [
        AddIndexConcurrently(
            model_name="message",
            index=models.Index(
                models.F("partnership"),
                condition=models.Q(
                    models.Q(("state", "failed"), models.Q(("returned_as", ""), _negated=True), _connector="OR"),
                    ("seen_to_at", None),
                ),
                name="message_not_arrived",
            ),
        ),
    ]

from django.db import migrations, models
from django.db.models.functions import Upper


def has_a_reader(column: str) -> models.CheckConstraint:
    condition = (
        models.Q(recipient__isnull=False)
        | ~models.Q((column, ""))
        | ~models.Q(state__in=["queued", "claimed", "retry", "paper"])
    )
    return models.CheckConstraint(condition=condition, name="message_has_a_reader")


class Migration(migrations.Migration):
    dependencies = [("outbox", "0010_where_a_message_was_sent")]

    # Constraint and index name the column: they are made anew under the new name.
    operations = [
        migrations.RemoveConstraint("message", "message_has_a_reader"),
        migrations.RemoveIndex("message", "message_by_address"),
        migrations.RenameField("message", "address", "mailbox"),
        migrations.AddIndex(
            "message", models.Index(Upper("mailbox"), condition=~models.Q(mailbox=""), name="message_by_mailbox")
        ),
        migrations.AddConstraint("message", has_a_reader("mailbox")),
    ]

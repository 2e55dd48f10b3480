import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A letter's position outlives its reader, and says to which name and address it was printed."""

    dependencies = [("outbox", "0015_messages_by_hash")]

    operations = [
        migrations.AddField(
            "letter",
            "printed_to",
            models.CharField(
                blank=True, db_default="", default="", help_text="Digest of the name and address on it", max_length=16
            ),
        ),
        migrations.AlterField(
            "letter",
            "message",
            models.OneToOneField(
                help_text="Empty: deleted from the batch",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="letter",
                to="outbox.message",
            ),
        ),
        # On the way back, before the column may be empty no more.
        migrations.RunSQL(
            migrations.RunSQL.noop,
            "DELETE FROM outbox_letter WHERE message_id IS NULL; SET CONSTRAINTS ALL IMMEDIATE;",
        ),
        migrations.AddField(
            "letterbatch",
            "is_shredded",
            models.BooleanField(db_default=False, default=False, help_text="No letter of it was posted"),
        ),
    ]

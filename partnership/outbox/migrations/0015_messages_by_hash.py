from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outbox", "0014_mailboxes_of_ended_messages")]

    operations = [
        migrations.AddIndex(
            "message",
            models.Index(fields=["sent_to"], condition=models.Q(recipient=None), name="message_by_hash"),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0009_waiting_messages_are_not_sent_yet"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="sent_to",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                editable=False,
                help_text="Keyed hash of the address",
                max_length=64,
            ),
        ),
    ]

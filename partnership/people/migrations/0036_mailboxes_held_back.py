"""A mailbox that staff write for somebody known opens nothing for a time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_squashed_0035_details_that_staff_write_down")]
    operations = [
        migrations.AddField(
            model_name="user",
            name="mailbox_opens_at",
            field=models.DateTimeField(
                editable=False,
                help_text="Staff have written the mailbox of somebody known: it opens nothing before this, and gets "
                "nothing",
                null=True,
            ),
        ),
    ]

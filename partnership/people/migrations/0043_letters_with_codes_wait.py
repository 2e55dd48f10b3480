"""Whoever changes their own name or home is found by no letter with a code for a time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0042_local_contact_person")]
    operations = [
        migrations.AddField(
            model_name="user",
            name="letter_codes_from",
            field=models.DateTimeField(
                editable=False,
                help_text="The person has changed their own name or home: no letter with a code finds them before this",
                null=True,
            ),
        ),
    ]

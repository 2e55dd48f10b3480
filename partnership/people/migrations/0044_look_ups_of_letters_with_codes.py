"""A look-up of a letter with a code is noted apart; nothing changes in the table."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0043_letters_with_codes_wait")]
    operations = [
        migrations.AlterField(
            model_name="lookup",
            name="seen_on",
            field=models.CharField(
                choices=[
                    ("page", "the page of the person"),
                    ("search", "the search"),
                    ("administration", "the administration"),
                    ("letters", "letters to print"),
                    ("codes", "letters with codes"),
                    ("talk", "the page of a talk"),
                    ("message", "the page of a message"),
                    ("helpers", "the list of helpers"),
                    ("slip", "a slip of somebody already known"),
                    ("typed", "an email address that another partnership typed"),
                    ("mailboxes", "the list of people with one mailbox"),
                ],
                max_length=20,
            ),
        ),
    ]

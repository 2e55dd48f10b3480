"""Where a look-up was: on a page, in a list. The rows keep their values; lists and slips are new."""

from django.db import migrations, models

PAGES = [
    ("page", "the page of the person"),
    ("search", "the search"),
    ("administration", "the administration"),
    ("letters", "letters to print"),
    ("talk", "the page of a talk"),
    ("message", "the page of a message"),
    ("helpers", "the list of helpers"),
    ("slip", "a slip of somebody already known"),
    ("mailboxes", "the list of people with one mailbox"),
]


class Migration(migrations.Migration):
    dependencies = [("people", "0033_one_word_for_email")]

    operations = [
        migrations.RenameField("lookup", "way", "seen_on"),
        migrations.AlterField("lookup", "seen_on", models.CharField(choices=PAGES, max_length=20)),
    ]

"""A mailbox that was verified counts at once when it is put back in place of one that is held back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0045_tables_of_other_packages")]
    operations = [
        migrations.AddField(
            model_name="user",
            name="mailbox_before",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                editable=False,
                help_text="Keyed hash of the verified mailbox whose successor is held back: put back, it counts at once",
                max_length=64,
            ),
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The words about the Naboven that a person ticked beside those of joining."""

    dependencies = [
        ("neighbours", "0012_name_as_it_was_typed"),
        ("people", "0027_log_entries_outlive_who_wrote_them"),
    ]

    operations = [
        migrations.AddField(
            model_name="helper",
            name="asked_to_be_shown",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty if the person did not tick them; they become a consent with the others",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.wording",
                verbose_name="words about the Naboven agreed to",
            ),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    """People whose name and address are protected are seen by coordinators and administrators only."""

    dependencies = [("people", "0027_log_entries_outlive_who_wrote_them")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="is_protected",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Only coordinators and administrators see this person",
                verbose_name="name and address protection",
            ),
        ),
    ]

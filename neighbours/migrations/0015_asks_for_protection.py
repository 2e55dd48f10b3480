from django.db import migrations, models


class Migration(migrations.Migration):
    """Name and address protection that was ticked in a form whose link nobody has used yet."""

    dependencies = [("neighbours", "0014_who_joined_before_stays_shown")]

    operations = [
        migrations.AddField(
            model_name="helper",
            name="asks_protection",
            field=models.BooleanField(
                db_default=False,
                default=False,
                editable=False,
                help_text="Name and address protection was ticked in the form; it counts when the link is used",
            ),
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The associations are organisations now. In the database the foreign keys have followed the renamed table."""

    dependencies = [
        ("people", "0008_associations_become_organisations"),
        ("talks", "0012_steps_are_guarded_like_those_of_every_case"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="booking",
                    name="association",
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="bookings", to="people.organisation", verbose_name="association"),
                ),
                migrations.AlterField(
                    model_name="talkwish",
                    name="association",
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="wishes", to="people.organisation"),
                ),
                migrations.DeleteModel(name="Association"),
            ],
        ),
    ]

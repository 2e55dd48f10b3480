from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("neighbours", "0018_members_before_and_where_they_heard")]

    operations = [
        migrations.AddField(
            "helperstep",
            "submission",
            models.UUIDField(null=True, blank=True, help_text="Drawn with the form: a double click counts once"),
        ),
        migrations.AddConstraint(
            "helperstep",
            models.UniqueConstraint(fields=["helper", "by", "submission"], name="helper_step_once_for_a_form"),
        ),
    ]

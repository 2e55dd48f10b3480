from django.db import migrations, models

# Name, verbose name and help text of each question. Boxes that were left alone stay "no": nobody can tell them apart.
QUESTIONS = (
    ("is_accessible", "way in without steps", "There is a way in without steps"),
    ("has_projector", "screen or projector", ""),
    ("is_public", "open to all neighbours", "Neighbours who are not members may come"),
)


class Migration(migrations.Migration):
    """What an association has not said about its place is not known; before, it was "no"."""

    dependencies = [("talks", "0019_deputies_who_said_yes_are_remembered")]

    operations = [
        migrations.AlterField(
            model_name=model,
            name=name,
            field=models.BooleanField(blank=True, help_text=help_text, null=True, verbose_name=verbose_name),
        )
        for model in ("booking", "talkwish")
        for name, verbose_name, help_text in QUESTIONS
    ]

"""What somebody types is the association's number once its chair has shown that the address is theirs."""

from django.db import migrations, models

HOMES = {
    "null": True,
    "blank": True,
    "editable": False,
    "verbose_name": "homes",
    "help_text": "As the chair typed it, until the e-mail address is confirmed; then the association has it",
}


class Migration(migrations.Migration):
    dependencies = [("talks", "0032_name_as_it_was_typed")]

    operations = [
        migrations.AddField(model_name="booking", name="homes", field=models.PositiveIntegerField(**HOMES)),
        migrations.AddField(model_name="talkwish", name="homes", field=models.PositiveIntegerField(**HOMES)),
    ]

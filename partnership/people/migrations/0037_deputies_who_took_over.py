"""A deputy who takes over is called the contact person until the association says who its chair is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0036_mailboxes_held_back")]
    operations = [
        migrations.AddField(
            model_name="organisationcontact",
            name="took_over",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Acts in the place of a chair who has left, and is called the contact person",
                verbose_name="took over as deputy",
            ),
        ),
    ]

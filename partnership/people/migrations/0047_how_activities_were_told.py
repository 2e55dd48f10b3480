"""An activity says how we were told of it: on the web, by telephone, on a card."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0046_mailbox_before_one_that_is_held_back")]
    operations = [
        migrations.AddField(
            model_name="activity",
            name="medium",
            field=models.CharField(
                blank=True,
                choices=[
                    ("web", "on the web"),
                    ("paper", "on paper"),
                    ("phone", "by telephone"),
                    ("person", "in person"),
                    ("email", "by email"),
                ],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
    ]

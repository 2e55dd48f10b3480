"""The administration calls the Naboven the local contact person in English; nothing changes in the table."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("neighbours", "0023_many_helpers_are_counted")]
    operations = [
        migrations.AlterField(
            model_name="helper",
            name="asked_to_be_shown",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty if the person did not tick them; they become a consent with the others",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.wording",
                verbose_name="words about the local contact person agreed to",
            ),
        ),
    ]

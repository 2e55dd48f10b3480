"""A printed code may be shorter than twelve digits, if it opens nothing by itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("paper", "0001_printed_codes")]
    operations = [
        migrations.AddField(
            model_name="printedcode",
            name="digits",
            field=models.PositiveSmallIntegerField(db_default=12, default=12, editable=False),
        ),
    ]

"""An index of a partnership's streets and numbers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0001_squashed_0009_what_an_area_fact_counts")]
    operations = [
        migrations.AddIndex(
            model_name="address",
            index=models.Index(fields=["partnership", "street", "number"], name="address_by_street"),
        ),
    ]

"""An index of a partnership's streets and numbers."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # The portal runs meanwhile (docs/scale.md).
    atomic = False

    dependencies = [("places", "0001_squashed_0009_what_an_area_fact_counts")]
    operations = [
        AddIndexConcurrently(
            model_name="address",
            index=models.Index(fields=["partnership", "street", "number"], name="address_by_street"),
        ),
    ]

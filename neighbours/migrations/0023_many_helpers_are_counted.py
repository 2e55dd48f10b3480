"""Indexes that counting many helpers reads alone, without the rows."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # The portal runs meanwhile (docs/scale.md).
    atomic = False

    dependencies = [("neighbours", "0022_helpers_have_their_invitation")]
    operations = [
        AddIndexConcurrently(
            model_name="helper",
            index=models.Index(
                fields=["partnership", "state"],
                include=["id", "person", "household", "confirmed_at", "asked_on", "was_helper", "replaced_at"],
                name="helper_counted",
            ),
        ),
        RemoveIndexConcurrently(model_name="helper", name="helper_by_state"),
        AddIndexConcurrently(
            model_name="helperstep",
            index=models.Index(fields=["at"], include=["helper", "from_state", "to_state"], name="helper_step_counted"),
        ),
    ]

"""Indexes for lists and counts of many people."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # The portal runs meanwhile (docs/scale.md).
    atomic = False

    dependencies = [("people", "0039_words_to_search_by")]
    operations = [
        AddIndexConcurrently(
            model_name="user", index=models.Index(fields=["partnership", "name", "id"], name="person_by_name")
        ),
        AddIndexConcurrently(
            model_name="lookup", index=models.Index(fields=["by_id", "at"], name="look_up_by_reader")
        ),
        AddIndexConcurrently(
            model_name="activity",
            index=models.Index(fields=["partnership", "day"], include=["person"], name="activity_counted"),
        ),
        RemoveIndexConcurrently(model_name="activity", name="activity_by_day"),
    ]

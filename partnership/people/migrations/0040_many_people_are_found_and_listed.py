"""Indexes for lists and counts of many people."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0039_words_to_search_by")]
    operations = [
        migrations.AddIndex(
            model_name="user", index=models.Index(fields=["partnership", "name", "id"], name="person_by_name")
        ),
        migrations.AddIndex(
            model_name="lookup", index=models.Index(fields=["by_id", "at"], name="look_up_by_reader")
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["partnership", "day"], include=["person"], name="activity_counted"),
        ),
        migrations.RemoveIndex(model_name="activity", name="activity_by_day"),
    ]

"""Figures are imported by a command, and nobody is named with them."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("figures", "0001_squashed_0002_names_in_the_administration")]
    operations = [migrations.RemoveField(model_name="import", name="by")]

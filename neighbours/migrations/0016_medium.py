from django.db import migrations, models

SLIP = "helper_slip_typed_once"


def slip_typed_once(column: str) -> models.UniqueConstraint:
    condition = models.Q((f"{column}__in", ["paper", "phone"]))
    return models.UniqueConstraint(fields=["partnership", "submission"], condition=condition, name=SLIP)


class Migration(migrations.Migration):
    dependencies = [("neighbours", "0015_asks_for_protection")]

    # The constraint names the column: it is made anew under the new name. The guard of the steps compares whole rows.
    operations = [
        migrations.RemoveConstraint("helper", SLIP),
        migrations.RenameField("helper", "channel", "medium"),
        migrations.AddConstraint("helper", slip_typed_once("medium")),
        migrations.RenameField("helperstep", "channel", "medium"),
    ]

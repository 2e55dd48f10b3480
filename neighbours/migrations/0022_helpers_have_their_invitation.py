"""Whoever is a helper has the code of an invitation: pages that show it write nothing any more."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils.crypto import get_random_string

# As `neighbours.actions.inviting.new_code` does.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
AT_ONCE = 2000


def give_codes(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    helpers = apps.get_model("neighbours", "Helper").objects
    without = helpers.filter(state="confirmed", invitation=None).order_by("pk").only("pk")
    while rows := list(without[:AT_ONCE]):
        for helper in rows:
            helper.invitation = get_random_string(10, ALPHABET)
        helpers.bulk_update(rows, ["invitation"])


class Migration(migrations.Migration):
    dependencies = [("neighbours", "0001_squashed_0021_invitations")]
    operations = [migrations.RunPython(give_codes, migrations.RunPython.noop)]

"""The steps of a list are never changed, and its state is that of the newest."""

from django.db import migrations

from partnership import cases

LISTS = {"steps": "neighbours_helperliststep", "case": "neighbours_helperlist", "key": "helper_list_id"}


class Migration(migrations.Migration):
    dependencies = [("neighbours", "0026_lists_of_helpers_from_files")]
    operations = [cases.append_only(**LISTS), cases.state_is_newest_step(**LISTS)]

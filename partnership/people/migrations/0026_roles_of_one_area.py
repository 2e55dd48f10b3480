from django.db import migrations, models
from django.db.models import Exists, OuterRef


def count_everywhere(apps, schema_editor):
    """Roles that were bound to an area, though nothing asked for it, count in the whole partnership as they did."""
    bound = apps.get_model("people", "Role").objects.exclude(area=None).exclude(kind="naboven")
    same = bound.model.objects.filter(
        user=OuterRef("user"), partnership=OuterRef("partnership"), kind=OuterRef("kind")
    )
    bound.filter(Exists(same.filter(area=None) | same.filter(pk__lt=OuterRef("pk")))).delete()
    bound.update(area=None)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0025_contact_notes"),
    ]

    operations = [
        migrations.RunPython(count_everywhere, migrations.RunPython.noop),
        # The rows' foreign keys are checked before the table is changed.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.CheckConstraint(
                condition=models.Q(("area", None), ("kind", "naboven"), _connector="OR"),
                name="role_of_one_area_is_a_naboven",
                violation_error_message="Only a Naboven has one local area; other roles count everywhere here.",
            ),
        ),
    ]

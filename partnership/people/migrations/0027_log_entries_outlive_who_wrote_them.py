from django.db import migrations


class Migration(migrations.Migration):
    """Django's log of the administration deletes a person's entries with them. They stay, and name nobody."""

    dependencies = [
        ("people", "0026_roles_of_one_area"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE django_admin_log ALTER COLUMN user_id DROP NOT NULL",
            [
                "DELETE FROM django_admin_log WHERE user_id IS NULL",
                "ALTER TABLE django_admin_log ALTER COLUMN user_id SET NOT NULL",
            ],
        ),
    ]

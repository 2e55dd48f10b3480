from django.db import migrations


class Migration(migrations.Migration):
    """What the portal asks of tables that other packages make. Older databases have both: no way back."""

    # The portal runs meanwhile (docs/scale.md).
    atomic = False

    dependencies = [
        ("people", "0044_look_ups_of_letters_with_codes"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        # Django's log of the administration deletes a person's entries with them. They stay, and name nobody.
        migrations.RunSQL(
            "ALTER TABLE django_admin_log ALTER COLUMN user_id DROP NOT NULL",
            migrations.RunSQL.noop,
        ),
        # allauth has no index of the few mailboxes that nobody has verified.
        migrations.RunSQL(
            "CREATE INDEX CONCURRENTLY IF NOT EXISTS mailbox_unverified "
            "ON account_emailaddress (user_id) WHERE NOT verified",
            migrations.RunSQL.noop,
        ),
    ]

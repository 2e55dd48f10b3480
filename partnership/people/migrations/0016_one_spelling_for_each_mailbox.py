from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0015_doubles"), ("outbox", "0007_one_spelling_for_each_mailbox")]

    operations = [
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_double", True), ("email__regex", "^[!-~]+$"), _connector="OR"),
                name="user_email_is_in_its_one_spelling",
            ),
        ),
    ]

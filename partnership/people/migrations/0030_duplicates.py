from django.db import migrations, models

ONE_SPELLING = "user_email_is_in_its_one_spelling"


def one_spelling(excepted: str) -> models.CheckConstraint:
    condition = models.Q((excepted, True), ("email__regex", "^[!-~]+$"), _connector="OR")
    return models.CheckConstraint(condition=condition, name=ONE_SPELLING)


class Migration(migrations.Migration):
    dependencies = [("people", "0029_roles_open_the_administration")]

    # The constraint names the column: it is made anew under the new name.
    operations = [
        migrations.RemoveConstraint("user", ONE_SPELLING),
        migrations.RenameField("user", "is_double", "is_duplicate"),
        migrations.AddConstraint("user", one_spelling("is_duplicate")),
    ]

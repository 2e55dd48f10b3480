"""The role of a Naboven is called local contact person in English; nothing changes in the table."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0041_mailboxes_typed_elsewhere")]
    operations = [
        migrations.AlterField(
            model_name="role",
            name="kind",
            field=models.CharField(
                choices=[
                    ("naboven", "local contact person"),
                    ("coordinator", "coordinator"),
                    ("police", "police officer"),
                    ("administrator", "administrator"),
                ],
                max_length=20,
                verbose_name="role",
            ),
        ),
        migrations.AlterConstraint(
            model_name="role",
            name="role_of_one_area_is_a_naboven",
            constraint=models.CheckConstraint(
                condition=models.Q(("area", None), ("kind", "naboven"), _connector="OR"),
                name="role_of_one_area_is_a_naboven",
                violation_error_message="Only a local contact person has one local area; other roles count everywhere "
                "here.",
            ),
        ),
    ]

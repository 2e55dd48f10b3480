from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0006_about_a_partnership")]

    operations = [
        migrations.AddField(
            model_name="partnership",
            name="skyline",
            field=models.CharField(
                choices=[
                    ("town", "a town and its church"),
                    ("river", "brick houses by a river"),
                    ("castle", "a castle by the sea"),
                ],
                db_default="town",
                default="town",
                help_text="What stands behind the street, and beside the name",
                max_length=10,
                verbose_name="skyline",
            ),
        ),
    ]

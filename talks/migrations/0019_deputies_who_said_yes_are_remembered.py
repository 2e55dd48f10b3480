from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("talks", "0018_held_until_and_took_place"),
    ]

    operations = [
        migrations.AddField(
            model_name="deputyinvitation",
            name="accepted_at",
            field=models.DateTimeField(null=True),
        ),
    ]

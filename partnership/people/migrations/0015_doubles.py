from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0014_plain_words")]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="email",
            field=models.EmailField(
                blank=True,
                error_messages={
                    "unique": "Another person has this mailbox. Write another address, or leave it out."
                },
                max_length=254,
                null=True,
                unique=True,
                verbose_name="e-mail address",
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="is_double",
            field=models.BooleanField(
                default=False, editable=False, help_text="Somebody else holds the same mailbox"
            ),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    """The telephone number of a request or a wish whose e-mail address is not confirmed yet."""

    dependencies = [("talks", "0020_what_is_not_known_of_a_place")]

    operations = [
        migrations.AddField(
            model_name=model,
            name="phone",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="As it was typed, until the e-mail address is confirmed; then the chair has it",
                max_length=20,
                verbose_name="telephone",
            ),
        )
        for model in ("booking", "talkwish")
    ]

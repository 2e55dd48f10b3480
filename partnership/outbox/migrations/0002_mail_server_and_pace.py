from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0001_messages"),
    ]

    operations = [
        migrations.CreateModel(
            name="MailServer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="Host and port", max_length=120, unique=True)),
                ("failures", models.PositiveIntegerField(default=0, help_text="In a row")),
                ("down_since", models.DateTimeField(blank=True, null=True)),
                ("probe_at", models.DateTimeField(blank=True, help_text="Until then nobody tries; then one, with one", null=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Pace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("domain", models.CharField(max_length=253, unique=True)),
                ("minute_at", models.DateTimeField()),
                ("asked", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.RemoveIndex(
            model_name="message",
            name="message_open",
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                models.F("priority"),
                models.F("try_at"),
                models.F("id"),
                condition=models.Q(("state__in", ["queued", "claimed", "retry"])),
                name="message_open",
            ),
        ),
    ]

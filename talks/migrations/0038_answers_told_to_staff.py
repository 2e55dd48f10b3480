"""How a chair told staff the answers to the two questions, and who wrote them down; empty for own answers."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('talks', '0037_told_to_staff'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='feedback',
            name='medium',
            field=models.CharField(blank=True, choices=[('web', 'on the web'), ('paper', 'on paper'), ('phone', 'by telephone'), ('person', 'in person'), ('email', 'by email')], db_default='', default='', help_text='How the chair told staff, who wrote it down', max_length=10),
        ),
        migrations.AddField(
            model_name='feedback',
            name='written_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
    ]

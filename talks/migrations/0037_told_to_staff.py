"""How an association told staff, who asked, moved or cancelled for it; empty for what people do themselves."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('talks', '0036_one_word_for_email'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='bookingstep',
            name='medium',
            field=models.CharField(blank=True, choices=[('web', 'on the web'), ('paper', 'on paper'), ('phone', 'by telephone'), ('person', 'in person'), ('email', 'by email')], db_default='', default='', help_text='How the association told staff, who did it for them', max_length=10),
        ),
        migrations.AddField(
            model_name='talkwish',
            name='medium',
            field=models.CharField(blank=True, choices=[('web', 'on the web'), ('paper', 'on paper'), ('phone', 'by telephone'), ('person', 'in person'), ('email', 'by email')], db_default='', default='', help_text='How the association told staff, who wrote it down; empty if it came by the form', max_length=10),
        ),
        migrations.AddField(
            model_name='talkwish',
            name='written_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
    ]

"""Helpers without email tell on a numbered card what they have done; staff type the cards in."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('neighbours', '0027_steps_of_lists_are_only_added'),
        ('paper', '0002_numbers_of_cards'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReplyCard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_with', models.UUIDField(blank=True, help_text='Drawn with the form: a double click counts once', null=True)),
                ('day', models.DateField(blank=True, help_text='The day of what is ticked, as staff wrote it', null=True)),
                ('noted_at', models.DateTimeField(blank=True, null=True)),
                ('noted_with', models.UUIDField(blank=True, help_text='Drawn with the form: a double click counts once', null=True)),
                ('things', models.JSONField(default=list, help_text='The kinds of the things that are ticked')),
                ('added', models.JSONField(default=list, help_text='Those that were not noted for that day before: undone with it')),
                ('asks_for_another', models.BooleanField(default=False)),
                ('code', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='paper.printedcode')),
                ('helper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reply_cards', to='neighbours.helper')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('noted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['noted_by', 'noted_at'], name='reply_card_noted')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('day', None), ('noted_at', None)), models.Q(('day__isnull', False), ('noted_at__isnull', False)), _connector='OR'), name='reply_card_noted_for_a_day'), models.UniqueConstraint(fields=('helper', 'made_with'), name='reply_card_made_once_for_a_form')],
            },
        ),
    ]

"""Lists of helpers that staff bring in from files, their steps, and who has come by which."""

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('neighbours', '0025_joined_by_a_list'),
        ('places', '0012_postal_address_of_a_partnership'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HelperList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('read', 'file read'), ('added', 'added'), ('taken_back', 'taken back')], default='read', max_length=10, verbose_name='state')),
                ('submission', models.UUIDField(editable=False, help_text='Drawn with the form: a double click counts once')),
                ('read_at', models.DateTimeField(verbose_name='read on')),
                ('added_at', models.DateTimeField(blank=True, null=True, verbose_name='added on')),
                ('added', models.PositiveIntegerField(blank=True, null=True, verbose_name='helpers added')),
                ('removed', models.PositiveIntegerField(blank=True, null=True, verbose_name='helpers removed again')),
                ('lines', models.JSONField(blank=True, default=list, editable=False, help_text='Lines of the file that nobody has been written down from; emptied at night')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='helper_lists', to='places.partnership', verbose_name='partnership')),
            ],
            options={
                'verbose_name': 'list of helpers from a file',
                'verbose_name_plural': 'lists of helpers from files',
            },
        ),
        migrations.CreateModel(
            name='BroughtHelper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField(verbose_name='line of the file')),
                ('source', models.CharField(max_length=200, verbose_name='where the details are from')),
                ('helper', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='brought_by', to='neighbours.helper', verbose_name='neighbour helper')),
                ('helper_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='brought', to='neighbours.helperlist', verbose_name='list')),
            ],
            options={
                'verbose_name': 'helper from a list',
                'verbose_name_plural': 'helpers from lists',
            },
        ),
        migrations.CreateModel(
            name='HelperListStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_state', models.CharField(blank=True, max_length=20, verbose_name='was')),
                ('to_state', models.CharField(max_length=20, verbose_name='became')),
                ('at', models.DateTimeField(verbose_name='moved at')),
                ('why', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('changed', models.JSONField(blank=True, encoder=django.core.serializers.json.DjangoJSONEncoder, null=True, verbose_name='changed')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='moved by')),
                ('helper_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='neighbours.helperlist')),
            ],
            options={
                'verbose_name': 'step',
                'verbose_name_plural': 'steps',
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='helperlist',
            constraint=models.UniqueConstraint(fields=('partnership', 'submission'), name='helper_list_read_once'),
        ),
        migrations.AddConstraint(
            model_name='helperlist',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('added__isnull', True), ('added_at__isnull', True), ('removed__isnull', True), ('state', 'read')), models.Q(('added__isnull', False), ('added_at__isnull', False), ('removed__isnull', True), ('state', 'added')), models.Q(('added__isnull', False), ('added_at__isnull', False), ('removed__isnull', False), ('state', 'taken_back')), _connector='OR'), name='helper_list_state_has_its_numbers'),
        ),
        migrations.AddConstraint(
            model_name='helperliststep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('from_state', ''), ('to_state__in', ['read'])), models.Q(('from_state', 'read'), ('to_state__in', ['added'])), models.Q(('from_state', 'added'), ('to_state__in', ['taken_back'])), _connector='OR'), name='helper_list_step_is_allowed'),
        ),
        migrations.AddConstraint(
            model_name='helperliststep',
            constraint=models.UniqueConstraint(condition=models.Q(('from_state', '')), fields=('helper_list',), name='helper_list_step_begins_once'),
        ),
    ]

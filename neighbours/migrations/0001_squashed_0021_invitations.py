import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


from partnership import cases


STEPS = {"steps": "neighbours_helperstep", "case": "neighbours_helper", "key": "helper_id"}


class Migration(migrations.Migration):
    replaces = [
        ("neighbours", "0001_helpers"),
        ("neighbours", "0002_steps_are_only_added"),
        ("neighbours", "0003_steps_like_those_of_every_case"),
        ("neighbours", "0004_steps_are_guarded_like_those_of_every_case"),
        ("neighbours", "0005_plain_words"),
        ("neighbours", "0006_names_in_the_administration"),
        ("neighbours", "0007_when_another_address_was_typed"),
        ("neighbours", "0008_steps_say_what_was_changed"),
        ("neighbours", "0009_corrections_are_steps"),
        ("neighbours", "0010_told_in_person_or_by_email"),
        ("neighbours", "0011_where_who_comes_back_lives"),
        ("neighbours", "0012_name_as_it_was_typed"),
        ("neighbours", "0013_asked_to_be_shown_to_the_naboven"),
        ("neighbours", "0014_who_joined_before_stays_shown"),
        ("neighbours", "0015_asks_for_protection"),
        ("neighbours", "0016_medium"),
        ("neighbours", "0017_one_word_for_email"),
        ("neighbours", "0018_members_before_and_where_they_heard"),
        ("neighbours", "0019_form_of_a_correction"),
        ("neighbours", "0020_asked_after_six_months"),
        ("neighbours", "0021_invitations"),
    ]

    initial = True

    dependencies = [
        ('people', '0001_squashed_0035_details_that_staff_write_down'),
        ('places', '0001_squashed_0009_what_an_area_fact_counts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Helper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('pending', 'waiting for the link in the email'), ('confirmed', 'neighbour helper'), ('left', 'has left')], default='pending', max_length=10, verbose_name='state')),
                ('medium', models.CharField(choices=[('web', 'on the web'), ('paper', 'on paper'), ('phone', 'by telephone'), ('person', 'in person'), ('email', 'by email')], default='web', max_length=10, verbose_name='joined how')),
                ('joined_at', models.DateTimeField(help_text='When the person last asked to join', verbose_name='joined on')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed on')),
                ('left_at', models.DateTimeField(blank=True, null=True, verbose_name='left on')),
                ('replaced_at', models.DateTimeField(editable=False, help_text='When the person typed another email address on the receipt', null=True)),
                ('asked_on', models.DateField(blank=True, editable=False, help_text='After six months without an activity; once, until they have done something again', null=True, verbose_name='asked whether still a helper on')),
                ('submission', models.UUIDField(help_text='Drawn with the form: a double click counts once')),
                ('name', models.CharField(blank=True, db_default='', default='', editable=False, help_text='As it was typed, until the link is used', max_length=80, verbose_name='name')),
                ('asks_protection', models.BooleanField(db_default=False, default=False, editable=False, help_text='Name and address protection was ticked in the form; it counts when the link is used')),
                ('was_helper', models.BooleanField(blank=True, help_text='In the country’s own neighbour service, before joining here; empty: not asked', null=True, verbose_name='was a helper before')),
                ('heard_from', models.CharField(blank=True, choices=[('neighbour', 'From a neighbour or somebody I know'), ('poster', 'On a poster, a sign or a leaflet'), ('invitation', 'By an invitation from a neighbour helper'), ('talk', 'At a talk or a meeting'), ('news', 'In a newspaper, on the radio or on television'), ('web', 'On the web or on social media'), ('authority', 'From the municipality or the police'), ('other', 'Somewhere else')], db_default='', default='', max_length=10, verbose_name='heard of it')),
                ('invitation', models.CharField(blank=True, editable=False, max_length=10, null=True, unique=True, verbose_name='code of the invitation')),
                ('made_person', models.BooleanField(default=False, help_text='We did not know the person before they asked to join', verbose_name='new to us')),
                ('asked_to_be_shown', models.ForeignKey(blank=True, help_text='Empty if the person did not tick them; they become a consent with the others', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.wording', verbose_name='words about the Naboven agreed to')),
                ('asked_wording', models.ForeignKey(blank=True, help_text='The words the person ticked; they become a consent when the address is confirmed', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.wording', verbose_name='words agreed to')),
                ('household', models.ForeignKey(blank=True, help_text='Let go of when the helper leaves; then that of who asks to come back, until they have confirmed', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='helpers', to='places.household', verbose_name='household')),
                ('invited_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='invited', to='neighbours.helper', verbose_name='invited by')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='helpers', to='places.partnership', verbose_name='partnership')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='helper', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'neighbour helper',
                'verbose_name_plural': 'neighbour helpers',
            },
        ),
        migrations.CreateModel(
            name='HelperStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_state', models.CharField(blank=True, max_length=20, verbose_name='was')),
                ('to_state', models.CharField(max_length=20, verbose_name='became')),
                ('at', models.DateTimeField(verbose_name='moved at')),
                ('why', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('changed', models.JSONField(blank=True, encoder=django.core.serializers.json.DjangoJSONEncoder, null=True, verbose_name='changed')),
                ('medium', models.CharField(choices=[('web', 'on the web'), ('paper', 'on paper'), ('phone', 'by telephone'), ('person', 'in person'), ('email', 'by email')], max_length=10, verbose_name='joined how')),
                ('submission', models.UUIDField(blank=True, help_text='Drawn with the form: a double click counts once', null=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='moved by')),
                ('helper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='neighbours.helper')),
            ],
            options={
                'verbose_name': 'step',
                'verbose_name_plural': 'steps',
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='helper',
            index=models.Index(fields=['partnership', 'state'], name='helper_by_state'),
        ),
        migrations.AddConstraint(
            model_name='helper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('left_at__isnull', True), ('state', 'pending')), models.Q(('confirmed_at__isnull', False), ('left_at__isnull', True), ('state', 'confirmed')), models.Q(('left_at__isnull', False), ('state', 'left')), _connector='OR'), name='helper_state_has_its_times'),
        ),
        migrations.AddConstraint(
            model_name='helper',
            constraint=models.UniqueConstraint(condition=models.Q(('medium__in', ['paper', 'phone'])), fields=('partnership', 'submission'), name='helper_slip_typed_once'),
        ),
        migrations.AddIndex(
            model_name='helperstep',
            index=models.Index(fields=['by', 'at'], name='helper_step_by_staff'),
        ),
        migrations.AddConstraint(
            model_name='helperstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('from_state', ''), ('to_state__in', ['pending', 'confirmed'])), models.Q(('from_state', 'pending'), ('to_state__in', ['confirmed', 'left', 'pending'])), models.Q(('from_state', 'confirmed'), ('to_state__in', ['left', 'confirmed'])), models.Q(('from_state', 'left'), ('to_state__in', ['pending', 'confirmed'])), _connector='OR'), name='helper_step_is_allowed'),
        ),
        migrations.AddConstraint(
            model_name='helperstep',
            constraint=models.UniqueConstraint(condition=models.Q(('from_state', '')), fields=('helper',), name='helper_step_begins_once'),
        ),
        migrations.AddConstraint(
            model_name='helperstep',
            constraint=models.UniqueConstraint(fields=('helper', 'by', 'submission'), name='helper_step_once_for_a_form'),
        ),
        cases.append_only(**STEPS),
        cases.state_is_newest_step(**STEPS),
    ]

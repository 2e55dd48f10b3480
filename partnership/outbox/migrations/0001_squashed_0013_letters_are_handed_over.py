import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


from partnership import cases





class Migration(migrations.Migration):
    replaces = [
        ("outbox", "0001_messages"),
        ("outbox", "0002_mail_server_and_pace"),
        ("outbox", "0003_channels_bounces_and_letters"),
        ("outbox", "0004_number_codes"),
        ("outbox", "0005_no_addresses_in_reasons"),
        ("outbox", "0006_steps_are_only_added"),
        ("outbox", "0007_one_spelling_for_each_mailbox"),
        ("outbox", "0008_names_in_the_administration"),
        ("outbox", "0009_waiting_messages_are_not_sent_yet"),
        ("outbox", "0010_where_a_message_was_sent"),
        ("outbox", "0011_mailbox_of_a_message"),
        ("outbox", "0012_position_of_a_letter"),
        ("outbox", "0013_letters_are_handed_over"),
    ]

    initial = True

    dependencies = [
        ('places', '0001_squashed_0009_what_an_area_fact_counts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MailServer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Host and port', max_length=120, unique=True)),
                ('failures', models.PositiveIntegerField(default=0, help_text='In a row')),
                ('down_since', models.DateTimeField(blank=True, null=True)),
                ('probe_at', models.DateTimeField(blank=True, help_text='Until then nobody tries; then one, with one', null=True)),
                ('reason', models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='Pace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('domain', models.CharField(max_length=253, unique=True)),
                ('minute_at', models.DateTimeField()),
                ('asked', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Suppression',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('reason', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Bounce',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('kind', models.CharField(choices=[('hard', 'the address does not work'), ('soft', 'did not arrive this time'), ('complaint', 'the reader called it unwanted')], max_length=10)),
                ('status', models.CharField(blank=True, help_text='What the server said: 5.1.1', max_length=12)),
                ('at', models.DateTimeField()),
                ('report', models.CharField(help_text='Which message it is about, and what of it', max_length=80, unique=True)),
            ],
            options={
                'indexes': [models.Index(fields=['digest', 'at'], name='bounce_of_address')],
            },
        ),
        migrations.CreateModel(
            name='LetterBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('made_at', models.DateTimeField()),
                ('pdf', models.BinaryField(default=bytes, help_text='Emptied when it need not be printed again')),
                ('handed_over_at', models.DateTimeField(blank=True, help_text='When staff handed it over to the post', null=True)),
                ('handed_over_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letter_batches', to='places.partnership')),
            ],
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, unique=True, verbose_name='key')),
                ('kind', models.CharField(max_length=60, verbose_name='kind')),
                ('priority', models.PositiveSmallIntegerField(choices=[(1, 'someone is waiting for it now'), (5, "about something of the reader’s own"), (9, 'the same to many')], default=5, verbose_name='priority')),
                ('mailbox', models.EmailField(blank=True, help_text='Only where the reader is nobody we know', max_length=254)),
                ('language', models.CharField(blank=True, help_text="Empty: the reader’s own", max_length=2)),
                ('about', models.JSONField(default=dict, help_text='Ids of what it speaks of; emptied when it is done')),
                ('created_at', models.DateTimeField(verbose_name='written at')),
                ('due_at', models.DateTimeField(verbose_name='due at')),
                ('expires_at', models.DateTimeField(blank=True, help_text='Better unsent than absurdly late', null=True, verbose_name='too late after')),
                ('forget_after', models.DateTimeField(help_text='The row is deleted after this moment', verbose_name='deleted after')),
                ('state', models.CharField(choices=[('queued', 'not sent yet'), ('claimed', 'being sent'), ('retry', 'will be tried again'), ('paper', 'waiting to be printed'), ('sent', 'sent'), ('failed', 'failed'), ('withdrawn', 'withdrawn'), ('expired', 'too late to send')], default='queued', max_length=10, verbose_name='state')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('try_at', models.DateTimeField(help_text='Next attempt; at first the due time', verbose_name='next attempt')),
                ('claimed_until', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended at')),
                ('sent_to', models.CharField(blank=True, db_default='', default='', editable=False, help_text='Keyed hash of the address', max_length=64)),
                ('reason', models.CharField(blank=True, help_text='Why it is not sent, or not yet', max_length=200, verbose_name='why')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='places.partnership')),
                ('recipient', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'message',
                'verbose_name_plural': 'messages',
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(help_text='First, second, … in the pile')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='outbox.letterbatch')),
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='letter', to='outbox.message')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='MessageStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('tried_again', 'tried again'), ('sent_now', 'sent at once'), ('withdrawn', 'withdrawn'), ('lifted', 'address allowed again')], max_length=12)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='outbox.message')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='NumberCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=64)),
                ('code', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='number_codes', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='letterbatch',
            constraint=models.UniqueConstraint(fields=('partnership', 'number'), name='letter_batch_numbered_once'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(models.F('priority'), models.F('try_at'), models.F('id'), condition=models.Q(('state__in', ['queued', 'claimed', 'retry'])), name='message_open'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(django.db.models.functions.text.Upper('mailbox'), condition=models.Q(('mailbox', ''), _negated=True), name='message_by_mailbox'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('recipient__isnull', False), models.Q(('mailbox', ''), _negated=True), models.Q(('state__in', ['queued', 'claimed', 'retry', 'paper']), _negated=True), _connector='OR'), name='message_has_a_reader'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('claimed_until__isnull', False), ('state', 'claimed')), models.Q(models.Q(('state', 'claimed'), _negated=True), ('claimed_until__isnull', True)), _connector='OR'), name='message_claim_has_an_end'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state__in', ['queued', 'claimed', 'retry', 'paper'])), models.Q(('ended_at__isnull', False), ('state__in', ['sent', 'failed', 'withdrawn', 'expired'])), _connector='OR'), name='message_ends_once'),
        ),
        migrations.AddIndex(
            model_name='numbercode',
            index=models.Index(fields=['number', 'at'], name='number_code_of_number'),
        ),
        cases.append_only(steps="outbox_messagestep", case="outbox_message", key="message_id"),
    ]

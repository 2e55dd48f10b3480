import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("advice", "0001_articles"),
        ("advice", "0002_a_strong_association"),
        ("advice", "0003_a_strong_correlation"),
        ("advice", "0004_common_sense"),
        ("advice", "0005_homeowners_and_strong_association"),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='address')),
                ('topic', models.CharField(choices=[('home', 'Doors, windows and light'), ('neighbours', 'Together with the neighbours'), ('habits', 'Everyday habits'), ('after', 'After a burglary'), ('flats', 'Flats and shared entrances'), ('marking', 'Marking and valuables')], max_length=12, verbose_name='topic')),
                ('grade', models.CharField(choices=[('strong', 'Strong association'), ('promising', 'Promising'), ('mixed', 'Mixed results'), ('none', 'No effect found'), ('practice', 'Common sense')], max_length=12, verbose_name='how sure we are')),
                ('who', models.CharField(choices=[('owner', 'Homeowners'), ('tenant', 'Tenants'), ('both', 'Everyone, owner or tenant')], max_length=6, verbose_name='for whom')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='minutes it takes')),
                ('order', models.PositiveSmallIntegerField(verbose_name='order in its topic')),
                ('reviewed_on', models.DateField(verbose_name='last reviewed on')),
            ],
            options={
                'verbose_name': 'article',
                'verbose_name_plural': 'articles',
                'constraints': [models.CheckConstraint(condition=models.Q(('topic__in', ['home', 'neighbours', 'habits', 'after', 'flats', 'marking'])), name='advice_article_topic_known'), models.CheckConstraint(condition=models.Q(('grade__in', ['strong', 'promising', 'mixed', 'none', 'practice'])), name='advice_article_grade_known'), models.CheckConstraint(condition=models.Q(('who__in', ['owner', 'tenant', 'both'])), name='advice_article_who_known')],
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=2)),
                ('word', models.CharField(max_length=100)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('language', 'word'), name='advice_word_once_a_language')],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('da', 'Dansk'), ('sv', 'Svenska'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('summary', models.CharField(max_length=300, verbose_name='summary')),
                ('grade_note', models.TextField(verbose_name='why we are that sure')),
                ('price', models.CharField(blank=True, max_length=120, verbose_name='price')),
                ('keywords', models.CharField(max_length=600, verbose_name='other words people search for')),
                ('body', models.TextField(verbose_name='text (Markdown)')),
                ('sources', models.JSONField(default=list, verbose_name='sources')),
                ('file_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('corrected_at', models.DateTimeField(editable=False, null=True, verbose_name='corrected by staff at')),
                ('front_parts', models.TextField(default='', editable=False)),
                ('body_words', models.TextField(default='', editable=False)),
                ('document', models.GeneratedField(db_persist=True, expression=models.Case(models.When(language='da', then=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('title', config='danish', weight='A'), '||', django.contrib.postgres.search.SearchVector('keywords', config='danish', weight='B'), django.contrib.postgres.search.SearchConfig('danish')), '||', django.contrib.postgres.search.SearchVector('front_parts', config='danish', weight='B'), django.contrib.postgres.search.SearchConfig('danish')), '||', django.contrib.postgres.search.SearchVector('summary', config='danish', weight='C'), django.contrib.postgres.search.SearchConfig('danish')), '||', django.contrib.postgres.search.SearchVector('body_words', config='danish', weight='D'), django.contrib.postgres.search.SearchConfig('danish'))), models.When(language='sv', then=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('title', config='swedish', weight='A'), '||', django.contrib.postgres.search.SearchVector('keywords', config='swedish', weight='B'), django.contrib.postgres.search.SearchConfig('swedish')), '||', django.contrib.postgres.search.SearchVector('front_parts', config='swedish', weight='B'), django.contrib.postgres.search.SearchConfig('swedish')), '||', django.contrib.postgres.search.SearchVector('summary', config='swedish', weight='C'), django.contrib.postgres.search.SearchConfig('swedish')), '||', django.contrib.postgres.search.SearchVector('body_words', config='swedish', weight='D'), django.contrib.postgres.search.SearchConfig('swedish'))), default=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('title', config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector('keywords', config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector('front_parts', config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector('summary', config='english', weight='C'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector('body_words', config='english', weight='D'), django.contrib.postgres.search.SearchConfig('english'))), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='editions', to='advice.article', verbose_name='article')),
            ],
            options={
                'verbose_name': 'edition',
                'verbose_name_plural': 'editions',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['document'], name='advice_edition_document')],
                'constraints': [models.UniqueConstraint(fields=('article', 'language'), name='advice_one_edition_a_language'), models.CheckConstraint(condition=models.Q(('language__in', ['da', 'sv', 'en'])), name='advice_edition_language_known')],
            },
        ),
    ]

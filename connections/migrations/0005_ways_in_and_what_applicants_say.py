from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('connections', '0004_supplies_have_a_line_of_their_own'),
    ]

    operations = [
        migrations.AddField(
            model_name='application',
            name='is_at_government_hall',
            field=models.BooleanField(default=False, verbose_name='taken at the government hall'),
        ),
        migrations.AddField(
            model_name='defect',
            name='told_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='mended, says the applicant'),
        ),
        migrations.AddField(
            model_name='worksentry',
            name='is_shown',
            field=models.BooleanField(default=False, verbose_name='the applicant sees the photos'),
        ),
    ]

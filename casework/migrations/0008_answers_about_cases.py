from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0007_lists_of_missing_papers")]

    operations = [
        migrations.AddField(
            model_name="answeredrequest",
            name="about",
            field=models.CharField(blank=True, default="", max_length=16),
            preserve_default=False,
        ),
    ]

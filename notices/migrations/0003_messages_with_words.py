from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_ways_and_digests")]

    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(condition=models.Q(("text", ""), _negated=True), fields=["created_at"], name="message_with_words"),
        ),
    ]

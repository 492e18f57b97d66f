from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_wechat_links"),
    ]

    operations = [
        migrations.AddField(
            model_name="wechatlink",
            name="linked_by",
            field=models.CharField(blank=True, default="", max_length=64, verbose_name="linked by"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="wechatlink",
            name="unlinked_by",
            field=models.CharField(blank=True, default="", max_length=64, verbose_name="unlinked by"),
            preserve_default=False,
        ),
    ]

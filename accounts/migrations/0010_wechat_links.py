import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_priority_register"),
    ]

    operations = [
        migrations.CreateModel(
            name="WeChatLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("appid", models.CharField(max_length=32, verbose_name="account at WeChat")),
                ("openid_sealed", models.TextField(blank=True, editable=False)),
                ("digest", models.CharField(blank=True, editable=False, max_length=64)),
                ("linked_at", models.DateTimeField(verbose_name="linked")),
                ("unlinked_at", models.DateTimeField(blank=True, null=True, verbose_name="unlinked")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="wechat_links", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "link to WeChat",
                "verbose_name_plural": "links to WeChat",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("unlinked_at__isnull", True)), fields=("digest",), name="a_wechat_opens_one_cabinet"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("unlinked_at__isnull", True)), fields=("user", "appid"), name="a_cabinet_has_one_wechat"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("unlinked_at__isnull", True), models.Q(("digest", ""), _negated=True)),
                            models.Q(("digest", ""), ("openid_sealed", ""), ("unlinked_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_ended_link_to_wechat_names_nobody",
                    ),
                ],
            },
        ),
    ]

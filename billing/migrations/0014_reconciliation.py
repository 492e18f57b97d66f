import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_priority_register"),
        ("billing", "0013_days_signed_by_two"),
        ("casework", "0009_matters_of_cases"),
    ]

    operations = [
        migrations.CreateModel(
            name="Break",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=14, unique=True, verbose_name="reference")),
                ("key", models.CharField(max_length=100, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("missing_here", "paid there, not here"),
                            ("missing_there", "paid here, not there"),
                            ("amount", "another amount there than here"),
                            ("not_posted", "paid, but not so in the ledger"),
                            ("not_delivered", "paid, but not delivered"),
                            ("delivered_unpaid", "delivered, but not paid there"),
                            ("refund_missing", "given back here, not there"),
                            ("refund_extra", "given back there, not here"),
                            ("fee", "another fee than agreed"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "provider",
                    models.CharField(
                        choices=[("wechat", "WeChat Pay"), ("alipay", "Alipay"), ("bank", "bank transfer")],
                        max_length=8,
                        verbose_name="provider",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("asked", "waiting for approval"),
                            ("under_way", "being carried out"),
                            ("settled", "settled"),
                        ],
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0)),
                ("day", models.DateField(verbose_name="day")),
                ("there", models.BigIntegerField(null=True, verbose_name="there")),
                ("here", models.BigIntegerField(null=True, verbose_name="here")),
                ("found_at", models.DateTimeField(verbose_name="found")),
                (
                    "action",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("deliver", "deliver"),
                            ("refund", "give the money back"),
                            ("assign", "use the money for an account or a bill"),
                            ("write_off", "write it off"),
                            ("explain", "no money is missing: it is explained"),
                        ],
                        max_length=9,
                        verbose_name="what is to be done",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="why")),
                ("asked_by", models.CharField(blank=True, max_length=64)),
                ("asked_at", models.DateTimeField(null=True, verbose_name="asked")),
                ("decided_by", models.CharField(blank=True, max_length=64)),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="settled")),
            ],
            options={
                "verbose_name": "reconciliation break",
                "verbose_name_plural": "reconciliation breaks",
            },
        ),
        migrations.CreateModel(
            name="Payout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "provider",
                    models.CharField(
                        choices=[("wechat", "WeChat Pay"), ("alipay", "Alipay"), ("bank", "bank transfer")],
                        max_length=8,
                        verbose_name="provider",
                    ),
                ),
                ("amount", models.PositiveBigIntegerField(verbose_name="amount")),
                ("day", models.DateField(verbose_name="on the account since")),
                ("slip", models.CharField(max_length=40, verbose_name="number at the bank")),
                ("at", models.DateTimeField(verbose_name="noted")),
                ("by", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "payout of a provider",
                "verbose_name_plural": "payouts of providers",
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "provider",
                    models.CharField(
                        choices=[("wechat", "WeChat Pay"), ("alipay", "Alipay"), ("bank", "bank transfer")],
                        max_length=8,
                        verbose_name="provider",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("fetched", "fetched from the provider"), ("uploaded", "handed in by hand")],
                        max_length=8,
                        verbose_name="source",
                    ),
                ),
                ("first_day", models.DateField(verbose_name="from")),
                ("last_day", models.DateField(verbose_name="until")),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("size", models.PositiveIntegerField(verbose_name="bytes")),
                ("payments", models.PositiveIntegerField(verbose_name="payments")),
                ("paid", models.BigIntegerField(verbose_name="paid")),
                ("refunds", models.PositiveIntegerField(verbose_name="refunds")),
                ("refunded", models.BigIntegerField(verbose_name="given back")),
                ("fees", models.BigIntegerField(verbose_name="fees")),
                ("fresh", models.PositiveIntegerField(verbose_name="new to us")),
                ("fresh_fees", models.BigIntegerField(verbose_name="fees of what was new")),
                ("bad", models.JSONField(default=list, verbose_name="not read")),
                ("at", models.DateTimeField(verbose_name="taken over")),
                ("by", models.CharField(max_length=64)),
                ("compared_at", models.DateTimeField(null=True, verbose_name="compared with our books")),
            ],
            options={
                "verbose_name": "statement of a provider",
                "verbose_name_plural": "statements of providers",
            },
        ),
        migrations.CreateModel(
            name="StatementLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "provider",
                    models.CharField(
                        choices=[("wechat", "WeChat Pay"), ("alipay", "Alipay"), ("bank", "bank transfer")],
                        max_length=8,
                        verbose_name="provider",
                    ),
                ),
                ("kind", models.CharField(choices=[("payment", "payment"), ("refund", "refund")], max_length=8, verbose_name="kind")),
                ("transaction", models.CharField(max_length=64, verbose_name="number of the provider")),
                ("order_number", models.CharField(max_length=64, verbose_name="our reference, as the provider gave it")),
                ("refund_number", models.CharField(blank=True, max_length=64, verbose_name="our refund, as the provider gave it")),
                ("amount", models.PositiveBigIntegerField(verbose_name="amount")),
                ("fee", models.BigIntegerField(verbose_name="fee")),
                ("at", models.DateTimeField(verbose_name="at")),
            ],
            options={
                "verbose_name": "row of a statement",
                "verbose_name_plural": "rows of statements",
            },
        ),
        migrations.AlterField(
            model_name="posting",
            name="kind",
            field=models.CharField(
                choices=[
                    ("payment", "payment taken"),
                    ("delivery", "volume written to a card"),
                    ("undelivery", "volume taken off a card"),
                    ("refund", "money given back"),
                    ("float", "float put into a till"),
                    ("hand_in", "till handed in"),
                    ("over_short", "cash over or short"),
                    ("compensation", "compensation credited"),
                    ("billed", "month billed"),
                    ("bill_paid", "bill paid"),
                    ("held_in", "money held that nobody can use"),
                    ("assigned", "held money assigned"),
                    ("settlement", "money paid out by a provider"),
                    ("write_off", "written off"),
                    ("deposit", "cash taken to the bank"),
                    ("fee", "fee of a provider"),
                    ("comp_back", "compensation taken back"),
                ],
                max_length=12,
                verbose_name="kind",
            ),
        ),
        migrations.AddField(
            model_name="break",
            name="owner",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="breaks", to="accounts.staff", verbose_name="owner"
            ),
        ),
        migrations.AddField(
            model_name="break",
            name="payment",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="breaks", to="billing.providerpayment"
            ),
        ),
        migrations.AddField(
            model_name="break",
            name="posting",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="settles", to="billing.posting"
            ),
        ),
        migrations.AddField(
            model_name="break",
            name="refund",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="breaks", to="billing.refund"),
        ),
        migrations.AddField(
            model_name="break",
            name="timeline",
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="ledger_break", to="casework.timeline"),
        ),
        migrations.AddField(
            model_name="break",
            name="top_up",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="breaks", to="billing.topup"),
        ),
        migrations.AddField(
            model_name="payout",
            name="posting",
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="payout", to="billing.posting"),
        ),
        migrations.AddField(
            model_name="statement",
            name="posting",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="statement", to="billing.posting"
            ),
        ),
        migrations.AddField(
            model_name="statementline",
            name="statement",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="billing.statement"),
        ),
        migrations.AddField(
            model_name="break",
            name="line",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="breaks", to="billing.statementline"
            ),
        ),
        migrations.AddConstraint(
            model_name="payout",
            constraint=models.UniqueConstraint(fields=("provider", "slip"), name="a_payout_is_noted_once"),
        ),
        migrations.AddConstraint(
            model_name="payout",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="a_payout_moves_something"),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(fields=("provider", "first_day", "digest"), name="a_statement_is_taken_over_once"),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.UniqueConstraint(
                fields=("provider", "kind", "transaction", "refund_number"), name="a_row_of_a_statement_is_kept_once"
            ),
        ),
        migrations.AddIndex(
            model_name="break",
            index=models.Index(condition=models.Q(("ended_at__isnull", True)), fields=["found_at"], name="break_to_settle"),
        ),
        migrations.AddConstraint(
            model_name="break",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", False), ("status", "settled")),
                    models.Q(models.Q(("status", "settled"), _negated=True), ("ended_at__isnull", True)),
                    _connector="OR",
                ),
                name="a_settled_break_says_since_when",
            ),
        ),
    ]

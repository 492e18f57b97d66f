from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("billing", "0016_why_money_goes_back")]

    operations = [
        migrations.RemoveConstraint(model_name="statementline", name="a_row_of_a_statement_is_kept_once"),
        migrations.AddField(
            model_name="statementline",
            name="source",
            field=models.CharField(
                choices=[("fetched", "fetched from the provider"), ("uploaded", "handed in by hand")],
                default="uploaded",
                max_length=8,
                verbose_name="source",
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.UniqueConstraint(
                fields=("provider", "kind", "transaction", "refund_number", "source"), name="a_row_of_a_source_is_kept_once"
            ),
        ),
    ]

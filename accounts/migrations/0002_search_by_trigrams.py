"""PostgreSQL finds any part of ``Account.search`` by an index over trigrams; SQLite reads the column and needs nothing.

The extension pg_trgm ships with PostgreSQL and is a trusted one: the owner of the database may create it. Where that is
forbidden, search works without the index, slower, and docs/operate.md says what an administrator types.
"""

import logging

from django.db import migrations, transaction
from django.db.utils import DatabaseError

_log = logging.getLogger(__name__)
_INDEX = "account_search_by_trigrams"


def add_index(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {_INDEX} ON accounts_account USING gin (search gin_trgm_ops)")
    except DatabaseError as refusal:
        _log.warning("search goes on without its trigram index: %s", refusal)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {_INDEX}")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(add_index, drop_index)]

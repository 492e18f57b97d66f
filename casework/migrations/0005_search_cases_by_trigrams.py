"""PostgreSQL finds any part of ``Case.search`` by an index over trigrams; SQLite reads the column and needs nothing.

Where the extension pg_trgm is forbidden, search works without the index, slower (accounts.0002 says more).
"""

import logging

from django.db import migrations, transaction
from django.db.utils import DatabaseError

_log = logging.getLogger(__name__)
_INDEX = "case_search_by_trigrams"


def add_index(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {_INDEX} ON casework_case USING gin (search gin_trgm_ops)")
    except DatabaseError as refusal:
        _log.warning("search goes on without its trigram index: %s", refusal)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {_INDEX}")


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_journal_roots"), ("accounts", "0002_search_by_trigrams")]
    operations = [migrations.RunPython(add_index, drop_index)]

"""How many statements something took. Savepoints are not counted: inside a test every transaction is one."""

from django.test.utils import CaptureQueriesContext

_NO_STATEMENTS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


def statements(seen: CaptureQueriesContext) -> int:
    return sum(not query["sql"].startswith(_NO_STATEMENTS) for query in seen.captured_queries)

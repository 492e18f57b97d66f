"""Names for the actor labels that rows keep."""

from collections.abc import Iterable

from accounts.models import Staff


def names_of(labels: Iterable[str]) -> dict[str, str]:
    """Label -> name and number, for those that are staff; in one query."""
    keys = {int(label.removeprefix("user:")) for label in labels if label.startswith("user:")}
    return {f"user:{person.user_id}": str(person) for person in Staff.objects.filter(user_id__in=keys)} if keys else {}

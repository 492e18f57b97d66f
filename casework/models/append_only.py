from typing import Any, NoReturn

from django.db import models


class FrozenRow(Exception):
    """Somebody tried to change or delete a row that is only ever added to."""


class AppendOnlyQuerySet[M: models.Model](models.QuerySet[M]):
    """Insert and read; nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise FrozenRow(self.model.__name__)

    def delete(self) -> NoReturn:
        raise FrozenRow(self.model.__name__)


class AppendOnly(models.Model):
    """A row that is written once. A correction is a new row that refers to the old one."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise FrozenRow(type(self).__name__)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FrozenRow(type(self).__name__)

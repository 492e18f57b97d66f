from django.db import models


class AnsweredRequest(models.Model):
    """The answer to a request that carried an Idempotency-Key, stored in the transaction that carried it out.

    The same caller with the same key and the same words gets the same answer; with other words, a refusal. ``about`` is the reference of
    the case it tells of; when that is erased the body is emptied and the row stays, so that a repeat does nothing.
    """

    caller = models.CharField(max_length=64)
    key = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=64)
    status_code = models.PositiveSmallIntegerField()
    body = models.JSONField(null=True)
    about = models.CharField(max_length=16, blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["caller", "key"], name="a_key_is_answered_once_per_caller")]

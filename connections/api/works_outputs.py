"""What the API shows of the works of a connection."""

from typing import Any

from rest_framework import serializers

from ..models import Defect, GasOn, WorksEntry, WorksOrder
from ..queries.works import Works


class WorksOrderOutput(serializers.Serializer[WorksOrder]):
    """The order to build: with whom, since when, for when."""

    to = serializers.CharField(allow_blank=True)
    installer = serializers.CharField(source="installer.number", default=None, allow_null=True, help_text="staff number")
    taken_at = serializers.DateTimeField()
    dispatched_at = serializers.DateTimeField(allow_null=True)
    sent_out_at = serializers.DateTimeField(allow_null=True, help_text="with the installer since")
    ready_at = serializers.DateTimeField(allow_null=True, help_text="conditions of a main line there since")
    planned_for = serializers.DateTimeField(allow_null=True)
    installed_at = serializers.DateTimeField(allow_null=True)
    cancelled_at = serializers.DateTimeField(allow_null=True)


class WorksEntryOutput(serializers.Serializer[WorksEntry]):
    """An entry of the construction log; `photos` are tokens of files of the case."""

    id = serializers.IntegerField(source="pk")
    at = serializers.DateTimeField()
    staff = serializers.CharField(source="staff.number", default=None, allow_null=True, help_text="staff number")
    text = serializers.CharField()
    photos = serializers.SerializerMethodField()
    is_shown = serializers.BooleanField(help_text="the applicant sees the photos")

    def get_photos(self, entry: WorksEntry) -> list[str]:
        return [photo.token for photo in entry.photos.all()]


class DefectOutput(serializers.Serializer[Defect]):
    """Something that has to be mended. Open until it is checked; send `version` along to check it."""

    id = serializers.IntegerField(source="pk")
    grade = serializers.CharField()
    text = serializers.CharField()
    clause = serializers.CharField(allow_blank=True)
    party = serializers.CharField()
    photo = serializers.CharField(source="photo.token", default=None, allow_null=True, help_text="token of a file of the case")
    due_at = serializers.DateTimeField()
    found_at = serializers.DateTimeField()
    told_at = serializers.DateTimeField(allow_null=True, help_text="mended, says the applicant; staff look")
    mended_at = serializers.DateTimeField(allow_null=True)
    checked_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class GasOnOutput(serializers.Serializer[GasOn]):
    """What gas on made."""

    account = serializers.CharField(source="account.number")
    supply_contract = serializers.CharField()
    inspect_by = serializers.DateField(help_text="first safety check until")
    at = serializers.DateTimeField()


class WorksOutput(serializers.Serializer[Works]):
    """The works as they stand; the newest entry of the log first."""

    status = serializers.CharField(source="application.case.status", help_text="of the application")
    order = WorksOrderOutput(allow_null=True)
    log = WorksEntryOutput(many=True)
    defects = DefectOutput(many=True)
    gas_on = GasOnOutput(allow_null=True)


def shown(works: Works) -> Any:
    return WorksOutput(works).data

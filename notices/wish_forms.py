"""What somebody wants to be sent: each topic with each way, as ticks."""

from typing import Any

from django import forms

from .operations.refusing import Wishes
from .queries.refusals import TopicWays


class WishForm(forms.Form):
    """A row of ticks for each topic; a tick means: it comes this way. Nothing that is sent to it is wrong but a way we do not know."""

    def __init__(self, data: Any = None, *, table: list[TopicWays]) -> None:
        super().__init__(data)
        for row in table:
            self.fields[row.topic] = forms.MultipleChoiceField(
                label=row.name.capitalize(),
                required=False,
                choices=[(way.channel, way.name) for way in row.ways],
                initial=[way.channel for way in row.ways if way.comes],
                widget=forms.CheckboxSelectMultiple,
            )

    def wishes(self) -> Wishes:
        """What was ticked."""
        return {name: list(self.cleaned_data[name]) for name in self.fields}

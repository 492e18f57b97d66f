"""The link of a draft, as it is pasted or filled in by the page itself."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LinkForm(forms.Form):
    """The whole link, or what stands behind its #; of an older one what stands at its end."""

    link = forms.CharField(
        label=_("Link to your application"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "data-from-fragment": ""}),
    )

    def clean_link(self) -> str:
        """The secret."""
        said: str = self.cleaned_data["link"]
        return said.rpartition("#")[2].rstrip("/").rpartition("/")[2]

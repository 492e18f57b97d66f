"""How Django's own forms look: Bootstrap classes, an error summary that links to each field."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class BoundField(forms.BoundField):
    """A field that wears the right Bootstrap class and says when it is wrong."""

    def build_widget_attrs(self, attrs: Any, widget: Any = None) -> Any:
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        names = [widget.attrs.get("class", ""), _css_class(widget), "is-invalid" if self.errors else ""]
        attrs["class"] = " ".join(name for name in names if name)
        return attrs


def _css_class(widget: forms.Widget) -> str:
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return ""
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


class FormRenderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = BoundField

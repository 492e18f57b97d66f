"""Documents of Open311: the same content as JSON and as XML, with the names that the standard gives their parts."""

import json
import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from django.http import HttpResponse

FORMATS = ("json", "xml")
#: List -> what one of it is called; a list that is not here holds items of its singular.
_ONE_OF = {"services": "service", "service_requests": "request", "attributes": "attribute", "values": "value", "errors": "error"}
#: What XML 1.0 cannot hold, even escaped.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Refused(Exception):
    """A request that cannot be answered; each error is (status, sentence), and the first one's status is the answer's."""

    def __init__(self, *errors: tuple[int, str]) -> None:
        self.errors = errors
        super().__init__(errors[0][1])


def document(name: str, content: Any, form: str, *, status: int = 200) -> HttpResponse:
    """An answer: ``content`` is a mapping or a list of them, ``name`` the root of the XML. JSON has no root, as the standard says."""
    if form == "xml":
        root = ET.Element(name)
        _fill(root, content)
        body = ET.tostring(root, encoding="utf-8", xml_declaration=True)
        return HttpResponse(body, content_type="text/xml; charset=utf-8", status=status)
    text = json.dumps(content, ensure_ascii=False)
    return HttpResponse(text, content_type="application/json; charset=utf-8", status=status)


def refusal(error: Refused, form: str) -> HttpResponse:
    """What went wrong, as the standard has it."""
    found = [{"code": code, "description": sentence} for code, sentence in error.errors]
    return document("errors", found, form, status=error.errors[0][0])


def _fill(element: ET.Element, content: Any) -> None:
    if isinstance(content, Mapping):
        for name, value in content.items():
            _fill(ET.SubElement(element, name), value)
    elif isinstance(content, list):
        for one in content:
            _fill(ET.SubElement(element, _ONE_OF.get(element.tag, element.tag.removesuffix("s"))), one)
    elif isinstance(content, bool):
        element.text = str(content).lower()
    elif content is not None:
        element.text = _ILLEGAL.sub("", str(content))

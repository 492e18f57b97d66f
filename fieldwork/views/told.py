"""What a crew filled in on a form, as a deed."""

from typing import Any

from ..operations.deeds import Deed
from ..operations.evidence import Findings
from ..operations.work import NewWork


def deed_from(visit: int, verb: str, given: dict[str, Any]) -> Deed:
    """``given`` is what a form of forms/phone.py found right; its pictures go their own way."""
    if verb == "work":
        part, quantity = given["part"], int((given["quantity"] or 0) * 1_000)
        return Deed(
            visit=visit, verb=verb, work=NewWork(part=part.code if part else "", quantity_milli=quantity, minutes=given["minutes"] or 0)
        )
    if verb == "read_meter":
        return Deed(visit=visit, verb=verb, found=_found(given), litres=int(given["cubic_metres"] * 1_000))
    if verb == "sign":
        return Deed(visit=visit, verb=verb, found=Findings(note=given["name"]), code=given["code"])
    return Deed(visit=visit, verb=verb, found=_found(given), outcome=given.get("outcome", ""), reason=given.get("reason", ""))


def _found(given: dict[str, Any]) -> Findings:
    noted: dict[str, Any] = {"gas_ppm": given.get("gas_ppm"), "note": given.get("note", "")}
    if given["latitude"] is None or given["longitude"] is None:
        return Findings(**noted)
    accuracy = None if given["accuracy"] is None else round(given["accuracy"])
    return Findings(latitude=given["latitude"], longitude=given["longitude"], accuracy=accuracy, **noted)

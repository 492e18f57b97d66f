"""Personal data as a screen shows it until somebody with the right to asks for more."""

import phonenumbers


def mask_phone(number: str) -> str:
    """``**** 8000``: enough to recognise one's own, too little to ring."""
    digits = "".join(mark for mark in number if mark.isdigit())
    return f"**** {digits[-4:]}" if len(digits) >= 7 else "****"


def mask_name(name: str) -> str:
    """``李*`` or ``И***``: the first letter, for strangers who need to know that it is the right door."""
    return name[:1] + "*" * min(max(len(name) - 1, 1), 3)


def mask_email(address: str) -> str:
    """``o***@example.org``: the house it goes to, not whose it is."""
    name, _at, host = address.partition("@")
    return f"{name[:1]}***@{host}"


def mask_identity(tail: str) -> str:
    """What is kept readable of an identity number."""
    return f"**** {tail}" if tail else ""


def format_phone(number: str) -> str:
    """As people of its country write it: ``138 0013 8000``, abroad with the country code."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)

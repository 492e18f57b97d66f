"""What tells of a person in words that are to be published: the detector, knowing the company's own phones, which everybody may read."""

from django.conf import settings

from .personal_data import Found, find, marking


def found_in(text: str) -> list[Found]:
    """What is found, in the order of the text; no two overlap."""
    return find(text, public=list(settings.COMPANY.values()))


def pieces(text: str) -> list[marking.Piece]:
    """The whole text in its order, what was found in it apart from the rest."""
    return marking.pieces(text, found_in(text))

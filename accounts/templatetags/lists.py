"""Lists of values in a line of text."""

from django import template

from ..listing import listed, parted

register = template.Library()
register.filter("listed", listed)
register.filter("parted", parted)

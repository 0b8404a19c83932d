"""What templates of the ground floor need of an appeal, by name alone."""

from django import template

from appeals import panel
from appeals.entries import Part
from appeals.models import Appeal

register = template.Library()


@register.filter
def parts(appeal: Appeal) -> list[Part]:
    """The appeal's own addresses, by what one does with them; no query where `appeal_addresses` is prefetched."""
    return [part for part in panel.parts_of(appeal).values() if part.entries]

"""The printed sheet: what paper needs that a screen does not."""

import segno
from django.utils.safestring import SafeString, mark_safe


def code(address: str) -> SafeString:
    """A QR code (ISO/IEC 18004, a seventh of it may be lost) as inline SVG of attributes alone, dark on white in any theme."""
    drawn = segno.make(address, error="m", micro=False)
    return mark_safe(drawn.svg_inline(omitsize=True, border=2, dark="#000", light="#fff", svgclass="code", lineclass=None))

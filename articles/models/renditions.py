"""Pictures inside a body, in as many widths as there are: a phone on a slow line takes the small one."""

import re

from django.conf import settings
from django.utils.html import format_html

# As nh3 writes it: every value in double quotes. Only files under MEDIA_URL pass the sanitiser.
IMAGE = re.compile(r'<img\b[^>]*?\ssrc="([^"]*)"[^>]*>')
ALT = re.compile(r'\salt="([^"]*)"')
SIZES = "(min-width: 62rem) 38rem, 90vw"


def with_renditions(html: str) -> str:
    """Stored HTML in which each picture of ours offers its renditions and says its size, so that no text jumps. At most one query."""
    from articles.models.pictures import Picture

    names = {found.removeprefix(settings.MEDIA_URL) for found in IMAGE.findall(html)}
    if not names:
        return html
    known = {picture.url: picture for picture in Picture.objects.filter(file__in=names)}

    def offered(image: re.Match[str]) -> str:
        picture = known.get(image[1])
        if picture is None or not picture.renditions:
            return image[0]
        alt = ALT.search(image[0])
        return format_html('<picture><source type="image/webp" srcset="{}" sizes="{}">', picture.webp, SIZES) + (
            f'<img src="{image[1]}" alt="{alt[1] if alt else ""}"'
            + format_html(' srcset="{}" sizes="{}" width="{}" height="{}" loading="lazy"></picture>', picture.jpeg, SIZES, picture.width, picture.height)
        )

    return IMAGE.sub(offered, html)

"""What the converter asks of a spool, answered by the site itself: for cleaning a post anew long after its import."""

from articles.models import OldAddress, Origin, Picture
from campaign.imports.addresses import split
from campaign.imports.entries import Attachment, Entry, Site
from campaign.imports.pictures import body_address
from campaign.imports.places import DEAD_FRAGMENT, host, path_and_number
from campaign.oldspellings import is_read


class Standing:
    """Stands for spool and places. `asked` tells that a post wanted what its export alone holds."""

    def __init__(self, origin: Origin) -> None:
        self.origin, self.asked = origin, False
        self.host = host(split(origin.url).netloc)

    def entry(self) -> Entry:
        markup = "wordpress" if self.origin.source.startswith("wordpress:") else "html"
        return Entry(self.origin.source, self.origin.entry_id, html=self.origin.html, markup=markup, url=self.origin.url)

    def sites(self) -> dict[str, Site]:
        return {self.origin.source: Site(self.origin.source, "", base_url=self.origin.url)}

    def picture(self, address: str) -> tuple[str, int | None] | None:
        picture = Picture.objects.filter(original=address).first()
        return (body_address(picture), picture.pk) if picture else None

    def attachment(self, _source: str, _identity: str) -> Attachment | None:
        self.asked = True
        return None

    def attachments_of(self, _source: str, _parent: str) -> list[Attachment]:
        self.asked = True
        return []

    def block(self, _source: str, _identity: str) -> str:
        self.asked = True
        return ""

    def find(self, _source: str, href: str) -> str | None:
        """The new address of a link within the old site."""
        parts = split(href.strip())
        here = parts.path.startswith("/") or (parts.query and not parts.path)
        ours = parts.scheme in ("", "http", "https") and (host(parts.netloc) == self.host if parts.netloc else here)
        path, _, query = path_and_number(parts).partition("?")
        if not ours or (path == "/" and not query):
            return None
        targets = OldAddress.objects.filter(path__in=[path, f"{path}/"], query=query).values_list("target", flat=True)
        target = next((one for one in targets if one.startswith("/appeals/") or is_read(one)), None)
        fragment = "" if DEAD_FRAGMENT.fullmatch(parts.fragment) else f"#{parts.fragment}"
        return f"{target}{fragment}" if target else None

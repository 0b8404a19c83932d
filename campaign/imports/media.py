"""Picture files at hand, found by the address they had: names were cut, numbered, encoded twice and resized on their way."""

import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from urllib.parse import unquote

from campaign.imports.addresses import split
from campaign.imports.sniff import What
from campaign.imports.sources import Member

SIZED = re.compile(r"(?:-\d{1,5}x\d{1,5}|-scaled|-rotated|-e\d{10,13})$")
SIDECAR_BYTES = 64 * 1024
ORIGINAL = 1000
"""Letters of an address that are kept."""
CUT_FROM = 40
"""Letters from which on a name may have been cut: Takeout's archives keep about 46."""


class Media:
    """Pictures by name; between those of one name the folders they lie in decide."""

    def __init__(self, members: Iterable[Member]) -> None:
        members = list(members)
        self.by_name: dict[str, list[Member]] = {}
        self.cut: dict[str, list[Member]] = {}
        sidecars = {member.name: member for member in members if member.name.endswith(".json")}
        for member in members:
            if member.what == What.PICTURE:
                self.add(member, full_name(sidecars.get(f"{member.name}.json")))

    def __bool__(self) -> bool:
        return bool(self.by_name)

    def add(self, member: Member, said: str) -> None:
        for name in {name_key(member.name), name_key(said) if said else ""} - {""}:
            self.by_name.setdefault(name, []).append(member)
            if len(name) >= CUT_FROM:
                self.cut.setdefault(name[:CUT_FROM], []).append(member)

    def find(self, address: str) -> Member | None:
        """The largest file of that name. None where nothing tells which of several different ones is meant."""
        path = PurePosixPath(unquote(unquote(split(address).path)))
        name = name_key(path.name)
        found = self.by_name.get(name) or [member for member in self.cut.get(name[:CUT_FROM], []) if name.startswith(stem_of(member))]
        if not name or not found:
            return None
        near = max(shared_folders(path, member) for member in found)
        found = [member for member in found if shared_folders(path, member) == near]
        if len({PurePosixPath(member.name).parent for member in found}) > 1 and len({member.size for member in found}) > 1:
            return None
        return max(found, key=lambda member: member.size)


def name_key(name: str) -> str:
    """A file's name without its size, with whatever is neither letter nor digit as "_": "Que raza+1-300x200.JPEG" → "que_raza_1.jpg"."""
    path = PurePosixPath(unquote(unquote(name)))
    stem = path.stem
    while (shorter := SIZED.sub("", stem)) != stem:
        stem = shorter
    return re.sub(r"\W", "_", stem.lower()) + path.suffix.lower().replace(".jpeg", ".jpg")


def stem_of(member: Member) -> str:
    return name_key(member.name).rpartition(".")[0]


def shared_folders(path: PurePosixPath, member: Member) -> int:
    """How many folders above the file are the same: uploads/2012/06 and site/uploads/2012/06 share three."""
    count = 0
    for mine, theirs in zip(reversed(path.parent.parts), reversed(PurePosixPath(member.name).parent.parts), strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def full_name(sidecar: Member | None) -> str:
    """The name a picture had before Takeout cut it, from the JSON beside it."""
    if sidecar is None:
        return ""
    with sidecar.open() as stream:
        try:
            said = json.loads(stream.read(SIDECAR_BYTES))
        except ValueError:
            return ""
    name = said.get("filename") or said.get("title") if isinstance(said, dict) else ""
    return name if isinstance(name, str) else ""


def key_of(address: str) -> str:
    """The address as it is kept: a data: URI by its digest."""
    return f"data:sha256,{hashlib.sha256(address.encode()).hexdigest()}" if address.startswith("data:") else address[:ORIGINAL]

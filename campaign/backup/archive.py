"""The file of a backup: a tar, and after its end one line with the SHA-256 of all that stands before it.

`tar` reads it too: it looks no further than its own end. No member is held in memory beyond a chunk, and no list of them is kept.
"""

import hashlib
import io
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Self

SEAL = re.compile(rb"sha256 ([0-9a-f]{64})\n")
SEAL_BYTES = 72
PIECE = 1024 * 1024


class BackupError(Exception):
    """A backup cannot be taken, or not be restored; the message says why and what to do."""


class Digesting:
    """A stream to write to, which knows the SHA-256 of what went through."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.digest = stream, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        return self.stream.write(data)


class Writer:
    """Writes forwards only: standard output will do. Seals what was written, unless an error ends it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.out = Digesting(stream)

    def __enter__(self) -> Self:
        self.tar = tarfile.open(fileobj=self.out, mode="w|")
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        stream = self.out.stream
        if kind:
            self.out.stream = io.BytesIO()  # tarfile, closing, would go on writing where nothing can be written
        self.tar.close()
        if kind is None:
            stream.write(f"sha256 {self.out.digest.hexdigest()}\n".encode())

    def add(self, name: str, content: IO[bytes], size: int) -> None:
        """OSError if there is less of it than was said."""
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self.tar.addfile(member, content)
        self.tar.members.clear()


def check(path: Path) -> None:
    """BackupError unless every byte is as it was written."""
    with path.open("rb") as file:
        left, digest = max(0, path.stat().st_size - SEAL_BYTES), hashlib.sha256()
        while piece := file.read(min(PIECE, left)):
            digest.update(piece)
            left -= len(piece)
        seal = SEAL.fullmatch(file.read())
    if not seal or seal[1].decode() != digest.hexdigest():
        raise BackupError("This is not a whole backup: it was cut or changed since it was written, or is something else. Nothing was restored.")


def members(file: IO[bytes]) -> Iterator[tuple[str, IO[bytes]]]:
    """Every member's name and content, in their order. Names are anybody's: the seal keeps damage out, not malice."""
    try:
        with tarfile.open(fileobj=file, mode="r:") as tar:
            while member := tar.next():
                if not member.isreg():
                    raise BackupError(f"{member.name} is not a plain file, as all in a backup are. Nothing was restored.")
                yield member.name, tar.extractfile(member)
                tar.members.clear()
    except tarfile.TarError as error:
        raise BackupError(f"This is no backup of ours ({error}). Nothing was restored.") from error

"""The mirror as a folder that is always whole: made aside, signed, and swapped in at once."""

import hashlib
import os
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from campaign.minisign import PublicKey, SecretKey, SignatureError
from campaign.mirror.crawl import File, MirrorError

SUMS, SIGNATURE, KEY = "SHA256SUMS", "SHA256SUMS.minisig", "mirror.pub"
UNSUMMED = {SUMS, SIGNATURE}
DATED = "mirror/index.html"


@dataclass
class Made:
    """What a run did."""

    files: int = 0
    written: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether the site has changed; the page that says when the mirror was made does not count."""
        return bool(set(self.written) - {DATED} or self.gone)


def check_target(target: Path) -> None:
    """Only an empty folder, none, or a mirror of ours may be written."""
    if target.exists() and not target.is_dir():
        raise MirrorError(f"{target} is a file. Name a folder.")
    if target.is_dir() and any(target.iterdir()) and not (target / SUMS).is_file():
        raise MirrorError(f"{target} is not empty and not a mirror. Name an empty folder, or one that this command has made.")


def write(target: Path, files: Iterable[File], key: SecretKey, comment: str) -> Made:
    """Writes the mirror beside `target` and swaps it in; a file that has not changed is the old file still.

    Whatever fails on the way (a full disk, a kill), the old mirror stands: what was made aside is thrown away, now or by the next run.
    """
    check_target(target)
    recover(target)
    aside = beside(target, "new")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        aside.mkdir(parents=True)
        made = fill(aside, target, files, key)
        sums = (aside / SUMS).read_bytes()
        if not made.changed and (target / SIGNATURE).is_file():
            shutil.rmtree(aside)
            return Made(made.files)
        (aside / SIGNATURE).write_text(key.sign(sums, comment))
        swap(aside, target)
    except BaseException as error:
        shutil.rmtree(aside, ignore_errors=True)
        if isinstance(error, OSError):
            raise MirrorError(f"The mirror could not be written ({error.strerror}). The old one stands as it was.") from error
        raise
    return made


def is_current(target: Path, state: str, key: PublicKey) -> bool:
    """Whether this folder is whole and was signed with this key when everything stood as it stands now (`campaign.mirror.state`)."""
    try:
        comment = signed(target, key)
    except (OSError, UnicodeDecodeError, SignatureError):
        return False
    return comment.endswith(f", state {state}") and verify(target, key) == []


def next_sequence(target: Path) -> int:
    """One more than the last signature's; it tells an old copy from a new one."""
    signature = target / SIGNATURE
    found = re.search(r"sequence (\d+)(?:, state [0-9a-f]+)?$", signature.read_text(), re.MULTILINE) if signature.is_file() else None
    return int(found[1]) + 1 if found else 1


def fill(aside: Path, old: Path, files: Iterable[File], key: SecretKey) -> Made:
    """The new mirror's files and the list of their sums."""
    made, sums = Made(), {}
    for file in chain(files, [File(KEY, key.public.text().encode())]):
        sums[file.name] = hashlib.sha256(file.content).hexdigest()
        if not take_over(old / file.name, aside / file.name, file.content):
            made.written.append(file.name)
    made.files = len(sums)
    made.gone = sorted(set(names(old)) - sums.keys() - UNSUMMED)
    (aside / SUMS).write_text("".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items(), key=lambda item: item[0])))
    return made


def take_over(old: Path, new: Path, content: bytes) -> bool:
    """Links the old file into the new mirror where its content is the same, and says so; writes the new one where it is not."""
    new.parent.mkdir(parents=True, exist_ok=True)
    if old.is_file() and old.stat().st_size == len(content) and old.read_bytes() == content:
        try:
            new.hardlink_to(old)
        except OSError:  # a stick's file system has no links
            shutil.copy2(old, new)
        return True
    new.write_bytes(content)
    return False


def beside(target: Path, what: str) -> Path:
    return target.with_name(f".{target.name}.{what}")


def swap(aside: Path, target: Path) -> None:
    """Two renames; `recover` mends what a kill between them leaves."""
    os.sync()
    old = beside(target, "old")
    if target.exists():
        target.rename(old)
    aside.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def recover(target: Path) -> None:
    old = beside(target, "old")
    if old.is_dir() and not target.exists():
        old.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def names(root: Path) -> Iterator[str]:
    """All that a mirror may hold, files, and whatever else stands there: a link into another folder, which would be served with it."""
    return (path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_symlink() or not path.is_dir())


def is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def printable(name: str) -> str:
    """Somebody else's file name, with no sign in it that would rewrite the screen it is named on."""
    return name if name.isprintable() else ascii(name)[1:-1]


def zip_of(target: Path) -> Path:
    return target.with_name(f"{target.name}.zip")


def zip_beside(target: Path) -> Path:
    """`mirror.zip`: the same files, for those who take it away in one piece."""
    final = zip_of(target)
    aside = beside(final, "new")
    with zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(names(target)):
            archive.write(target / name, f"{target.name}/{name}")
    aside.replace(final)
    return final


def verify(root: Path, key: PublicKey | None = None) -> list[str]:
    """What is wrong with a mirror, a sentence each; nothing if it is what was published.

    Without a key of the reader's own, the one in the folder is used, which shows only that the folder is whole.
    """
    try:
        signed(root, key)
    except FileNotFoundError as missing:
        return [f"{Path(missing.filename).name} is missing, so this folder cannot be checked."]
    except (SignatureError, UnicodeDecodeError) as error:
        return [str(error)]
    listed = {name: digest for digest, name in (line.split("  ", 1) for line in (root / SUMS).read_text().splitlines())}
    there = set(names(root)) - UNSUMMED
    wrong = [f"{name} is missing." for name in sorted(listed.keys() - there)]
    wrong += [f"{printable(name)} was added: it is not in the signed list." for name in sorted(there - listed.keys())]
    changed = (name for name in sorted(listed.keys() & there) if not is_plain(root / name) or sum_of(root / name) != listed[name])
    return wrong + [f"{name} was changed." for name in changed]


def signed(root: Path, key: PublicKey | None = None) -> str:
    """What was said when the list of files was signed: of which site it is, from when, and the how-manieth."""
    key = key or PublicKey.read((root / KEY).read_text())
    return key.verify((root / SUMS).read_bytes(), (root / SIGNATURE).read_text())


def sum_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()

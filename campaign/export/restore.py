"""An exported folder read back into an empty site: the same rows under the same numbers, for addresses and anchors hang on them.

What is made from what editors wrote (HTML, plain text, the search index, the side an address is on) is made again and never taken
from the folder: it may have been in anybody's hands.
"""

import hashlib
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import IntegrityError, connection, models

from appeals.models import Address, Appeal, AppealAddress, Channel
from articles.links import may_lead
from articles.models import Label, Labelling, OldAddress, Picture, Post, Revision, Update
from articles.models.renditions import with_renditions
from articles.pictures import FOLDER, folder, store
from campaign.export import tables
from campaign.export.folder import ABOUT, FORMAT, ExportError, files_of
from campaign.imports.parts import render_in_parts
from campaign.models import SiteProfile

SOME = 200
FILE = re.compile(rf"{FOLDER}/([0-9a-f]{{24}})-\d{{1,5}}\.(?:webp|jpg|png)", re.ASCII)
RENDERED = {Label: ("description", "description_html"), Update: ("text", "text_html")}
FIRST_ROWS = (SiteProfile,)
"""Tables whose one row is there from the beginning."""


def restore(root: Path) -> Counter[str]:
    """The whole of it or nothing. Counts what was read."""
    check(root)
    counts: Counter[str] = Counter()
    with Revision.one_bump():
        for name, model in tables.tables().items():
            counts[name] = sum(1 for _row in saved(rows_of(root, name, model), model))
        counts["posts and pages"] = restore_posts(root)
        try:
            AppealAddress.objects.all().keep_sides()
            connection.check_constraints()
        except IntegrityError as error:
            raise contradiction(error) from error
        counts["picture files"] = restore_pictures(root)
        renumber()
    return counts


def check(root: Path) -> None:
    try:
        about = json.loads((root / ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ExportError(f"{root} is no folder that manage.py export wrote: it has no {ABOUT} that can be read.") from error
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise ExportError(f"{root} was written by another version of this program, in a format that this one does not read.")
    full = [name for name, model in tables.tables().items() if model not in FIRST_ROWS and model._base_manager.exists()]
    if full or Post.objects.exists():
        raise ExportError(f"This site is not empty: it has {', '.join(full) or 'posts'}. Read the export into a new one (another VAR_DIR or DATABASE_URL).")


def rows_of(root: Path, name: str, model: type[models.Model]) -> Iterator[models.Model]:
    """A table that this folder lacks is empty: it was written before there was one."""
    path, fields = root / f"{name}.json", tables.fields_of(model)
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, 1):
            words = line.strip().rstrip(",")
            if words not in ("[", "]", "[]", ""):
                yield made(model, fields, lambda words=words: json.loads(words), f"{path.name}, line {number}")


def made(model: type[models.Model], fields: list[models.Field], read: Any, where: str) -> models.Model:
    try:
        row = tables.row_of(model, read(), fields)
        judged = {field.name for field in fields if not field.is_relation and getattr(row, field.attname) not in (None, "", [], {})}
        row.clean_fields(exclude={field.name for field in model._meta.fields} - judged)
        refuse_scripts(row)
    except (ValueError, TypeError, AttributeError, KeyError, ValidationError) as error:
        said = "; ".join(error.messages) if isinstance(error, ValidationError) else error
        raise ExportError(f"{where} is not as an export writes it ({said}). Nothing was read.") from error
    return row


def refuse_scripts(row: models.Model) -> None:
    """Addresses that pages print as links or lead to, in fields that no field's own check looks into."""
    if isinstance(row, OldAddress):
        row.clean()
    links: list[str] = [row.value] if isinstance(row, Address) and row.channel == Channel.WEB else []
    if isinstance(row, SiteProfile):
        links = [row.fund_link, *row.mirrors, *(link["url"] for link in row.links)]
    if wrong := [link for link in links if not may_lead(link)]:
        raise ValueError(f"“{wrong[0]}” is no address that a page may link")


def saved(rows: Iterable[models.Model], model: type[models.Model]) -> Iterator[models.Model]:
    """As they are, past what saving would do besides; what is worked out from other rows comes later."""
    for row in rows:
        if model in RENDERED:
            source, target = RENDERED[model]
            setattr(row, target, render_in_parts(getattr(row, source))[0].html)
        if model is AppealAddress:
            row.other_side = False
        save(row)
        yield row


def save(row: models.Model) -> None:
    try:
        row.save_base(raw=True, force_insert=not isinstance(row, FIRST_ROWS))
    except IntegrityError as error:
        raise contradiction(error) from error


def contradiction(error: IntegrityError) -> ExportError:
    return ExportError(f"The rows of this folder do not fit each other, and nothing was read: {error}")


def restore_posts(root: Path) -> int:
    """Each rendered as its appeal stands: one that is closed offers no address for writing."""
    closed = set(Appeal.objects.order_by().filter(closed_at__isnull=False).values_list("pk", flat=True))
    labels = dict(Label.objects.values_list("name", "pk"))
    ids: list[int] = []
    for path in sorted(root.rglob("*.md")):
        post, names = post_of(path, root)
        rendered = render_in_parts(post.body, live=post.pk not in closed)[0]
        post.body_html, post.body_text = with_renditions(rendered.html), rendered.text
        save(post)
        ids.append(post.pk)
        label(post, names, labels, path.relative_to(root))
    for start in range(0, len(ids), SOME):
        Post.objects.sync(ids[start : start + SOME])
    return len(ids)


def post_of(path: Path, root: Path) -> tuple[Post, list[str]]:
    where = str(path.relative_to(root))
    try:
        head, _end, body = path.read_bytes().decode().partition("\n---\n")
        given = {name: json.loads(value) for name, _, value in (line.partition(": ") for line in head.removeprefix("---\n").split("\n"))}
        names = given.pop("labels", [])
    except ValueError as error:
        raise ExportError(f"{where} is not as an export writes it ({error}). Nothing was read.") from error
    post = made(Post, tables.fields_of(Post), lambda: given, where)
    post.body = body
    return post, names


def label(post: Post, names: list[str], labels: dict[str, int], where: Path) -> None:
    if unknown := [name for name in names if name not in labels]:
        raise ExportError(f"{where} has the label “{unknown[0]}”, which labels.json lacks. Nothing was read.")
    Labelling.objects.bulk_create([Labelling(post=post, label_id=labels[name], status=post.status) for name in names])


def restore_pictures(root: Path) -> int:
    """Files are named for what is in them: one that is not what its name says is refused."""
    wanted: set[str] = set()
    for picture in Picture.objects.iterator():
        try:
            wanted.update(files_of(picture))
        except (KeyError, TypeError) as error:
            raise ExportError(f"pictures.json: picture {picture.pk} does not list its files. Nothing was read.") from error
    for name in sorted(wanted):
        restore_file(root, name)
    return len(wanted)


def restore_file(root: Path, name: str) -> None:
    known = FILE.fullmatch(name)
    try:
        content = (root / name).read_bytes() if known else b""
    except OSError as error:
        raise ExportError(f"{name} cannot be read: {error.strerror}. Nothing was read.") from error
    if not known or not hashlib.sha256(content).hexdigest().startswith(known[1]):
        raise ExportError(f"{name} is not the picture that was exported under this name. Nothing was read.")
    if not (settings.MEDIA_ROOT / name).exists():
        with tempfile.TemporaryDirectory(dir=folder(), prefix=".import-") as aside:
            file = Path(aside) / Path(name).name
            file.write_bytes(content)
            store(file)


def renumber() -> None:
    """PostgreSQL counts on from the highest number that came."""
    statements = connection.ops.sequence_reset_sql(no_style(), [Post, Labelling, *tables.tables().values()])
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

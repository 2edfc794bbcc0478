"""The documents of an agreement as its pages show them: uploaded files and generated Word drafts."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain.agreement_file import FileKind
from portal.domain.rendition import RenditionOrigin
from portal.queries.agreement_files import FileRow
from portal.queries.renditions import RenditionRow
from portal.web import downloads
from portal.web.filters import datetime_zone, file_size, label

if TYPE_CHECKING:
    from portal.models import Acknowledgement

Item = dict[str, Any]


def _extension(name: str) -> str:
    return name.rpartition(".")[2].upper()


def missing_sentence(count: int) -> str:
    """Return "3 isian masih kosong", or that nothing is missing."""
    return _("%(n)s isian masih kosong", n=count) if count else _("tidak ada isian kosong")


def named(row: RenditionRow) -> str:
    """Return a Word file as a choice names it: "Naskah Word 2, Dari mitra, 21 Nov 2026, 10.42 WIB"."""
    number = _("Naskah Word %(n)s", n=row.number)
    return f"{number}, {label(row.origin)}, {datetime_zone(row.made_at)}"


def of_rendition(code: str, row: RenditionRow) -> Item:
    """Return one Word file as a row of the list: made ones with what they lack, others with where they came from."""
    is_made = row.origin is RenditionOrigin.MADE
    by = _("oleh %(name)s", name=row.made_by) if row.made_by else ""
    came = "" if is_made else label(row.origin)
    lost = len(row.report.dangling) + len(row.report.typed)
    trouble = _("%(n)s rujukan tanpa sasaran", n=lost) if lost else ""
    return {
        "name": _("Naskah Word %(n)s", n=row.number),
        "kind": "DOCX",
        "note": ", ".join(filter(None, [came, datetime_zone(row.made_at), by, file_size(row.size), trouble])),
        "href": url_for("staff.drafting.rendition", code=code, number=row.number),
        "file": url_for("staff.agreements.rendition_file", code=code, number=row.number),
        "missing_sentence": missing_sentence(len(row.missing)) if is_made else "",
        "missing": [{"label": one.label, "place": one.place} for one in row.missing],
    }


def of_file(code: str, row: FileRow) -> Item:
    """Return one uploaded file as a row of the list."""
    seen = _("terlihat oleh mitra") if row.released_at else _("hanya untuk kantor")
    by = _("oleh %(name)s", name=row.uploaded_by) if row.uploaded_by else ""
    return {
        "name": row.name,
        "kind": _extension(row.name),
        "note": downloads.told(
            ", ".join(filter(None, [label(row.kind), datetime_zone(row.uploaded_at), by, file_size(row.size), seen])),
            row.digest,
        ),
        "href": url_for("staff.agreements.file", code=code, number=row.number),
        "number": row.number,
        "released": row.released_at is not None,
        "signed": row.kind is FileKind.SIGNED,
    }


def newest_first(code: str, files: Sequence[FileRow], drafts: Sequence[RenditionRow]) -> list[Item]:
    """Return files and drafts together, newest first."""
    dated: list[tuple[datetime, Item]] = [(row.uploaded_at, of_file(code, row)) for row in files]
    dated += [(row.made_at, of_rendition(code, row)) for row in drafts]
    return [item for _when, item in sorted(dated, key=lambda pair: pair[0], reverse=True)]


def to_download(newest: Sequence[Item]) -> Item | None:
    """Return what the button at the head downloads: the newest signed text, else the newest paper of any kind."""
    signed = next((item for item in newest if item.get("signed")), None)
    return signed or (newest[0] if newest else None)


def reading(row: "Acknowledgement") -> Item:
    """Return what a partner said that it has received and read, by whom and when."""
    by = row.made_by.name if row.made_by else ""
    return {
        "name": _("Diterima dan dibaca %(who)s", who=row.organisation.name),
        "note": ", ".join(filter(None, [row.file.name, by, datetime_zone(row.made_at)])),
    }

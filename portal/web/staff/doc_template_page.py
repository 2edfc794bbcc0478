"""Templates in words, chips and links: lines of the library, the page of one, what publishing does."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from portal.documents import usage
from portal.domain.clause import Article
from portal.domain.publication import Publication
from portal.domain.template_settings import read as read_settings
from portal.extensions import session
from portal.queries import clauses as clause_reading
from portal.queries import doc_templates as reading
from portal.queries.doc_templates import TemplateRow, UsedBy
from portal.services import doc_templates
from portal.storage import Storage
from portal.web import guard
from portal.web.filters import datetime_zone, file_size, label
from portal.web.forms.doc_template import LANGUAGE_NAMES

if TYPE_CHECKING:
    from portal.models import DocTemplate, DocTemplateVersion

Item = dict[str, Any]
TONES = {Publication.DRAFT: "warn", Publication.PUBLISHED: "good", Publication.RETIRED: ""}


def chip_of(stage: Publication) -> Item:
    """Return the chip of a stage."""
    return {"text": label(stage), "tone": TONES[stage]}


def line(row: TemplateRow) -> Item:
    """Return one line of the library."""
    return {
        "href": url_for("staff.doc_templates.show", code=row.code),
        "check": url_for("staff.doc_templates.check", code=row.code, number=row.number),
        "name": row.name,
        "kind": label(row.kind),
        "language": LANGUAGE_NAMES[row.language],
        "version": _("Versi %(n)s", n=row.number),
        "chip": chip_of(row.stage),
        "waiting": _("versi %(n)s belum terbit", n=row.waiting) if row.waiting else None,
        "waiting_href": url_for("staff.doc_templates.check", code=row.code, number=row.waiting or row.number),
        "drafts": row.drafts,
        "warnings": row.warnings,
        "errors": row.errors,
        "changed": datetime_zone(row.changed_at),
    }


def shown(template: "DocTemplate", storage: Storage) -> Item:
    """Return everything that the page of a template shows of itself."""
    current = reading.published(template)
    version = current or template.versions[-1]
    slots = list(version.clauses)
    known = clause_reading.current(session(), [slot["code"] for slot in slots])
    articles = [clause_reading.article(row) for row in known.values()]
    return {
        "version": version,
        "is_current": current is not None,
        "facts": _facts(template, version),
        "fields": fields(template, doc_templates.content_of(version, storage), articles),
        "slots": [_slot(slot, known) for slot in slots],
        "settings": settings(version),
        "versions": [_version(template, row) for row in reversed(template.versions)],
    }


def _facts(template: "DocTemplate", version: "DocTemplateVersion") -> list[Item]:
    return [
        {"label": _("Kode"), "value": template.code},
        {"label": _("Jenis naskah"), "value": label(template.kind)},
        {"label": _("Bahasa"), "value": LANGUAGE_NAMES[template.language]},
        {"label": _("Tag seperti pada"), "value": doc_templates.known(template.schema_code).title},
        {"label": _("Berkas"), "value": version.name, "note": file_size(version.size)},
        {"label": _("Diunggah"), "value": datetime_zone(version.uploaded_at), "note": _person(version.uploaded_by)},
    ]


def _person(account: Any) -> str:
    return account.name if account else _("bawaan Simpul")


def fields(template: "DocTemplate", content: bytes, articles: Iterable[Article]) -> list[Item]:
    """Return the names that a template uses, in its Word file and in its Pasal, in the order of the schema."""
    names = doc_templates.known(template.schema_code).names
    in_file = usage.of_file(content, names)
    in_articles = usage.of_text("\n".join(f"{one.text}\n{one.text_en}" for one in articles), names)
    return [
        {
            "path": path,
            "label": told.get("label", path),
            "required": bool(told.get("required")),
            "file": in_file[path],
            "articles": in_articles[path],
        }
        for path, told in names.items()
        if in_file[path] or in_articles[path]
    ]


def _slot(slot: Mapping[str, Any], known: Mapping[str, Any]) -> Item:
    version = known.get(slot["code"])
    return {
        "href": url_for("staff.clauses.show", code=slot["code"]) if version else None,
        "title": version.title if version else slot["code"],
        "is_mandatory": slot.get("is_mandatory", False),
        "is_included": slot.get("is_included", True),
        "condition": label(version.clause.condition) if version else None,
        "number": version.number if version else None,
    }


def settings(version: "DocTemplateVersion") -> list[Item]:
    """Return the settings of a version in words."""
    told = read_settings(version.settings)
    margins = (told.margin_top, told.margin_bottom, told.margin_left, told.margin_right)
    return [
        {"label": _("Sebutan para pihak"), "value": label(told.party_style)},
        {"label": _("Tanda tangan"), "value": label(told.signature_side)},
        {"label": _("Kertas"), "value": label(told.paper)},
        {"label": _("Huruf"), "value": _("%(font)s, %(size)s poin", font=told.font, size=told.font_size)},
        {
            "label": _("Margin"),
            "value": _("%(top)s, %(bottom)s, %(left)s, %(right)s mm", **dict(zip(_SIDES, margins, strict=True))),
            "note": _("atas, bawah, kiri, kanan"),
        },
    ]


_SIDES = ("top", "bottom", "left", "right")


def _version(template: "DocTemplate", row: "DocTemplateVersion") -> Item:
    told = reading.findings(row)
    return {
        "number": row.number,
        "chip": chip_of(row.stage),
        "check": url_for("staff.doc_templates.check", code=template.code, number=row.number),
        "file": url_for("staff.doc_templates.file", code=template.code, number=row.number),
        "name": row.name,
        "when": datetime_zone(row.uploaded_at),
        "who": _person(row.uploaded_by),
        "errors": sum(one.is_error for one in told),
        "warnings": sum(not one.is_error for one in told),
    }


def drafts(rows: Iterable[UsedBy]) -> list[Item]:
    """Return the agreements that are drafted with a template."""
    page = "staff.drafting.overview" if guard.may_open("staff.drafting.overview") else "staff.agreements.show"
    return [
        {
            "href": url_for(page, code=row.code),
            "title": row.title,
            "note": _("%(code)s, versi %(n)s", code=row.code, n=row.number),
        }
        for row in rows
    ]


def effects_of_publishing(version: "DocTemplateVersion", counts: Mapping[int, int]) -> list[str]:
    """Return what happens when a version is published, the drafts that keep an old one among it."""
    found = [
        _(
            "Naskah baru jenis %(kind)s dapat dimulai dari versi %(n)s.",
            kind=label(version.template.kind),
            n=version.number,
        )
    ]
    current = reading.published(version.template)
    if current is not None:
        found.append(_("Versi %(n)s pensiun dan tidak ditawarkan lagi.", n=current.number))
    kept = sorted((number, count) for number, count in counts.items() if number != version.number)
    found += [_("%(count)s naskah tetap memakai versi %(n)s.", count=count, n=number) for number, count in kept]
    return found or [_("Belum ada naskah yang memakai templat ini.")]

"""The check of a template in words: what is wrong, what is doubtful, what is good; the copy with comments."""

from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from portal.documents import annotate, clauses, preview, usage
from portal.documents.lint import Finding
from portal.documents.render import Rendered
from portal.domain import text_diff
from portal.domain.publication import Publication
from portal.queries import doc_templates as reading
from portal.services import doc_templates
from portal.storage import Storage
from portal.web.staff.doc_template_page import chip_of

if TYPE_CHECKING:
    from portal.models import DocTemplateVersion

Item = dict[str, Any]


def sentence(found: Finding) -> str:
    """Return a finding in the reader's language."""
    return str(_(found.message, **dict(found.values)) if found.values else _(found.message))


def row(found: Finding) -> Item:
    """Return a finding: the sentence, where it stands with its words, what was meant, what technicians ask for."""
    where = _("%(part)s, paragraf %(n)s", part=found.part, n=found.paragraph) if found.paragraph else found.part
    return {
        "pieces": text_diff.marked(sentence(found)),
        "place": ", ".join(part for part in (_part(found.part), found.place) if part),
        "tag": found.tag,
        "suggestion": meant(found),
        "code": found.code,
        "detail": where,
    }


def meant(found: Finding) -> str:
    """Return the question that names the word that was probably meant, or the empty text."""
    return str(_("Maksud Anda “%(word)s”?", word=found.suggestion)) if found.suggestion else ""


def _part(part: str) -> str:
    stem = part.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
    return {
        "document": _("badan naskah"),
        "header": _("kepala halaman"),
        "footer": _("kaki halaman"),
        "footnotes": _("catatan kaki"),
        "endnotes": _("catatan akhir"),
    }.get(stem, "")


def shown(version: "DocTemplateVersion", storage: Storage) -> Item:
    """Return the three lists of the check of a version, and what can be done with it."""
    told, content = reading.findings(version), doc_templates.content_of(version, storage)
    errors = [row(one) for one in told if one.is_error]
    return {
        "errors": errors,
        "warnings": [row(one) for one in told if not one.is_error],
        "good": good(version, content, is_whole=not errors),
        "chip": chip_of(version.stage),
        "is_waiting": version.stage is Publication.DRAFT,
        "annotated": url_for("staff.doc_templates.annotated", code=version.template.code, number=version.number)
        if told
        else None,
    }


def good(version: "DocTemplateVersion", content: bytes, *, is_whole: bool) -> list[str]:
    """Return what is in order, each as a sentence that was truly checked."""
    names = doc_templates.known(version.template.schema_code).names
    used = usage.of_file(content, names)
    found = [_("Berkas aman: tanpa makro, objek tertanam, atau isi dari luar.")]
    if used:
        found.append(_("%(n)s nama isian dikenal dan dipakai %(all)s kali.", n=len(used), all=sum(used.values())))
    if is_whole:
        found.append(_("Semua tag terbaca, semua ulangan dan syarat ditutup."))
        if clauses.has_slot(doc_templates.opened(version.template, version, content)):
            found.append(_("Tempat untuk %(n)s Pasal ditemukan.", n=len(version.clauses)))
    return found


def annotated(version: "DocTemplateVersion", storage: Storage) -> bytes:
    """Return the Word file of a version with its findings as comments in the reader's language."""
    content = doc_templates.content_of(version, storage)
    return annotate.annotate(content, reading.findings(version), words={True: _("Kesalahan"), False: _("Peringatan")})


def previewed(drafted: Rendered) -> Item:
    """Return a sample draft as blocks, and what it lacks."""
    return {"blocks": preview.blocks(drafted.content), "missing": drafted.missing}

"""One clause in words: its lines in both languages, duties, history and use; mistakes of a proposed text."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from portal.documents import about, usage
from portal.domain import clause_check, text_diff, wording
from portal.domain import pattern as patterns
from portal.domain.agreement import AgreementKind
from portal.domain.clause_check import Fault, NumberedLine
from portal.domain.editing import EditConflict
from portal.domain.publication import Publication
from portal.queries import clauses as reading
from portal.queries.clauses import UsedBy
from portal.services import clause_lint, clauses, doc_templates
from portal.services.clause_lint import TextFault
from portal.web.filters import datetime_zone, label
from portal.web.forms.clause import ClauseForm
from portal.web.staff import clause_words, doc_template_check
from portal.web.staff.doc_template_page import chip_of

if TYPE_CHECKING:
    from portal.models import Clause, ClauseVersion

Item = dict[str, Any]


def shown(clause: "Clause") -> Item:
    """Return what the page of a clause shows of itself; the wording is the published one, else the newest."""
    current = reading.published(clause) or clauses.newest(clause)
    waiting = reading.proposal(clause)
    return {
        "row": current,
        "chip": chip_of(current.stage),
        "pairs": pairs(current.text, current.text_en),
        "facts": _facts(clause, current),
        "half": half_changed(clause, current),
        "fallbacks": [{"name": one["name"], "pieces": clause_words.pieces(one["text"])} for one in current.fallbacks],
        "duties": duties(current.patterns),
        "variables": variables(current),
        "history": history(clause),
        "waiting": waiting.number if waiting is not None and waiting is not current else None,
        "is_proposal": current.stage is Publication.DRAFT,
    }


def pairs(text: str, text_en: str) -> list[Item]:
    """Return the lines of both languages side by side, each with its number as printed."""
    both = zip_longest(clause_check.numbered(text), clause_check.numbered(text_en))
    return [{"ours": _line(ours), "theirs": _line(theirs)} for ours, theirs in both]


def _line(one: NumberedLine | None) -> Item:
    if one is None:
        return {"mark": "", "pieces": ()}
    return {"mark": one.mark, "pieces": clause_words.pieces(one.line.text)}


def _facts(clause: "Clause", row: "ClauseVersion") -> list[Item]:
    kinds = ", ".join(label(AgreementKind(kind)) for kind in clause.kinds)
    mandatory = ", ".join(label(AgreementKind(kind)) for kind in clause.mandatory_kinds)
    approved = row.approved_by.name if row.approved_by else _("bawaan Simpul")
    return [
        {"label": _("Kode"), "value": clause.code},
        {"label": _("Kelompok"), "value": label(clause.block)},
        {"label": _("Cocok untuk"), "value": kinds},
        {"label": _("Wajib pada"), "value": mandatory or _("tidak wajib")},
        {"label": _("Kapan Pasal ini ada"), "value": label(clause.condition)},
        {"label": _("Pemilik"), "value": clause.owner.name if clause.owner else _("Biro Hukum")},
        {
            "label": _("Disetujui"),
            "value": datetime_zone(row.approved_at) if row.approved_at else _("belum"),
            "note": approved if row.approved_at else "",
        },
    ]


def before(clause: "Clause", row: "ClauseVersion") -> "ClauseVersion | None":
    """Return the wording before one: the last that drafts could take, else the one with the number before."""
    earlier = [one for one in clause.versions if one.number < row.number]
    taken = [one for one in earlier if one.approved_at is not None]
    return next(reversed(taken or earlier), None)


def half_changed(clause: "Clause", row: "ClauseVersion") -> bool:
    """Tell whether only one language was changed against the wording before."""
    old = before(clause, row)
    if old is None or not row.text_en:
        return False
    return ((old.title, old.text) != (row.title, row.text)) != (
        (old.title_en, old.text_en) != (row.title_en, row.text_en)
    )


def duties(plain: Iterable[dict[str, Any]]) -> list[str]:
    """Return the duties that choosing the clause proposes, as sentences."""
    return [patterns.sentence(patterns.read(one)) for one in plain]


def variables(row: "ClauseVersion") -> list[Item]:
    """Return the names of the schema that a wording uses."""
    names = doc_templates.known(about.CODES[0]).names
    used = usage.of_text(f"{row.text}\n{row.text_en}", names)
    return [{"path": path, "label": names[path].get("label", path)} for path in names if used[path]]


def history(clause: "Clause") -> list[Item]:
    """Return every wording, newest first."""
    return [
        {
            "href": url_for("staff.clauses.version", code=clause.code, number=one.number),
            "text": _("Versi %(n)s: %(stage)s", n=one.number, stage=label(one.stage)),
            "note": ", ".join(part for part in (_maker(one), one.note) if part),
            "when": datetime_zone(one.made_at),
            "tone": chip_of(one.stage)["tone"],
        }
        for one in reversed(clause.versions)
    ]


def _maker(row: "ClauseVersion") -> str:
    return row.made_by.name if row.made_by else _("bawaan Simpul")


def compared(clause: "Clause", row: "ClauseVersion") -> Item:
    """Return one wording beside the one before it, field by field; unchanged fields are left out."""
    old = before(clause, row)
    fields = {
        "title": _("Judul Pasal"),
        "text": _("Isi Pasal"),
        "title_en": _("Judul bahasa Inggris"),
        "text_en": _("Isi bahasa Inggris"),
        "guidance": _("Panduan penyusun"),
    }
    changes = [
        {"label": name, "pieces": text_diff.pieces(getattr(old, key), getattr(row, key))}
        for key, name in fields.items()
        if old is not None and getattr(old, key) != getattr(row, key)
    ]
    told = [_fallbacks(one) for one in (old, row) if one is not None]
    if old is not None and told[0] != told[1]:
        changes.append({"label": _("Teks cadangan"), "pieces": text_diff.pieces(*told)})
    return {
        "before": old.number if old else None,
        "changes": changes,
        "chip": chip_of(row.stage),
        "half": half_changed(clause, row),
        "pairs": pairs(row.text, row.text_en),
        "maker": _maker(row),
        "when": datetime_zone(row.made_at),
        "is_waiting": row.stage is Publication.DRAFT,
    }


def _fallbacks(row: "ClauseVersion") -> str:
    return "\n".join(f"{one['name']}: {one['text']}" for one in row.fallbacks)


def drafts(rows: Iterable[UsedBy]) -> list[Item]:
    """Return the agreements whose draft holds the clause."""
    return [
        {"href": url_for("staff.agreements.show", code=row.code), "title": row.title, "note": row.code} for row in rows
    ]


def templates(rows: Iterable[tuple[str, str]]) -> list[Item]:
    """Return the templates that start with the clause."""
    return [{"href": url_for("staff.doc_templates.show", code=code), "title": name} for code, name in rows]


def effects_of_publishing(clause: "Clause", row: "ClauseVersion", used: Sequence[tuple[str, str]]) -> list[str]:
    """Return what happens when a wording is approved."""
    found = [_("Naskah baru memakai versi %(n)s.", n=row.number)]
    current = reading.published(clause)
    if current is not None:
        found.append(_("Versi %(n)s pensiun. Naskah yang sudah memuatnya tidak berubah.", n=current.number))
    if used:
        found.append(_("Dipakai templat: %(names)s.", names=wording.joined([name for _code, name in used])))
    if half_changed(clause, row):
        found.append(_("Hanya satu bahasa yang berubah. Periksa pasangannya."))
    return found


def effects_of_retiring(used: Sequence[tuple[str, str]]) -> list[str]:
    """Return what happens when a clause is retired."""
    found = [_("Klausul ini tidak ditawarkan lagi. Naskah yang memuatnya tidak berubah.")]
    if used:
        names = wording.joined([name for _code, name in used])
        found.append(_("Templat berikut mulai tanpa Pasal ini: %(names)s.", names=names))
    return found


def is_sound(form: ClauseForm, clause: "Clause") -> bool:
    """Tell whether the form can be sent on; every line that is not in order is told at its text."""
    sound = bool(form.validate())
    ours, theirs = form.text.data or "", form.text_en.data or ""
    found = [("text", one) for one in clause_check.faults(ours)]
    found += [("text_en", one) for one in (*clause_check.faults(theirs), *clause_check.pair_faults(ours, theirs))]
    told = [(name, _sentence(one)) for name, one in found] if ours else [("text", _("Tulis isi Pasal."))]
    if not told:
        told = [(one.field, _refusal(one)) for one in clause_lint.faults(clause, text=ours, text_en=theirs)]
    for name, sentence in told:
        form[name].errors = [*form[name].errors, sentence]
    return sound and not told


def _sentence(fault: Fault) -> str:
    return str(_(fault.message, **fault.values))


def _refusal(fault: TextFault) -> str:
    words = (doc_template_check.sentence(fault.finding), doc_template_check.meant(fault.finding))
    said = " ".join(word for word in words if word)
    return str(_("Baris ke-%(line)s: %(sentence)s", line=fault.line, sentence=said)) if fault.line else said


def mistakes(form: ClauseForm) -> list[Item]:
    """Return every mistake of the form with the way to its field, fallbacks included."""
    found = [{"href": "", "text": text} for text in form.form_errors]
    for field in form:
        if field.type == "FieldList":
            inner = [each for entry in field for each in entry.form]
            found += [{"href": f"#{one.id}", "text": text} for one in inner for text in one.errors]
        else:
            found += [{"href": f"#{field.id}", "text": text} for text in field.errors]
    return found


def conflict(form: ClauseForm, found: EditConflict) -> Item:
    """Return both people's values, field by field."""
    told = found.comparison
    return {
        "who": found.who,
        "when": datetime_zone(found.when),
        "fields": [
            {
                "label": str(form[one.key].label.text),
                "mine": _said(one.mine),
                "stored": _said(one.stored),
                "before": _said(one.before),
            }
            for one in (*told.both, *told.theirs, *told.mine)
        ],
    }


def _said(value: Any) -> str:
    return "\n".join(value) if isinstance(value, list) else str(value or "")

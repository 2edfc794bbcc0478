"""One clause in words: its lines in both languages, duties, history and use. Its form is `clause_form_page`."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from portal.documents import about, usage
from portal.domain import clause_check, clause_placing, text_diff, wording
from portal.domain import pattern as patterns
from portal.domain.agreement import AgreementKind
from portal.domain.clause_check import NumberedLine
from portal.domain.clause_placing import FIRST, Placing
from portal.domain.publication import Publication
from portal.queries import clause_pairs
from portal.queries import clauses as reading
from portal.queries.clause_use import DraftsWith
from portal.services import clauses, doc_templates
from portal.web import guard
from portal.web.filters import datetime_zone, label
from portal.web.staff import clause_words
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
        "half": clause_pairs.half_changed(clause.versions, current),
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
        {"label": _("Pemilik"), "value": clause.owner_unit, "note": clause.owner.name if clause.owner else ""},
        {
            "label": _("Disetujui"),
            "value": datetime_zone(row.approved_at) if row.approved_at else _("belum"),
            "note": approved if row.approved_at else "",
        },
    ]


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


def compared(clause: "Clause", row: "ClauseVersion", titles: Mapping[str, str] | None = None) -> Item:
    """Return one wording beside the one before it, field by field; unchanged fields are left out.

    `titles` are those of the other clauses by their codes.
    """
    old = clause_pairs.before(clause.versions, row)
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
    if old is not None:
        changes += _changed_rows(old, row, titles or {})
    return {
        "before": old.number if old else None,
        "changes": changes,
        "chip": chip_of(row.stage),
        "half": clause_pairs.half_changed(clause.versions, row),
        "pairs": pairs(row.text, row.text_en),
        "maker": _maker(row),
        "when": datetime_zone(row.made_at),
        "is_waiting": row.stage is Publication.DRAFT,
        "duties": duties(row.patterns),
        "placing": _placing(clause_placing.read(row.placing), titles or {}),
    }


def _changed_rows(old: "ClauseVersion", row: "ClauseVersion", titles: Mapping[str, str]) -> list[Item]:
    """Return what else changed: wordings to fall back on, duties, where it belongs; each line by line."""
    told = {
        _("Teks cadangan"): (_fallbacks(old), _fallbacks(row)),
        _("Pola kewajiban"): (_duties(old), _duties(row)),
        _("Tempat dalam pustaka"): (
            "\n".join(_placing(clause_placing.read(old.placing | {"after": ""}), titles)),
            "\n".join(_placing(clause_placing.read(row.placing), titles)),
        ),
    }
    return [{"label": name, "pieces": text_diff.pieces(*both)} for name, both in told.items() if both[0] != both[1]]


def _duties(row: "ClauseVersion") -> str:
    return "\n".join(patterns.whole_sentence(patterns.read(one)) for one in row.patterns)


def _placing(told: Placing, titles: Mapping[str, str]) -> list[str]:
    """Return where a wording belongs, one fact a line."""
    kinds, bound = (", ".join(label(kind) for kind in each) for each in (told.kinds, told.mandatory_kinds))
    found = [
        _("Kelompok: %(block)s", block=label(told.block)),
        _("Untuk: %(kinds)s", kinds=kinds),
        _("Wajib pada: %(kinds)s", kinds=bound or _("tidak wajib")),
        _("Kapan ada: %(condition)s", condition=label(told.condition)),
    ]
    if told.after == FIRST:
        return [*found, _("Letak: paling awal")]
    return [*found, _("Letak: sesudah %(title)s", title=titles.get(told.after, told.after))] if told.after else found


def _fallbacks(row: "ClauseVersion") -> str:
    return "\n".join(f"{one['name']}: {one['text']}" for one in row.fallbacks)


def drafts(used: DraftsWith) -> Item:
    """Return the agreements whose draft holds the clause: the latest, and how many there are."""
    page = "staff.drafting.overview" if guard.may_open("staff.drafting.overview") else "staff.agreements.show"
    rows = [{"href": url_for(page, code=row.code), "title": row.title, "note": row.code} for row in used.rows]
    return {"rows": rows, "total": used.total, "more": used.total - len(rows)}


def family(clause: "Clause", rows: Iterable["Clause"]) -> list[Item]:
    """Return the clause that variants come from and its variants; each of the others leads to a comparison."""
    found = []
    for one in rows:
        shown = reading.published(one) or clauses.newest(one)
        itself = one.id == clause.id
        kinds = ", ".join(label(AgreementKind(kind)) for kind in one.kinds)
        found.append(
            {
                "href": None if itself else url_for("staff.clauses.show", code=one.code),
                "compare": None if itself else url_for("staff.clauses.compare", code=clause.code, other=one.code),
                "title": shown.title,
                "is_parent": one.variant_of_id is None,
                "chip": chip_of(shown.stage),
                "note": _("%(condition)s, %(kinds)s", condition=label(one.condition), kinds=kinds),
            }
        )
    return found


def beside(clause: "Clause", other: "Clause") -> Item:
    """Return what of a clause reads differently from another of its family, field by field."""
    ours, theirs = (reading.published(one) or clauses.newest(one) for one in (clause, other))
    told = {
        _("Judul Pasal"): (theirs.title, ours.title),
        _("Isi Pasal"): (theirs.text, ours.text),
        _("Judul bahasa Inggris"): (theirs.title_en, ours.title_en),
        _("Isi bahasa Inggris"): (theirs.text_en, ours.text_en),
        _("Pola kewajiban"): (_duties(theirs), _duties(ours)),
        _("Tempat dalam pustaka"): ("\n".join(_place_now(other)), "\n".join(_place_now(clause))),
    }
    changes = [{"label": name, "pieces": text_diff.pieces(*both)} for name, both in told.items() if both[0] != both[1]]
    return {"row": ours, "before": theirs, "changes": changes}


def _place_now(clause: "Clause") -> list[str]:
    row = reading.published(clause) or clauses.newest(clause)
    return _placing(clause_placing.read(row.placing | {"after": ""}), {})


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
    if clause_pairs.half_changed(clause.versions, row):
        found.append(_("Hanya satu bahasa yang berubah. Periksa pasangannya."))
    return found


def effects_of_retiring(used: Sequence[tuple[str, str]]) -> list[str]:
    """Return what happens when a clause is retired."""
    found = [_("Klausul ini tidak ditawarkan lagi. Naskah yang memuatnya tidak berubah.")]
    if used:
        names = wording.joined([name for _code, name in used])
        found.append(_("Templat berikut mulai tanpa Pasal ini: %(names)s.", names=names))
    return found

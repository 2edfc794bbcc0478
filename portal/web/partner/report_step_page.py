"""What one step of a report shows: its fields with last period's number beside them, and two people's answers."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from portal.domain import report_answers, upload
from portal.domain.report_answers import Answers
from portal.domain.report_form import NOTE, Field, FieldKind, Form, Step
from portal.extensions import session
from portal.queries import report_forms, report_uploads
from portal.queries import reports as report_queries
from portal.queries.reports import KEY_LETTERS
from portal.web import report_parts
from portal.web.filters import datetime_zone, label
from portal.web.forms import report as report_fields
from portal.web.partner import report_page
from portal.web.partner.report_walk import Walk

if TYPE_CHECKING:
    from portal.models import Report
    from portal.services.reports import Saved

Row = dict[str, Any]


def step(report: "Report", walk: Walk, here: Step, last: Answers | None) -> Row:
    """Return everything that the page of a step shows; `last` is what was sent for the period before."""
    answers = report_forms.answers_of(report)
    place, whole = walk.place(here)
    shown: Row = {
        "step": here.value,
        "title": label(here),
        "counted": _("Langkah %(n)s dari %(m)s", n=place, m=whole),
        "fields": [_field(asked, walk, answers, last) for asked in walk.form.of_step(here)],
        "is_last": place == whole - 1,
    }
    if here is Step.EVIDENCE:
        shown |= _evidence(report, walk)
    return shown


def _field(asked: Field, walk: Walk, answers: Answers, last: Answers | None) -> Row:
    typed = answers.typed()
    before = last.value(asked.name) if last else None
    note = f"{NOTE}{asked.name}"
    surprising = _is_surprising(asked, answers, last)
    wrong = [_(report_answers.not_a_number(asked.name))] if asked.name in answers.raw else []
    return {
        "name": asked.name,
        "kind": asked.kind.value,
        "label": report_parts.words(asked.label),
        "hint": " ".join(filter(None, [report_parts.words(asked.hint), _last_words(asked, before)])),
        "value": typed.get(asked.name, ""),
        "errors": wrong,
        "needed": asked.needed,
        "mark": walk.marks.get(asked.name),
        "note": note if surprising or note in typed else None,
        "note_value": typed.get(note, ""),
        "question": _question(asked, before) if surprising else "",
        "asked": surprising or bool(wrong),
    }


def _last_words(asked: Field, before: str | int | None) -> str:
    if not asked.is_number or before is None:
        return ""
    return str(_("Periode lalu: %(value)s.", value=report_parts.value_words(asked, before)))


def _question(asked: Field, before: str | int | None) -> str:
    value = report_parts.value_words(asked, before) if before is not None else ""
    return str(_("Apakah benar? Periode lalu %(value)s.", value=value))


def _is_surprising(asked: Field, answers: Answers, last: Answers | None) -> bool:
    if last is None or not asked.is_number:
        return False
    return report_answers.is_surprising(answers.number(asked.name), last.number(asked.name))


def to_ask(asked: Iterable[Field], answers: Answers, last: Answers | None) -> list[str]:
    """Return the fields at which a person is asked before going on: not a number, or very unlike the last one."""
    return [each.name for each in asked if each.name in answers.raw or _is_surprising(each, answers, last)]


def _evidence(report: "Report", walk: Walk) -> Row:
    kept = report_queries.kept_files(report)
    rows = report_parts.files(report.code, kept, endpoint="partner.reports.file")
    for row in rows:
        row["mark"] = walk.marks.get(f"file:{row['key'][:KEY_LETTERS]}")
    return {
        "files": rows,
        "dropped": report_parts.files(
            report.code, report_queries.dropped_files(report), endpoint="partner.reports.file"
        ),
        "on_way": report_uploads.open_of(session(), report),
        "is_full": report_page.is_full(kept),
        "accept": upload.ACCEPT,
    }


def told(asked: Iterable[Field], saved: "Saved", now: datetime) -> Row:
    """Return the answer to a save that a script made: what to say, and what stands in the fields now."""
    if saved.conflicts:
        return {"stop": _("Rekan Anda mengubah isian yang sama. Tekan Lanjut untuk membandingkan.")}
    typed = saved.answers.typed()
    names = report_fields.names_of(asked)
    return {
        "said": _("Tersimpan %(when)s.", when=datetime_zone(now)),
        "before": {name: typed.get(name, "") for name in names},
    }


def conflict(form: Form, saved: "Saved", last_save: tuple[str | None, datetime]) -> Row:
    """Return the page on which two people's answers are compared, field by field."""
    who, when = last_save
    return {
        "who": who or _("Rekan Anda"),
        "when": datetime_zone(when),
        "fields": [
            {
                "name": one.key,
                "label": _label(form, one.key),
                "mine": one.mine,
                "stored": one.stored,
                "before": one.before,
                "choices": _choices(one.key),
            }
            for one in saved.conflicts
        ],
    }


def _label(form: Form, name: str) -> str:
    asked = form.field(name.removeprefix(NOTE))
    shown = report_parts.words(asked.label) if asked else name
    return str(_("Catatan: %(label)s", label=shown)) if name.startswith(NOTE) else shown


def _choices(name: str) -> list[Row]:
    found = [
        {"value": "mine", "label": _("Pakai punya saya"), "selected": True},
        {"value": "stored", "label": _("Pakai yang tersimpan"), "selected": False},
    ]
    if name.startswith(NOTE) or not _is_number(name):
        found.append({"value": "both", "label": _("Pakai keduanya, berurutan"), "selected": False})
    return found


def _is_number(name: str) -> bool:
    return Field(name=name, label="").kind in {FieldKind.NUMBER, FieldKind.MONEY}

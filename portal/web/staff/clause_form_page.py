"""Between the form of a clause and the library: choices, mistakes at their fields, both values after a conflict."""

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from portal.domain import clause, clause_check, clause_placing, clause_text
from portal.domain import pattern as patterns
from portal.domain.clause_check import Fault
from portal.domain.editing import EditConflict
from portal.domain.errors import RuleBroken
from portal.extensions import session
from portal.queries import clause_places
from portal.queries import clauses as reading
from portal.services import clause_lint, clause_proposals, clauses
from portal.services.clause_lint import TextFault
from portal.web.filters import datetime_zone
from portal.web.forms import rows
from portal.web.forms.clause import MOST, ClauseForm
from portal.web.forms.clause_pattern import Choices
from portal.web.forms.rows import Typed
from portal.web.languages import sentence
from portal.web.staff import clause_words, doc_template_check

if TYPE_CHECKING:
    from portal.models import Clause

Item = dict[str, Any]
LONGEST_AYAT = 70
"""So many letters of an ayat stand in the list of ayat."""
UNNAMED = "pasal-baru"
"""Stands for the code of a clause that has none yet, while its text is checked."""


def opened(row: "Clause") -> ClauseForm:
    """Return the form of a clause, beginning with the proposal that waits or the published wording."""
    newest = clauses.newest(row)
    note = newest.note if newest is reading.proposal(row) else ""
    form = ClauseForm.of(clauses.wording_of(newest), version=row.version, note=note)
    return _offered(form, row.code)


def empty() -> ClauseForm:
    """Return the form of a new clause."""
    return _offered(ClauseForm.sent(None))


def sent(typed: Typed, act: str, *, code: str = "") -> ClauseForm:
    """Return the form as it was sent, its rows rearranged when a button for that was pressed."""
    most = MOST.get(act.partition(".")[0], 0)
    form = ClauseForm.sent(rows.rearranged(typed, act, most=most) if most else typed)
    return _offered(form, code)


def _offered(form: ClauseForm, code: str = "") -> ClauseForm:
    return form.offer(clause_places.order(session()), places(form.text.data or ""), code=code)


def places(text: str) -> Choices:
    """Return where in a text an obligation can come from: the whole, an ayat with its label, one that gets a label."""
    found: Choices = [("", _("Seluruh Pasal"))]
    named: set[str] = set()
    for one in clause_text.ayat(text):
        words = "".join(piece["text"] for piece in clause_words.pieces(one.text))
        words = words if len(words) <= LONGEST_AYAT else f"{words[:LONGEST_AYAT].rpartition(' ')[0]} …"
        said = _("ayat (%(n)s): %(text)s", n=one.number, text=words)
        asked = _("ayat (%(n)s), diberi label saat disimpan: %(text)s", n=one.number, text=words)
        found.append((one.label or clause_text.asked(one.number), said if one.label else asked))
        named.add(one.label)
    others = (each for each in dict.fromkeys(clause.labels(text)) if each not in named)
    return found + [(each, _("label %(name)s", name=each)) for each in others]


def is_sound(form: ClauseForm, code: str = UNNAMED) -> bool:
    """Tell whether the form can be sent on; every line that is not in order is told at its text."""
    sound = bool(form.validate())
    told = form.read_patterns()
    sound = _placed(form) and len(told) == len(form.patterns) and sound
    ours, theirs = form.text.data or "", form.text_en.data or ""
    found = [("text", one) for one in clause_check.faults(ours)]
    found += [("text_en", one) for one in (*clause_check.faults(theirs), *clause_check.pair_faults(ours, theirs))]
    said = [(name, _sentence(one)) for name, one in found] if ours else [("text", _("Tulis isi Pasal."))]
    if not said:
        faults = clause_lint.faults(form.kinds.data or (), code=code, text=ours, text_en=theirs)
        said = [(one.field, _refusal(one)) for one in faults]
    for name, words in said:
        form[name].errors = [*form[name].errors, words]
    return sound and not said and _labelled(form, code)


def _placed(form: ClauseForm) -> bool:
    """Tell whether kinds and condition go together; else the sentence stands at its field."""
    if any(form[name].errors for name in ("block", "kinds", "mandatory_kinds", "condition")):
        return False
    try:
        clause_placing.check(form.placing())
    except RuleBroken as broken:
        form[broken.field or "kinds"].errors = [sentence(broken)]
        return False
    return True


def _labelled(form: ClauseForm, code: str) -> bool:
    """Tell whether every pattern finds its ayat."""
    wording = form.change().wording
    made = clause_proposals.labelled(wording, code=code)
    try:
        clause_text.check_patterns(made.text, made.patterns)
    except RuleBroken as broken:
        _list, place, name = str(broken.field).split("-")
        form.patterns[int(place)].form[name].errors = [sentence(broken)]
        return False
    return True


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
            inner = [each for entry in field for each in entry.form if each.errors]
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
                "mine": _said(form, one.key, one.mine),
                "stored": _said(form, one.key, one.stored),
                "before": _said(form, one.key, one.before),
            }
            for one in (*told.both, *told.theirs, *told.mine)
        ],
    }


def _said(form: ClauseForm, name: str, value: Any) -> str:
    """Return a value as the form shows it: the words of a choice, lists line by line."""
    words = {code: str(text) for code, text in getattr(form[name], "choices", None) or ()}
    each = value if isinstance(value, list) else [value or ""]
    return "\n".join(words.get(one, str(one)) for one in each)


def sentences(form: ClauseForm) -> list[str]:
    """Return what each pattern says as it is typed, "" while something is missing; no mistake is told."""
    said = []
    for entry in form.patterns:
        kept = {field.name: field.errors for field in entry.form}
        told = entry.form.told()
        for field in entry.form:
            field.errors = kept[field.name]
        said.append(patterns.sentence(told) if told else "")
    return said

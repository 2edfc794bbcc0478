"""The history of an agreement as sentences: what happened, who did it, what changed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _

from portal.domain import wording
from portal.domain.agreement import AgreementKind, Relation, SigningCapacity, Stage
from portal.domain.obligation import OffsetUnit
from portal.domain.wording.events import event
from portal.domain.wording.fields_of_agreements import FIELDS, PARTY_FIELDS, PARTY_PLACES
from portal.queries.agreement_page import CodeNames
from portal.queries.history import Event
from portal.web.filters import date_long, datetime_zone, label
from portal.web.staff.agreements import duty_preview

Item = dict[str, Any]

_LOOKS = {
    "agreement_recorded": ("plus", "info"),
    "stage_changed": ("list-checks", "info"),
    "document_drafted": ("file-text", "info"),
    "document_edited": ("upload", "info"),
    "document_received": ("upload", "info"),
    "file_added": ("upload", "info"),
    "report_submitted": ("send", "info"),
    "report_accepted": ("circle-check", "good"),
    "report_returned": ("undo-2", "warn"),
    "occurrence_met": ("circle-check", "good"),
}

_ENUMS = {"kind": AgreementKind, "stage": Stage, "notice_unit": OffsetUnit, "capacity": SigningCapacity}


def field_name(key: str) -> str:
    """Return the name of a fact by its flat key, "Pihak Kedua: Nomor" for a party's."""
    if not key.startswith("parties."):
        return _(FIELDS.get(key, key))
    _first, place, name = key.split(".")
    return _("%(name)s: %(value)s", name=_(PARTY_PLACES[int(place) - 1]), value=_(PARTY_FIELDS.get(name, name)))


def said(key: str, value: Any, names: CodeNames) -> str:
    """Return a recorded value in words; nothing for what is not told."""
    name = key.rpartition(".")[2]
    if value is None or value == []:
        return ""
    if name in _ENUMS:
        return label(_ENUMS[name](value))
    if isinstance(value, list):
        return "; ".join(_member(name, str(each), names) for each in value)
    return _single(name, value)


def _member(name: str, code: str, names: CodeNames) -> str:
    first, _bar, second = code.partition("|")
    if name == "regions":
        return ": ".join(filter(None, [names.provinces.get(first, first), second]))
    if name == "relations":
        return f"{label(Relation(first))} {second}"
    return names.client_groups.get(code) or names.atensi.get(code) or code


def _single(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return str(_("ya") if value else _("tidak"))
    if name.endswith("_on"):
        return date_long(date.fromisoformat(value))
    return wording.rupiah(value) if name == "value_rupiah" else str(value)


def timeline(events: Sequence[Event], names: CodeNames, *, in_full: bool = False) -> list[Item]:
    """Return the history, newest first; `in_full` tells every changed fact."""
    return [_one(each, names, in_full=in_full) for each in events]


def _one(happened: Event, names: CodeNames, *, in_full: bool) -> Item:
    icon, tone = _LOOKS.get(happened.action, ("history", ""))
    changes = happened.detail.get("changes") or {}
    told = happened.action != "agreement_recorded"
    who = happened.actor or "Simpul"
    note = _changed(changes, names, in_full=in_full) if changes and told else _particulars(happened.detail, names)
    return {
        "text": _(event(happened.action)),
        "note": ". ".join(filter(None, [who, note, duty_preview.counted(happened.detail.get("duties") or {})])),
        "when": datetime_zone(happened.at),
        "icon": icon,
        "tone": tone,
    }


def _changed(changes: Mapping[str, Any], names: CodeNames, *, in_full: bool) -> str:
    if not in_full and len(changes) > 1 and "stage" not in changes:
        return ", ".join(field_name(key) for key in changes)
    return "; ".join(_change(key, pair, names) for key, pair in changes.items())


def _change(key: str, pair: Sequence[Any], names: CodeNames) -> str:
    before, after = (said(key, value, names) or _("kosong") for value in pair)
    return str(_("%(field)s: %(before)s → %(after)s", field=field_name(key), before=before, after=after))


def _particulars(detail: Mapping[str, Any], names: CodeNames) -> str:
    """Return what an entry tells besides changes: a name, a number, a reason."""
    parts = [str(detail["name"])] if detail.get("name") else []
    if "missing" in detail and "number" in detail:
        parts.append(_("Naskah Word %(n)s, %(missing)s isian kosong", n=detail["number"], missing=detail["missing"]))
    if detail.get("title"):
        parts.append(said("title", detail["title"], names))
    if detail.get("reason"):
        parts.append(_("Alasan: %(reason)s", reason=detail["reason"]))
    return ". ".join(parts)

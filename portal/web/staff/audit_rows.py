"""Entries of the trail in words: sentences, filters, before and after, lines of the file."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain.dates import local_instant
from portal.domain.organisation import Zone
from portal.domain.policy import Role
from portal.domain.wording.events import EVENTS, REFUSED, event
from portal.domain.wording.fields_of_entries import ENTRY_FIELDS
from portal.domain.wording.things import THINGS, thing
from portal.queries.audit_list import AuditFilter, AuditRow
from portal.web.asked import Asked
from portal.web.filters import date_short, label, zone
from portal.web.listing import Place, options
from portal.web.staff.agreements.events import field_name

Item = dict[str, Any]
RESULTS = {"berhasil": False, "ditolak": True}
HEADINGS: tuple[str, ...] = (
    "nomor",
    "waktu",
    "siapa",
    "perbuatan",
    "kejadian",
    "benda",
    "nomor_benda",
    "naskah",
    "hasil",
    "permintaan",
    "baris_rantai",
    "segel",
    "rincian",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def read(asked: Asked) -> AuditFilter:
    """Return the filter that an address asks for; days are the office's."""
    first, last = asked.day("dari"), asked.day("sampai")
    return AuditFilter(
        since=local_instant(first, 0, Zone.WIB) if first else None,
        until=local_instant(last + timedelta(days=1), 0, Zone.WIB) if last else None,
        person=asked.text("orang"),
        thing=asked.one_of("benda", {name: name for name in THINGS}),
        action=asked.one_of("perbuatan", {name: name for name in EVENTS}),
        is_refused=asked.one_of("hasil", RESULTS),
        agreement_code=asked.text("naskah"),
        request_id=asked.text("permintaan"),
    )


def before(asked: Asked) -> int | None:
    """Return the key before which a page begins."""
    word = asked.text("sebelum")
    return int(word) if word.isascii() and word.isdigit() and len(word) < 16 else None  # noqa: PLR2004


def choices(actions: Any) -> dict[str, list[tuple[str, str]]]:
    """Return what each select of the filter offers: acts that are in the trail, by their sentences."""
    every = _("Semua")
    acts = sorted(((_(event(name)), name) for name in actions if name in EVENTS), key=lambda pair: pair[0])
    kinds = sorted(((_(text), name) for name, text in THINGS.items()), key=lambda pair: pair[0])
    return {
        "perbuatan": options(every, {name: text for text, name in acts}),
        "benda": options(every, {name: text for text, name in kinds}),
        "hasil": options(every, {"berhasil": _("Berhasil"), "ditolak": _("Ditolak")}),
    }


def chips(place: Place, known: Mapping[str, list[tuple[str, str]]]) -> list[Item]:
    """Return the chosen filters in words."""
    titles = {
        "dari": _("Dari"),
        "sampai": _("Sampai"),
        "orang": _("Orang"),
        "benda": _("Benda"),
        "perbuatan": _("Perbuatan"),
        "hasil": _("Hasil"),
        "naskah": _("Naskah"),
        "permintaan": _("Permintaan"),
    }
    asked = place.asked
    return place.chips(
        (word, title, dict(known.get(word, ())).get(asked.text(word), asked.text(word)))
        for word, title in titles.items()
    )


def to_the_second(instant: datetime) -> str:
    """Return 21 Nov 2026, 10.42.07 WIB in the reader's zone."""
    own = zone()
    local = instant.astimezone(own.timezone)
    return f"{date_short(local.date())}, {local.strftime('%H.%M.%S')} {own.value}"


def line(row: AuditRow) -> Item:
    """Return one line of the list."""
    is_refused = row.action in REFUSED
    return {
        "when": to_the_second(row.at),
        "who": row.actor or _("Simpul"),
        "text": _(event(row.action)),
        "thing": named(row),
        "href": url_for("staff.audit.show", number=row.id),
        "result": {"text": _("Ditolak"), "tone": "bad"} if is_refused else {"text": _("Berhasil"), "tone": "good"},
    }


def named(row: AuditRow) -> str:
    """Return the record of an entry by kind and number, and the agreement to which it belongs."""
    name = _(thing(row.subject_kind))
    if row.agreement_code and row.subject_kind == "agreement":
        return f"{name} {row.agreement_code}"
    shown = f"{name} {row.subject_id}" if row.subject_id is not None else name
    return f"{shown} · {row.agreement_code}" if row.agreement_code else shown


def particulars(detail: Mapping[str, Any]) -> list[Item]:
    """Return what an entry tells, one line a field: before and after where it says both."""
    found = []
    for key, value in detail.items():
        if key == "changes" and isinstance(value, dict):
            found += [_pair(field_name(name), pair) for name, pair in value.items()]
        else:
            found.append(_pair(_(ENTRY_FIELDS.get(key, key)), value, key=key))
    return found


def _pair(name: str, value: Any, *, key: str = "") -> Item:
    if isinstance(value, list) and len(value) == 2:  # noqa: PLR2004 (before and after)
        return {"name": name, "before": _said(value[0], key), "after": _said(value[1], key)}
    return {"name": name, "before": "", "after": _said(value, key)}


def _said(value: Any, key: str) -> str:
    if value is None or value in ("", [], {}):
        return str(_("kosong"))
    if isinstance(value, bool):
        return str(_("ya") if value else _("tidak"))
    if key in {"role", "roles"}:
        return ", ".join(_role(each) for each in (value if isinstance(value, list) else [value]))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _role(code: Any) -> str:
    known = {role.value for role in Role}
    return label(Role(code)) if code in known else str(code)


def cells(row: AuditRow) -> Iterator[str]:
    """Yield the cells of one line of the file; text is never a formula."""
    values = (
        row.id,
        row.at.isoformat(),
        row.actor or "Simpul",
        row.action,
        _(event(row.action)),
        row.subject_kind,
        row.subject_id,
        row.agreement_code,
        "ditolak" if row.action in REFUSED else "berhasil",
        row.request_id,
        row.sequence,
        row.mac,
        _("dibatasi") if row.detail is None else json.dumps(row.detail, ensure_ascii=False, sort_keys=True),
    )
    for value in values:
        text = "" if value is None else str(value)
        yield f"'{text}" if text.startswith(FORMULA) else text

"""The rows of a list against the register: partners and agreements found, duplicates named, rows made into facts."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.domain.agreement import UNSIGNED, AgreementKind, SigningCapacity
from portal.domain.agreement_facts import AgreementFacts, PartyFacts
from portal.domain.bulk_list import Problem, ReadRow, is_wrong_order
from portal.domain.marking import N_
from portal.domain.organisation import fold
from portal.domain.policy import Action, Actor, may
from portal.models import Agreement, Organisation

_CLOSE = 0.75
"""So alike must a name be to be offered as what was meant."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Common:
    """What is the same for every row of a list: our side, the title, by whom it is signed.

    `example` is the code of an agreement whose draft the rows begin with (`bulk_examples`).
    """

    kind: AgreementKind
    ours: str
    title: str | None = None
    unit_code: str | None = None
    signatory_name: str | None = None
    signatory_office: str | None = None
    capacity: SigningCapacity | None = None
    instrument: str | None = None
    example: str | None = None

    def to_plain(self) -> dict[str, Any]:
        """Return the facts as plain JSON."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    @classmethod
    def from_plain(cls, values: Mapping[str, Any]) -> "Common":
        """Read what `to_plain` made."""
        capacity = values.get("capacity")
        kind = AgreementKind(values["kind"])
        return cls(**{**values, "kind": kind, "capacity": SigningCapacity(capacity) if capacity else None})


def check(session: Session, rows: Sequence[ReadRow], common: Common, *, actor: Actor) -> tuple[ReadRow, ...]:
    """Return the rows with what the register says: the partner's code in place of its name, and what is wrong.

    Asks the database a fixed number of questions, however long the list is.
    """
    partners = _Partners(session, rows)
    known = _agreements(session, rows)
    seen: dict[str, int] = {}
    checked = []
    for row in rows:
        values, problems = dict(row.values), list(row.problems)
        code = values.get("agreement_code")
        if code:
            problems += _of_agreement(known.get(code), code, common, actor)
        elif values.get("partner"):
            problems += partners.settle(values)
            if not (values.get("title") or common.title):
                problems.append(
                    Problem(column="Judul", message=N_("Tulis judul di baris ini atau judul bersama."), values={})
                )
        if is_wrong_order(values):
            message = N_("Tanggal berakhir harus sesudah tanggal mulai dan tanggal tanda tangan.")
            problems.append(Problem(column="Berakhir", message=message, values={}))
        problems += _twice(row, values, seen, common)
        checked.append(replace(row, values=values, problems=tuple(problems)))
    return tuple(checked)


def _twice(row: ReadRow, values: Mapping[str, Any], seen: dict[str, int], common: Common) -> list[Problem]:
    title = fold(values.get("title") or common.title or "")
    key = values.get("agreement_code") or f"{values.get('partner')}|{title}"
    first = seen.setdefault(key, row.number)
    if first == row.number:
        return []
    column = "Kode naskah" if values.get("agreement_code") else "Mitra"
    message = N_("Baris ini sama dengan baris %(n)s. Hapus salah satu.")
    return [Problem(column=column, message=message, values={"n": first})]


def _agreements(session: Session, rows: Iterable[ReadRow]) -> dict[str, Agreement]:
    codes = {row.values.get("agreement_code") for row in rows} - {None, ""}
    return {one.code: one for one in session.scalars(select(Agreement).where(Agreement.code.in_(codes)))}


def _of_agreement(found: Agreement | None, code: str, common: Common, actor: Actor) -> list[Problem]:
    if found is None or (found.is_confidential and not may(actor, Action.SEE_CONFIDENTIAL)):
        message, values = N_("Tidak ada naskah berkode %(code)s."), {"code": code}
    elif found.kind is not common.kind:
        message, values = N_("Jenis naskah %(code)s tidak sama dengan jenis templat."), {"code": code}
    elif found.stage not in UNSIGNED:
        message, values = N_("Naskah %(code)s sudah ditandatangani atau ditutup."), {"code": code}
    else:
        return []
    return [Problem(column="Kode naskah", message=message, values=values)]


class _Partners:
    """The partners that a list may mean, by code and by folded name, short name and alias."""

    def __init__(self, session: Session, rows: Iterable[ReadRow]) -> None:
        typed = {row.values.get("partner") or "" for row in rows}
        folded = {fold(name) for name in typed}
        columns = (
            Organisation.code,
            Organisation.name,
            Organisation.sort_key,
            Organisation.short_name,
            Organisation.aliases,
        )
        named = select(*columns).where(Organisation.is_ours.is_(False))
        direct = named.where(or_(Organisation.code.in_(typed), Organisation.sort_key.in_(folded)))
        self.by_name: dict[str, set[str]] = {}
        self.names: dict[str, str] = {}
        found = session.execute(direct).all()
        known = {fold(one.name) for one in found} | {one.code for one in found}
        if any(name and name not in known and fold(name) not in known for name in typed):
            found = session.execute(named).all()
        for one in found:
            self.names[one.code] = one.name
            for name in (one.name, one.short_name or "", *one.aliases):
                if name:
                    self.by_name.setdefault(fold(name), set()).add(one.code)

    def settle(self, values: dict[str, Any]) -> list[Problem]:
        """Put the code in place of the name; say what is wrong with it."""
        typed = values["partner"]
        if typed in self.names:
            return []
        found = self.by_name.get(fold(typed), set())
        if len(found) == 1:
            values["partner"] = next(iter(found))
            return []
        if found:
            message = N_("Ada %(n)s mitra bernama demikian. Tulis kodenya: %(codes)s.")
            told: dict[str, object] = {"n": len(found), "codes": ", ".join(sorted(found))}
            return [Problem(column="Mitra", message=message, values=told)]
        near = difflib.get_close_matches(fold(typed), self.by_name, n=1, cutoff=_CLOSE)
        if near:
            code = min(self.by_name[near[0]])
            message = N_("Mitra ini tidak ada. Maksud Anda %(name)s (kode %(code)s)?")
            told = {"name": self.names[code], "code": code}
        else:
            message, told = N_("Mitra ini tidak ada pada daftar mitra. Tambahkan dulu di menu Mitra."), {}
        return [Problem(column="Mitra", message=message, values=told)]


def facts_of(values: Mapping[str, Any], common: Common, *, officer_email: str | None) -> AgreementFacts:
    """Return what a row tells of a new agreement; our side stands first."""
    ours = PartyFacts(
        organisation_code=common.ours,
        number_printed=values.get("number_ours"),
        signatory_name=common.signatory_name,
        signatory_office=common.signatory_office,
        capacity=common.capacity,
        instrument=common.instrument,
    )
    theirs = _theirs(PartyFacts(organisation_code=values["partner"]), values)
    start = AgreementFacts(
        kind=common.kind,
        title=values.get("title") or common.title or "",
        parties=(ours, theirs),
        unit_code=common.unit_code,
        officer_email=officer_email,
    )
    return _with_own(start, values)


def merged(stored: AgreementFacts, values: Mapping[str, Any], common: Common) -> AgreementFacts:
    """Return recorded facts with what a row tells; cells left empty change nothing."""
    first, *others = stored.parties
    ours = replace(
        first,
        number_printed=values.get("number_ours") or first.number_printed,
        signatory_name=first.signatory_name or common.signatory_name,
        signatory_office=first.signatory_office or common.signatory_office,
        capacity=first.capacity or common.capacity,
        instrument=first.instrument or common.instrument,
    )
    if len(others) == 1:
        others = [_theirs(others[0], values)]
    facts = replace(stored, parties=(ours, *others), title=values.get("title") or stored.title)
    return _with_own(facts, values)


_THEIRS = {
    "number_theirs": "number_printed",
    "address": "address_printed",
    "signatory_name": "signatory_name",
    "signatory_office": "signatory_office",
    "instrument": "instrument",
    "contact_name": "contact_name",
    "contact_phone": "contact_phone",
    "contact_email": "contact_email",
}
_SAME = ("signed_place", "purpose", "value_rupiah", "funding_source")
_DAYS = ("signed_on", "starts_on", "ends_on")


def _theirs(party: PartyFacts, values: Mapping[str, Any]) -> PartyFacts:
    return replace(party, **{name: values[key] for key, name in _THEIRS.items() if values.get(key)})


def _with_own(facts: AgreementFacts, values: Mapping[str, Any]) -> AgreementFacts:
    told: dict[str, Any] = {name: values[name] for name in _SAME if values.get(name)}
    told |= {name: date.fromisoformat(values[name]) for name in _DAYS if values.get(name)}
    if values.get("scope"):
        told["scope"] = tuple(values["scope"])
    if values.get("term_months"):
        years, months = divmod(values["term_months"], 12)
        told |= {"term_years": years or None, "term_months": months or None}
    return replace(facts, **told)

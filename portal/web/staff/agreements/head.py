"""The head of the agreement's page: what it is, how it stands, its stages on the rail, what can be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.domain import policy
from portal.domain.agreement import MOVING, STAGES, UNSIGNED, AgreementKind, Relation, Stage, Standing, standing
from portal.domain.dates import days_between
from portal.domain.policy import Action, Actor, Verdict
from portal.web import slugs
from portal.web.filters import date_short, label

if TYPE_CHECKING:
    from portal.models import Agreement, StageChange

Item = dict[str, Any]

RELATIONS = {
    "induk": Relation.PARENT,
    "melaksanakan": Relation.IMPLEMENTS,
    "mengubah": Relation.AMENDS,
    "memperpanjang": Relation.EXTENDS,
    "memperbarui": Relation.RENEWS,
}
"""The words of addresses for relations."""

RELATION_WORDS = {relation: word for word, relation in RELATIONS.items()}
KIND_WORDS = {kind: word for word, kind in slugs.KINDS.items()}
STAGE_WORDS = {stage: word for word, stage in slugs.STAGES.items()}

ENDED_BY_PEOPLE = frozenset({Stage.SUSPENDED, Stage.TERMINATED, Stage.CANCELLED})
LAST = len(MOVING) - 1


def kind_chip(kind: AgreementKind) -> Item:
    """Return the chip that names the kind in one word."""
    short = {AgreementKind.MOU: "MoU", AgreementKind.PKS: "PKS", AgreementKind.SYNERGY_NOTE: _("Nota Sinergi")}
    return {"text": short.get(kind) or label(kind), "tone": "kind"}


def chips(agreement: "Agreement", today: date) -> list[Item]:
    """Return kind, stage before standing, and whether the text is confidential."""
    found = [kind_chip(agreement.kind), *_state(agreement, today)]
    if agreement.is_confidential:
        found.append({"text": _("Dibatasi"), "icon": "lock"})
    return found


def _state(agreement: "Agreement", today: date) -> list[Item]:
    tones = {Stage.SUSPENDED: "warn", Stage.TERMINATED: "bad", Stage.CANCELLED: ""}
    verdict = standing(agreement, today)
    if verdict is None:
        return [{"text": label(agreement.stage), "tone": tones.get(agreement.stage, "info")}]
    in_force = {"text": label(Standing.IN_FORCE), "tone": "good"}
    if verdict is Standing.IN_FORCE:
        return [in_force]
    if verdict is Standing.ENDING_SOON and agreement.ends_on:
        left = days_between(today, agreement.ends_on)
        text = _("Berakhir hari ini")
        if left:
            text = ngettext("Berakhir dalam %(n)s hari", "Berakhir dalam %(n)s hari", left, n=left)
        return [in_force, {"text": text, "tone": "warn", "icon": "hourglass"}]
    if verdict is Standing.END_UNKNOWN:
        return [in_force, {"text": label(verdict), "tone": "", "icon": "circle-help"}]
    return [{"text": label(verdict), "tone": ""}]


def facts(agreement: "Agreement") -> list[Item]:
    """Return the line under the title: partners, our number, who looks after it."""
    partners = [party.name_printed for party in agreement.parties if not party.organisation.is_ours]
    ours = next((party for party in agreement.parties if party.organisation.is_ours), None)
    return [
        {"label": _("Mitra"), "value": ", ".join(partners)},
        {"label": _("Nomor"), "value": ours.number_printed if ours else None},
        {"label": _("PIC"), "value": agreement.officer.name if agreement.officer else None},
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rail:
    """The stops of the rail, and the one line that stands for them on a phone."""

    stops: list[Item]
    summary: str


def rail(agreement: "Agreement", changes: Sequence["StageChange"], today: date) -> Rail:
    """Return the stages with the days on which they were entered; Penjajakan stands there only while it is current."""
    entered = {change.stage: change.entered_on for change in changes}
    stages = MOVING if agreement.stage is Stage.EXPLORATION else MOVING[1:]
    if agreement.stage in ENDED_BY_PEOPLE:
        return _stopped(agreement.stage, entered)
    here = stages.index(agreement.stage)
    stops = []
    for place, stage in enumerate(stages):
        state = "done" if place < here else "current" if place == here else "todo"
        when = date_short(entered[stage]) if stage in entered and place <= here else ""
        stops.append({"label": label(stage), "when": when, "state": state})
    stops[here] |= _current(agreement, entered, today)
    return Rail(stops=stops, summary=_place(here, stages, agreement.stage))


def _place(here: int, stages: Sequence[Stage], stage: Stage) -> str:
    if stage is Stage.EXPLORATION:
        return _("Sebelum usulan: %(stage)s", stage=label(stage))
    return _("Tahap %(n)s dari %(all)s: %(stage)s", n=here + 1, all=len(stages), stage=label(stage))


def _current(agreement: "Agreement", entered: dict[Stage, date], today: date) -> Item:
    if agreement.stage is Stage.ACTIVE:
        if agreement.ends_on is None:
            return {"when": _("akhir belum diketahui")}
        return {"when": _("s.d. %(date)s", date=date_short(agreement.ends_on))}
    if agreement.stage not in entered:
        return {}
    return {"turn": _("hari ke-%(n)s", n=days_between(entered[agreement.stage], today) + 1)}


def _stopped(stage: Stage, entered: dict[Stage, date]) -> Rail:
    """Let the stage that ended the way stand in the last place; before it, what was passed."""
    signed = stage is not Stage.CANCELLED
    reached = max((place for place, one in enumerate(MOVING) if one in entered), default=0)
    stops = []
    for place, one in enumerate(MOVING[1:-1], start=1):
        done = signed or place <= reached
        when = date_short(entered[one]) if one in entered else ""
        stops.append({"label": label(one), "when": when, "state": "done" if done else "todo"})
    when = date_short(entered[stage]) if stage in entered else ""
    stops.append({"label": label(stage), "when": when, "state": "stopped"})
    return Rail(stops=stops, summary=label(stage))


def following(code: str, relation: Relation, kind: AgreementKind) -> str:
    """Return the address at which a new agreement begins that stands in a relation to this one."""
    words = {"dari": code, "hubungan": RELATION_WORDS[relation], "jenis": KIND_WORDS[kind]}
    return url_for("staff.agreements.record", **words)  # type: ignore[arg-type]


def towards(code: str, stage: Stage) -> str:
    """Return the address of the page that asks for one certain stage."""
    return url_for("staff.agreements.stage", code=code, ke=STAGE_WORDS[stage])


def stage_verb(stage: Stage) -> str:
    """Return the verb of the button that brings an agreement to a stage."""
    verbs = {
        Stage.ACTIVE: _("Nyatakan berlaku"),
        Stage.SUSPENDED: _("Tangguhkan naskah"),
        Stage.TERMINATED: _("Akhiri naskah"),
        Stage.CANCELLED: _("Batalkan naskah"),
    }
    return verbs.get(stage) or _("Ubah menjadi %(stage)s", stage=label(stage))


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """Something that can be done; `reason` says why not now or not by this person."""

    name: str
    href: str
    icon: str
    reason: str | None = None


def _act(name: str, href: str, icon: str, verdict: Verdict, *, open_now: bool = True, closed: str = "") -> Act:
    reason = (verdict.reason or "") if not verdict else (None if open_now else closed)
    return Act(name=name, href=href, icon=icon, reason=_(reason) if reason else None)


def acts(agreement: "Agreement", actor: Actor) -> list[Act]:
    """Return everything that can be done with an agreement; what is closed stays with its reason."""
    code, after = agreement.code, STAGES.after(agreement.stage)
    signed = agreement.stage in {Stage.ACTIVE, Stage.SUSPENDED}
    record, change = policy.may(actor, Action.RECORD_AGREEMENT), policy.may(actor, Action.CHANGE_STAGE)

    unsigned = _("Naskah ini belum ditandatangani.")
    found = [
        _act(
            _("Ubah data"),
            url_for("staff.agreements.edit", code=code),
            "pencil",
            policy.may(actor, Action.EDIT_AGREEMENT),
        ),
        _act(
            _("Ubah tahap"),
            url_for("staff.agreements.stage", code=code),
            "list-checks",
            change,
            open_now=bool(after),
            closed=_("Tahap ini sudah akhir."),
        ),
        _act(
            _("Perpanjang"),
            url_for("staff.agreements.renewal", code=code),
            "refresh-cw",
            policy.may(actor, Action.DECIDE_RENEWAL),
            open_now=signed,
            closed=unsigned,
        ),
    ]
    if agreement.kind is AgreementKind.MOU:
        found.append(
            _act(_("Buat PKS turunan"), following(code, Relation.PARENT, AgreementKind.PKS), "file-text", record)
        )
    found += _endings(code, agreement.stage, change)
    return found


def _endings(code: str, stage: Stage, change: Verdict) -> list[Act]:
    after = STAGES.after(stage)
    if stage in UNSIGNED:
        return [_act(_("Batalkan"), towards(code, Stage.CANCELLED), "ban", change)]
    return [
        _act(
            _("Tangguhkan"),
            towards(code, Stage.SUSPENDED),
            "pause",
            change,
            open_now=Stage.SUSPENDED in after,
            closed=_("Hanya naskah yang berlaku yang dapat ditangguhkan."),
        ),
        _act(
            _("Akhiri lebih awal"),
            towards(code, Stage.TERMINATED),
            "circle-x",
            change,
            open_now=Stage.TERMINATED in after,
            closed=_("Naskah ini sudah diakhiri atau dibatalkan."),
        ),
    ]


def amendment(agreement: "Agreement", actor: Actor) -> Act:
    """Return the act that begins an addendum."""
    href = following(agreement.code, Relation.AMENDS, AgreementKind.AMENDMENT)
    return _act(
        _("Adendum"),
        href,
        "file-pen-line",
        policy.may(actor, Action.RECORD_AGREEMENT),
        open_now=agreement.stage in {Stage.ACTIVE, Stage.SUSPENDED},
        closed=_("Adendum dibuat sesudah naskah ditandatangani."),
    )

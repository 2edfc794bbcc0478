"""The list of agreements as words, chips and links: what was asked, the saved views, one line for each row."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.domain.agreement import Stage, Standing
from portal.domain.dates import add_months
from portal.domain.policy import Action, Actor, may
from portal.queries.agreement_filter import AgreementFilter
from portal.queries.agreement_list import AgreementRow, Sort, Tally
from portal.web import slugs
from portal.web.asked import Asked
from portal.web.filters import date_long, date_short, days_left, label, number
from portal.web.listing import Place, options
from portal.web.staff.agreements.head import kind_chip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.queries.organisation_choices import CodeName

Item = dict[str, Any]

SORTS = {"judul": Sort.TITLE, "mitra": Sort.PARTNER, "berakhir": Sort.END, "diubah": Sort.CHANGED}
STAGES = {word: frozenset({stage}) for word, stage in slugs.STAGES.items()} | slugs.STAGE_GROUPS
SPANS = {"30": 30, "90": 90, "180": 180}
NO_PARENT, OUTLIVING = "tidak", "melampaui"
"""What can be asked of the parent of an agreement."""


def read(asked: Asked, *, actor: Actor) -> AgreementFilter:
    """Return the filter that an address asks for."""
    kind = asked.one_of("jenis", slugs.KINDS)
    officer = asked.one_of("pic", {"saya": actor.account_id})
    parent = asked.one_of("induk", {word: word for word in (NO_PARENT, OUTLIVING)})
    first, last = _month(asked) or (None, None)
    return AgreementFilter(
        kinds=frozenset({kind}) if kind else frozenset(),
        stages=asked.one_of("tahap", STAGES) or frozenset(),
        standings=asked.one_of("keadaan", slugs.STANDINGS) or frozenset(),
        unit_code=asked.text("unit") or None,
        province_code=asked.text("wilayah") or None,
        officer_id=officer,
        partner_code=asked.text("mitra") or None,
        ending_days=None if first else asked.one_of("berakhir", SPANS),
        ending_from=first,
        ending_to=last,
        lacks_parent=parent == NO_PARENT,
        outlives_parent=parent == OUTLIVING,
        lacks_pks=bool(asked.one_of("turunan", {"tidak": True})),
        words=asked.text("q"),
        is_sample=asked.one_of("contoh", slugs.YES_NO),
        with_confidential=bool(may(actor, Action.SEE_CONFIDENTIAL)),
    )


def _month(asked: Asked) -> tuple[date, date] | None:
    """Return the first and last day of `berakhir=2027-04`."""
    word = asked.text("berakhir")
    try:
        first = date.fromisoformat(f"{word}-01")
    except ValueError:
        return None
    return first, date.fromordinal(add_months(first, 1).toordinal() - 1)


def numbers(tally: Tally) -> tuple[int, ...]:
    """Return the numbers of the saved views in their order; the first is that of all agreements."""
    return (
        tally.total,
        tally.standings(slugs.STANDINGS["berlaku"]),
        tally.standings(slugs.STANDINGS["akan-berakhir"]),
        tally.stages(slugs.STAGE_GROUPS["dalam-proses"]),
        tally.mine,
        tally.lacks_parent,
        tally.outlives_parent,
        tally.lacks_pks,
    )


def views(place: Place, counts: "Sequence[int]") -> list[Item]:
    """Return the saved views as links with their exact `numbers`; each is one set of words of the address."""
    rows: list[tuple[str, dict[str, str]]] = [
        (_("Semua"), {}),
        (_("Berlaku"), {"keadaan": "berlaku"}),
        (_("Akan berakhir"), {"keadaan": "akan-berakhir"}),
        (_("Dalam proses"), {"tahap": "dalam-proses"}),
        (_("Milik saya"), {"pic": "saya"}),
        (_("PKS tanpa induk"), {"induk": NO_PARENT}),
        (_("Melampaui induk"), {"induk": OUTLIVING}),
        (_("MoU tanpa PKS"), {"turunan": "tidak"}),
    ]
    here = {name: value for name, value in place.asked.args.items() if name not in {"hal", "urut"}}
    return [
        {
            "label": name,
            "href": url_for(place.endpoint, **words),  # type: ignore[arg-type]
            "count": number(count),
            "current": here == words,
        }
        for (name, words), count in zip(rows, counts, strict=True)
    ]


def stage_names() -> dict[str, str]:
    """Return the names of stages and of groups of stages by their word in the address."""
    groups = {
        "sampai-telaah": _("Penjajakan, usulan, telaah"),
        "paraf-tanda-tangan": _("Paraf dan tanda tangan"),
        "dalam-proses": _("Dalam proses"),
    }
    return {word: label(stage) for word, stage in slugs.STAGES.items()} | groups


def standing_names() -> dict[str, str]:
    """Return the names of standings by their word in the address."""
    return {
        "belum-berlaku": label(Standing.UPCOMING),
        "berlaku": label(Standing.IN_FORCE),
        "akan-berakhir": label(Standing.ENDING_SOON),
        "berakhir": label(Standing.ENDED),
        "akhir-belum-diketahui": label(Standing.END_UNKNOWN),
    }


def choices(units: "Sequence[CodeName]", provinces: "Sequence[CodeName]") -> dict[str, list[tuple[str, str]]]:
    """Return what each select of the filter offers."""
    every = _("Semua")
    spans = {word: ngettext("%(n)s hari", "%(n)s hari", days, n=days) for word, days in SPANS.items()}
    return {
        "jenis": options(every, {word: label(kind) for word, kind in slugs.KINDS.items()}),
        "tahap": options(every, stage_names()),
        "keadaan": options(every, standing_names()),
        "unit": options(every, dict(units)),
        "wilayah": options(every, dict(provinces)),
        "pic": options(every, {"saya": _("Saya")}),
        "berakhir": options(every, spans),
        "contoh": options(every, {"tidak": _("Tanpa data contoh"), "ya": _("Hanya data contoh")}),
    }


def chips(place: Place, choices_of: Mapping[str, list[tuple[str, str]]], *, partner: str | None) -> list[Item]:
    """Return the chosen filters in words."""
    asked, first = place.asked, _month(place.asked)
    names = {word: dict(pairs) for word, pairs in choices_of.items()}
    if first:
        names["berakhir"] = {asked.text("berakhir"): date_long(first[0]).split(" ", 1)[1]}
    titles = {
        "q": _("Kata"),
        "jenis": _("Jenis"),
        "tahap": _("Tahap"),
        "keadaan": _("Keadaan"),
        "unit": _("Unit"),
        "wilayah": _("Wilayah"),
        "pic": _("PIC"),
        "mitra": _("Mitra"),
        "berakhir": _("Berakhir"),
        "induk": _("Induk"),
        "turunan": _("Turunan"),
        "contoh": _("Contoh"),
    }
    parents = {NO_PARENT: _("tanpa naskah induk"), OUTLIVING: _("berlaku lebih lama daripada induknya")}
    own = {
        "mitra": partner or asked.text("mitra"),
        "induk": parents.get(asked.text("induk"), ""),
        "turunan": _("MoU tanpa PKS yang berlaku"),
        "q": asked.text("q"),
    }
    texts = [
        (word, title, own.get(word) or names.get(word, {}).get(asked.text(word), asked.text(word)))
        for word, title in titles.items()
    ]
    return place.chips(texts)


def line(row: AgreementRow) -> Item:
    """Return one line of the list."""
    return {
        "href": url_for("staff.agreements.show", code=row.code),
        "title": row.title,
        "code": row.code,
        "number": row.number,
        "sample": row.is_sample,
        "confidential": row.is_confidential,
        "partner": row.partners[0] if row.partners else None,
        "more": _("+%(n)s mitra", n=len(row.partners) - 1) if len(row.partners) > 1 else "",
        "kind": kind_chip(row.kind),
        "state": state(row),
        "until": _until(row),
        "overdue": _("%(n)s terlambat", n=row.overdue) if row.overdue else "",
        "officer": row.officer,
    }


def state(row: AgreementRow) -> Item:
    """Return the one chip of a line: what people decided, unless it is in force; then what the calendar says."""
    tones = {Stage.SUSPENDED: "warn", Stage.TERMINATED: "bad", Stage.CANCELLED: ""}
    if row.standing is None:
        return {"text": label(row.stage), "tone": tones.get(row.stage, "info"), "icon": None}
    if row.standing is Standing.ENDING_SOON:
        return {"text": label(row.standing), "tone": "warn", "icon": "hourglass"}
    tone = "good" if row.standing in {Standing.IN_FORCE, Standing.END_UNKNOWN} else ""
    return {"text": label(row.standing), "tone": tone, "icon": None}


def _until(row: AgreementRow) -> Item:
    """Return until when it is in force, with the distance while it is."""
    if row.ends_on is None:
        return {"text": None, "note": ""}
    is_running = row.days_left is not None and row.standing in slugs.STANDINGS["berlaku"]
    note = days_left(row.days_left) if is_running and row.days_left is not None else ""
    return {"text": _("s.d. %(date)s", date=date_short(row.ends_on)), "note": note}


def columns(place: Place) -> list[Any]:
    """Return the heads of the columns; four of them order the list."""
    return [
        place.column(_("Judul"), word="urut", order="judul"),
        place.column(_("Mitra"), word="urut", order="mitra"),
        _("Jenis dan keadaan"),
        place.column(_("Masa berlaku"), word="urut", order="berakhir"),
        _("PIC"),
    ]


def counted(total: int, *, is_capped: bool) -> str:
    """Return how many agreements a filter finds, in words."""
    if is_capped:
        return str(_("lebih dari %(n)s naskah", n=number(total - 1)))
    return ngettext("%(n)s naskah", "%(n)s naskah", total, n=number(total))

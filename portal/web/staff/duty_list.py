"""The list of dated duties: what an address asks, the saved views with their numbers, the chosen filters in words."""

from datetime import date, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain.policy import Action, Actor, may
from portal.queries.obligation_filter import DutyFilter
from portal.queries.obligation_numbers import VIEWS, DutyTally
from portal.web import slugs
from portal.web.asked import Asked
from portal.web.filters import date_long, label
from portal.web.listing import Place, options

Item = dict[str, Any]

NOBODY, WAITS = "belum-ada", "menunggu"
SPANS = {"7-hari": 7, "30-hari": 30}


def read(asked: Asked, *, actor: Actor, today: date) -> DutyFilter:
    """Return the filter that an address asks for."""
    standing = asked.one_of("keadaan", slugs.DUTY_STANDINGS)
    without_officer = asked.text("pic") == NOBODY
    due_on, span = asked.day("tenggat"), asked.one_of("dalam", SPANS)
    return DutyFilter(
        standings=frozenset({standing}) if standing else frozenset(),
        due_from=due_on or (today if span else asked.day("dari")),
        due_to=due_on or (today + timedelta(days=span) if span else asked.day("sampai")),
        unfinished=bool(span) or "pihak" in asked.args or without_officer,
        without_officer=without_officer,
        relief_asked=asked.one_of("keringanan", {WAITS: True}) is True,
        owed_by_us=asked.one_of("pihak", {"kemensos": True, "mitra": False}),
        reported=asked.one_of("laporan", slugs.YES_NO),
        kind=asked.one_of("jenis", slugs.DUTY_KINDS),
        officer_id=asked.one_of("pic", {"saya": actor.account_id}),
        agreement_code=asked.text("naskah") or None,
        partner_code=asked.text("mitra") or None,
        words=asked.text("q"),
        with_confidential=bool(may(actor, Action.SEE_CONFIDENTIAL)),
    )


def views(place: Place, tally: DutyTally) -> list[Item]:
    """Return the saved views as links with their exact numbers."""
    words: dict[str, tuple[str, dict[str, str]]] = {
        "overdue": (_("Terlambat"), {"keadaan": "terlambat"}),
        "within_7": (_("7 hari"), {"dalam": "7-hari"}),
        "within_30": (_("30 hari"), {"dalam": "30-hari"}),
        "awaiting_review": (_("Menunggu telaah"), {"keadaan": "menunggu-telaah"}),
        "ours": (_("Milik Kemensos"), {"pihak": "kemensos"}),
        "without_officer": (_("Tanpa penanggung jawab"), {"pic": NOBODY}),
        "relief_asked": (_("Permohonan keringanan"), {"keringanan": WAITS}),
        "held": (_("Ditahan"), {"keadaan": "ditahan"}),
    }
    here = {name: value for name, value in place.asked.args.items() if name != "hal"}
    found: list[Item] = [{"label": _("Semua"), "href": url_for(place.endpoint), "current": not here}]
    for view in VIEWS:
        name, asks = words[view]
        found.append(
            {
                "label": name,
                "href": url_for(place.endpoint, **asks),  # type: ignore[arg-type]
                "count": getattr(tally, view),
                "current": here == asks,
            }
        )
    return found


def choices() -> dict[str, list[tuple[str, str]]]:
    """Return what each select of the filter offers."""
    every = _("Semua")
    return {
        "keadaan": options(every, {word: label(standing) for word, standing in slugs.DUTY_STANDINGS.items()}),
        "dalam": options(every, {word: _("%(n)s hari ke depan", n=days) for word, days in SPANS.items()}),
        "pihak": options(every, {"kemensos": _("Kemensos"), "mitra": _("Mitra")}),
        "jenis": options(every, {word: label(kind) for word, kind in slugs.DUTY_KINDS.items()}),
        "pic": options(every, {"saya": _("Saya"), NOBODY: _("Belum ada")}),
    }


def chips(place: Place, known: dict[str, list[tuple[str, str]]]) -> list[Item]:
    """Return the chosen filters in words."""
    asked = place.asked
    names = {word: dict(pairs) for word, pairs in known.items()}
    names["laporan"] = {"ya": _("dipenuhi dengan laporan"), "tidak": _("tanpa laporan")}
    names["keringanan"] = {WAITS: _("menunggu keputusan")}
    titles = {
        "q": _("Kata"),
        "keadaan": _("Keadaan"),
        "dalam": _("Tenggat"),
        "tenggat": _("Tenggat"),
        "dari": _("Dari"),
        "sampai": _("Sampai"),
        "pihak": _("Yang wajib"),
        "laporan": _("Pemenuhan"),
        "jenis": _("Jenis"),
        "pic": _("PIC"),
        "keringanan": _("Keringanan"),
        "naskah": _("Naskah"),
        "mitra": _("Mitra"),
    }
    for word in ("tenggat", "dari", "sampai"):
        day = asked.day(word)
        if day:
            names[word] = {asked.text(word): date_long(day)}
    texts = [
        (word, title, names.get(word, {}).get(asked.text(word), asked.text(word))) for word, title in titles.items()
    ]
    return place.chips(texts)

"""What partners say about the ministry in words, for their own pages and for the office's. No query, no rule."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from portal.domain.rating import Question, Score, Summary
from portal.web.filters import datetime_zone, label

if TYPE_CHECKING:
    from portal.models import Rating

Item = dict[str, Any]


def score_name(score: Score) -> str:
    """Return how far somebody agrees, in words."""
    names = {
        Score.NOT_AT_ALL: _("Tidak setuju"),
        Score.LITTLE: _("Kurang setuju"),
        Score.PARTLY: _("Cukup setuju"),
        Score.MOSTLY: _("Setuju"),
        Score.FULLY: _("Sangat setuju"),
    }
    return str(names[score])


def answers(scores: Mapping[Question, Score], remark: str | None) -> list[Item]:
    """Return one set of answers as label and value, the partner's own words last."""
    rows: list[Item] = [
        {"label": label(question), "value": f"{score_name(scores[question])} ({int(scores[question])}/5)"}
        for question in Question
    ]
    return rows + ([{"label": _("Yang perlu diperbaiki"), "value": remark}] if remark else [])


def told(row: "Rating", scores: Mapping[Question, Score]) -> Item:
    """Return what one partner said: its name, the answers, its own words, who answered when."""
    when = datetime_zone(row.updated_at)
    by = _("%(name)s, %(when)s", name=row.rated_by.name, when=when) if row.rated_by else when
    return {"name": row.organisation.name, "answers": answers(scores, row.remark), "by": by}


def number_said(found: Summary) -> str:
    """Return how many answers there are, and that few of them make no average."""
    number = ngettext("%(n)s jawaban", "%(n)s jawaban", found.number, n=found.number)
    if found.number and not found.means:
        return str(_("%(number)s, terlalu sedikit untuk rata-rata", number=number))
    return str(number)


def bars(found: Summary) -> list[Item]:
    """Return the average of each question as a bar; nothing for too few answers."""
    return [
        {
            "label": label(question),
            "value": _("%(mean)s dari 5", mean=_mean(mean)),
            "percent": round(mean * 20),
            "tone": "good" if mean >= Score.MOSTLY else "warn" if mean >= Score.PARTLY else "bad",
        }
        for question, mean in found.means.items()
    ]


def together(found: Summary) -> list[Item]:
    """Return several answers as label and value; nothing where nobody answered."""
    if not found.number:
        return []
    mean = found.mean
    said = _("%(mean)s dari 5", mean=_mean(mean)) if mean is not None else None
    told = f"{said} ({number_said(found)})" if said else number_said(found)
    return [{"label": _("Penilaian mitra terhadap Kementerian Sosial"), "value": told}]


def _mean(value: float) -> str:
    return str(format_decimal(round(value, 1), format="0.0"))

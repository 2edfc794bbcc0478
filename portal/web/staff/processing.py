"""The register of processing: what is kept about people, why, on what basis, how long, and who sees it."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, render_template
from flask_babel import gettext as _

from portal.domain import processing
from portal.domain.personal import DataKind
from portal.domain.processing import Processing
from portal.domain.wording.personal import TABLES
from portal.queries import personal_rows
from portal.web.access import office
from portal.web.filters import label

blueprint = Blueprint("processing", __name__, url_prefix="/kelola/daftar-pemrosesan")


@blueprint.get("")
@office()
def show() -> str:
    """Show the register, made of the marks of the columns and the times of keeping."""
    return render_template("staff/processing/show.html", cards=[_card(row) for row in processing.REGISTER])


def _card(row: Processing) -> dict[str, Any]:
    limits = [_("%(what)s: %(n)s hari", what=_(TABLES[table]), n=kept.days) for table, kept in row.limits.items()]
    return {
        "id": row.code,
        "label": _(row.label),
        "facts": [
            {"label": _("Catatan"), "value": ", ".join(_(TABLES[table]) for table in sorted(row.tables))},
            {"label": _("Jenis data"), "value": ", ".join(label(kind) for kind in _kinds(row.tables))},
            {"label": _("Untuk apa"), "value": _(row.purpose)},
            {"label": _("Dasar"), "value": _(row.basis)},
            {"label": _("Berapa lama"), "value": _(row.kept), "note": "; ".join(limits)},
            {"label": _("Siapa yang melihat"), "value": _(row.seen_by)},
        ],
    }


def _kinds(tables: Iterable[str]) -> list[DataKind]:
    held = {kind for table in tables for kind in personal_rows.marked(table).values()}
    return [kind for kind in DataKind if kind in held]

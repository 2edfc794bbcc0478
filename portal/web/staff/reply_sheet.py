"""The answers of a partner to a shared draft as a sheet of Excel: one row a Pasal."""

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from portal.documents.table_file import Column, Sheet
from portal.domain.shared_draft import SharedArticle
from portal.services import draft_answers
from portal.web.filters import label

if TYPE_CHECKING:
    from portal.models import DraftReply, SharedDraft


def sheet(row: "SharedDraft") -> Sheet:
    """Return the table of answers; of a Pasal that was not answered only its words."""
    columns = [
        Column(text=_("Pasal"), width=32),
        Column(text=_("Teks rancangan"), width=60),
        Column(text=_("Tanggapan mitra"), width=18),
        Column(text=_("Usul kata-kata"), width=60),
        Column(text=_("Pertanyaan atau alasan"), width=40),
        Column(text=_("Keputusan"), width=28),
        Column(text=_("Kalimat untuk mitra"), width=40),
    ]
    said = draft_answers.replies_by_article(row)
    rows = (_cells(one, said.get(one.key)) for one in draft_answers.articles(row))
    return Sheet(name=_("Matriks tanggapan"), columns=columns, rows=rows)


def _cells(one: SharedArticle, reply: "DraftReply | None") -> list[str | None]:
    if reply is None:
        return [one.name, one.text, _("Tidak dijawab"), None, None, None, None]
    decision = label(reply.decision) if reply.decision else None
    return [one.name, one.text, label(reply.verdict), reply.words, reply.remark, decision, reply.decision_note]

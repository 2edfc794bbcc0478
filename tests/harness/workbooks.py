"""Workbooks in the hands of a partner: opened as Excel would, filled in cell by cell, saved again."""

import io
from datetime import datetime
from typing import Any

from openpyxl import load_workbook
from sqlalchemy.orm import Session

from portal.documents import offline_pack as workbooks
from portal.documents.offline_pack import Column, Pack, Row
from portal.domain.dates import office_date
from portal.domain.offline_pack import FIELDS, Identity
from portal.domain.policy import Actor, Role
from portal.models import Account, WorkbookReceipt
from portal.queries import offline_packs as reading
from portal.services import offline_packs
from portal.services.offline_packs import Desk, Incoming

FIRST_ROW = 3


class Filled:
    """A downloaded workbook of reports; rows count from 0, columns go by the key of their field."""

    def __init__(self, content: bytes) -> None:
        """Open it."""
        self.book = load_workbook(io.BytesIO(content))
        self.page = self.book["Laporan"]
        keys = [cell.value for cell in self.page[1]]
        self.letters = {key: self.page.cell(1, place).column_letter for place, key in enumerate(keys, 1)}

    @property
    def count(self) -> int:
        """How many reports it asks for."""
        return int(self.page.max_row) - FIRST_ROW + 1

    def place(self, row: int, key: str) -> str:
        """The cell of a field: "D7"."""
        return f"{self.letters[key]}{FIRST_ROW + row}"

    def put(self, row: int, key: str, value: Any) -> str:
        """Type into a cell; return its place."""
        self.page[self.place(row, key)] = value
        return self.place(row, key)

    def save(self) -> bytes:
        """The file as it would be uploaded."""
        kept = io.BytesIO()
        self.book.save(kept)
        return kept.getvalue()


def leave(session: Session, account: Account, *, desk: Desk, now: datetime) -> None:
    """Leave two workbooks of a partner's person: one that waits, with a fault in it, and one that was accepted."""
    roles = frozenset({Role.PARTNER_RESPONSIBLE})
    own = account.organisation_id
    actor = Actor(account_id=account.id, name=account.name, organisation_id=own, roles=roles)
    duties = reading.open_duties(session, organisation_id=own, today=office_date(now))
    sealer = offline_packs.sealer(actor, offline_packs.new_pack(), secret=desk.secret)
    rows = []
    for duty in duties:
        identity = Identity(occurrence_id=duty.occurrence.id, version=duty.version)
        rows.append(Row(values={}, asked=frozenset(FIELDS), identity=identity, seal=sealer.of_row(identity)))
    columns = [Column(key=name, heading=name) for name in FIELDS]
    pack = Pack(pack=sealer.pack, seal=sealer.of_book(), about=["Contoh"], columns=columns, rows=rows)
    book = Filled(workbooks.write(pack))
    for row, beneficiaries in enumerate(("60", "enam puluh")[: book.count]):
        book.put(row, "narrative", "Pelatihan menjahit.")
        book.put(row, "beneficiaries", beneficiaries)
    incoming = Incoming(name="isian-laporan.xlsx", content=book.save())
    offline_packs.take_in(session, incoming, desk=desk, actor=actor, now=now)
    session.add(
        WorkbookReceipt(
            code="CNTH-0001",
            organisation_id=own,
            name="isian-lama.xlsx",
            digest="0" * 64,
            pack="0" * 16,
            uploaded_at=now,
            uploaded_by_id=account.id,
            accepted_at=now,
            accepted_by_id=account.id,
            is_sent=True,
            number="TI-CNTH-0001",
            result={"reports": [], "faults": [{"cell": "E4", "message": "Tulis angka.", "values": {}}]},
        )
    )

"""Reference data that offices edit: provinces, client groups, ATENSI components, the calendar."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.organisation import Confidence, Zone
from portal.models.base import Base, enum_column


class Province(Base):
    """One of the 38 provinces, with its place on the tile map."""

    __tablename__ = "province"

    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    number: Mapped[str] = mapped_column(String(2), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    zone: Mapped[Zone] = enum_column(Zone)
    tile_column: Mapped[int]
    tile_row: Mapped[int]


class ClientGroup(Base):
    """One of the 12 groups of *pemerlu atensi sosial* (PAS)."""

    __tablename__ = "client_group"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    source: Mapped[str] = mapped_column(String(200))


class FormerType(Base):
    """One of the 26 types used before 2025, with the group it maps to."""

    __tablename__ = "former_type"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    client_group_code: Mapped[str] = mapped_column(ForeignKey("client_group.code"))
    confidence: Mapped[Confidence] = enum_column(Confidence)


class AtensiComponent(Base):
    """One of the seven components of ATENSI."""

    __tablename__ = "atensi_component"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(160))


class CalendarDay(Base):
    """A holiday, *cuti bersama* or regional day; the working calendar is made of these rows."""

    __tablename__ = "calendar_day"
    __table_args__ = (UniqueConstraint("day", "kind", "region", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str] = mapped_column(String(16))
    """One of national, joint_leave, regional."""
    region: Mapped[str] = mapped_column(String(40), default="")
    source: Mapped[str] = mapped_column(String(240))
    confirmed: Mapped[bool]
    version: Mapped[int] = mapped_column(default=1)

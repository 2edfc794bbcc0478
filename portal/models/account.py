"""People who sign in: accounts, roles with periods, sessions, invitations, counted attempts."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.policy import Role
from portal.models.base import Base, Stamped, UtcDateTime, enum_column
from portal.models.organisation import Organisation


class Account(Stamped, Base):
    """A person; staff belong to the ministry or a unit, partners to their organisation."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(160))
    greeting: Mapped[str | None] = mapped_column(String(80))
    phone: Mapped[str | None] = mapped_column(String(40))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2), default="id")
    is_active: Mapped[bool] = mapped_column(default=True)
    last_sign_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    mail_refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    is_sample: Mapped[bool] = mapped_column(default=False)

    organisation: Mapped[Organisation] = relationship()
    roles: Mapped[list["AccountRole"]] = relationship(cascade="all, delete-orphan")


def of_account() -> ForeignKeyConstraint:
    """Return the key of what belongs to a person: it can never name another organisation than that person's."""
    own = ["account_id", "organisation_id"]
    return ForeignKeyConstraint(own, ["account.id", "account.organisation_id"], onupdate="CASCADE")


class AccountRole(Base):
    """A role that a person holds for a period, with its basis."""

    __tablename__ = "account_role"
    __table_args__ = (Index("ix_account_role_people", "organisation_id", "role", "account_id", "starts_on", "ends_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[Role] = enum_column(Role)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    basis: Mapped[str | None] = mapped_column(String(240))


class SignInSession(Base):
    """A signed-in browser; only the hash of its token is kept."""

    __tablename__ = "sign_in_session"
    __table_args__ = (of_account(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    agent: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    used_at: Mapped[datetime] = mapped_column(UtcDateTime())
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime())
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    proved_at: Mapped[datetime] = mapped_column(UtcDateTime())
    """When the person last typed the password or a code: legal acts ask for it anew after a while."""

    account: Mapped[Account] = relationship()


class Invitation(Base):
    """One person is invited to one organisation in one role; used once, only the hash is kept."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    name: Mapped[str] = mapped_column(String(160))
    role: Mapped[Role] = enum_column(Role)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime())
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Of the code that is told by telephone."""
    phone: Mapped[str | None] = mapped_column(String(40))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    organisation: Mapped[Organisation] = relationship()


class Attempt(Base):
    """How often something was tried in a window of time: sign-ins by address, invitations by token."""

    __tablename__ = "attempt"
    __table_args__ = (UniqueConstraint("key", "window_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(160))
    window_at: Mapped[datetime] = mapped_column(UtcDateTime())
    count: Mapped[int]


class SignInLock(Base):
    """Wrong tries for one mail address, known or not: a lock tells nobody whether there is an account."""

    __tablename__ = "sign_in_lock"

    id: Mapped[int] = mapped_column(primary_key=True)
    email_hash: Mapped[str] = mapped_column(String(64), unique=True)
    wrong_tries: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime())
    tried_at: Mapped[datetime] = mapped_column(UtcDateTime())

"""What lets people in besides their password: codes, known devices, authenticator apps, links for a new password."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.account import Account, of_account
from portal.models.base import Base, UtcDateTime


class SecondStep(Base):
    """Somebody whose password was right and who has yet to type the code of the mail or of the app; hashes only."""

    __tablename__ = "second_step"
    __table_args__ = (of_account(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    tries: Mapped[int] = mapped_column(default=0)
    codes: Mapped[int] = mapped_column(default=1)
    """How many codes were sent for this one sign-in."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime())
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime())
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    by_app: Mapped[bool] = mapped_column(default=False)
    """The code comes from the authenticator app, so none was sent."""

    account: Mapped[Account] = relationship()


class TrustedDevice(Base):
    """A browser in which a person has typed a code: it is not asked again for a while."""

    __tablename__ = "trusted_device"
    __table_args__ = (of_account(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime())


class Authenticator(Base):
    """The authenticator app of a person. Its secret is kept sealed with the key of the settings."""

    __tablename__ = "authenticator"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    secret: Mapped[str | None] = mapped_column(String(64))
    """Of the app that lets in; none until the first code was typed."""
    next_secret: Mapped[str | None] = mapped_column(String(64))
    """Of an app that is being set up."""
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)
    """The half minute of the last code that was taken: no code of it or before it works again."""


class RecoveryCode(Base):
    """A code for who has lost the app: works once, only the hash is kept."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class PasswordReset(Base):
    """Somebody asked for a new password with this address; whether it is known is looked up later, by the worker."""

    __tablename__ = "password_reset"
    __table_args__ = (Index("ix_password_reset_queue", "answered_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime())
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    account: Mapped[Account | None] = relationship()

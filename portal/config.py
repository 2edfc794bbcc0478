"""Settings, frozen; read from the environment once. All missing ones are named together."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

OFFICE_NAME = "Kementerian Sosial Republik Indonesia"
MAIL_FROM = "simpul@localhost"
UNIT_MAILBOX = "kerjasama@localhost"


class ConfigError(Exception):
    """A setting is missing or unsafe; the message names every one."""


def _services(text: str) -> dict[str, str]:
    """Return the services that a text names, each `name=address`, apart by blanks or lines."""
    pairs = [each.partition("=") for each in text.split()]
    if any(not name or not equals or "://" not in address for name, equals, address in pairs):
        raise ConfigError("SIMPUL_APPRISE ditulis sebagai nama=alamat, dipisahkan spasi.")
    return {name: address for name, _, address in pairs}


def _is_on(text: str) -> bool:
    """Return whether a switch is on; raise ConfigError for what is neither."""
    if text not in {"on", "off"}:
        raise ConfigError("SIMPUL_SECOND_STEP ditulis on atau off.")
    return text == "on"


@dataclass(frozen=True, kw_only=True, slots=True)
class Smtp:
    """The mail server; `host` None means that mail stays in the portal's own mailbox page."""

    host: str | None = None
    port: int = 25
    username: str | None = None
    password: str | None = None
    tls: str = "starttls"
    """One of none, starttls, tls."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Config:
    """Everything that differs from one installation to the next."""

    database_url: str
    files_dir: Path
    secret_key: str = field(repr=False)
    base_url: str = "http://127.0.0.1:8000"
    office_name: str = OFFICE_NAME
    help_phone: str | None = None
    mail_from: str = MAIL_FROM
    unit_mailbox: str = UNIT_MAILBOX
    smtp: Smtp = field(default_factory=Smtp)
    demo: bool = False
    testing: bool = False
    secure_cookies: bool = True
    second_step: bool = True
    """Whether partners type a code of a mail on a new device."""
    lease_seconds: int = 300
    trusted_proxies: int = 0
    services: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Services of the Apprise library by name; an address is a secret."""

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> "Config":
        """Return the settings of the environment.

        Raises ConfigError naming every missing or unsafe variable at once.
        """
        source = os.environ if env is None else env
        needed = ("SIMPUL_DATABASE_URL", "SIMPUL_FILES_DIR", "SIMPUL_SECRET_KEY", "SIMPUL_BASE_URL")
        missing = [name for name in needed if not source.get(name)]
        if missing:
            raise ConfigError("Variabel belum diisi: " + ", ".join(missing))
        if len(source["SIMPUL_SECRET_KEY"]) < 32:  # noqa: PLR2004 (256 bits as the shortest text)
            raise ConfigError("SIMPUL_SECRET_KEY terlalu pendek: isi paling sedikit 32 karakter acak.")
        return cls(
            database_url=source["SIMPUL_DATABASE_URL"],
            files_dir=Path(source["SIMPUL_FILES_DIR"]),
            secret_key=source["SIMPUL_SECRET_KEY"],
            base_url=source["SIMPUL_BASE_URL"].rstrip("/"),
            office_name=source.get("SIMPUL_OFFICE_NAME", OFFICE_NAME),
            help_phone=source.get("SIMPUL_HELP_PHONE"),
            mail_from=source.get("SIMPUL_MAIL_FROM", MAIL_FROM),
            unit_mailbox=source.get("SIMPUL_UNIT_MAILBOX", UNIT_MAILBOX),
            smtp=Smtp(
                host=source.get("SIMPUL_SMTP_HOST"),
                port=int(source.get("SIMPUL_SMTP_PORT", "25")),
                username=source.get("SIMPUL_SMTP_USERNAME"),
                password=source.get("SIMPUL_SMTP_PASSWORD"),
                tls=source.get("SIMPUL_SMTP_TLS", "starttls"),
            ),
            secure_cookies=source["SIMPUL_BASE_URL"].startswith("https://"),
            second_step=_is_on(source.get("SIMPUL_SECOND_STEP", "on")),
            lease_seconds=int(source.get("SIMPUL_LEASE_SECONDS", "300")),
            trusted_proxies=int(source.get("SIMPUL_TRUSTED_PROXIES", "0")),
            services=_services(source.get("SIMPUL_APPRISE", "")),
        )

    @classmethod
    def for_demo(cls, folder: Path, base_url: str) -> "Config":
        """Return settings for a demonstration on this machine: SQLite and files in `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        return cls(
            database_url=f"sqlite:///{folder / 'simpul.sqlite'}",
            files_dir=folder / "files",
            secret_key=secrets.token_urlsafe(48),
            base_url=base_url,
            demo=True,
            secure_cookies=False,
        )

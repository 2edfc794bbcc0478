"""Settings, frozen; read from the environment once. All missing and unsafe ones are named together."""

import hashlib
import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from portal.settings import ConfigError, Setting, gather, is_loopback, number, one_of, pairs, switch, weaknesses, words

__all__ = ["SETTINGS", "Bucket", "Config", "ConfigError", "Smtp"]

OFFICE_NAME = "Kementerian Sosial Republik Indonesia"
MAIL_FROM = "simpul@localhost"
UNIT_MAILBOX = "kerjasama@localhost"

SETTINGS: Final = (
    Setting(
        name="DATABASE_URL",
        field="database_url",
        is_needed=True,
        meaning="`postgresql://user:password@127.0.0.1/simpul` or `sqlite:////var/lib/simpul/simpul.sqlite`",
    ),
    Setting(
        name="OWNER_DATABASE_URL",
        field="owner_database_url",
        meaning="the same database as the owner of its tables, for `simpul database upgrade` only",
    ),
    Setting(
        name="FILES_DIR",
        field="files_dir",
        read=Path,
        is_needed=True,
        instead="FILES_S3",
        meaning="folder for files, outside the web root; several hosts share it",
    ),
    Setting(name="FILES_S3", field="bucket.name", meaning="instead of a folder: bucket of an S3-compatible store"),
    Setting(name="FILES_S3_ENDPOINT", field="bucket.endpoint", meaning="its address, when it is not Amazon's"),
    Setting(name="FILES_S3_REGION", field="bucket.region", meaning="its region, `us-east-1` by default"),
    Setting(name="FILES_S3_PREFIX", field="bucket.prefix", meaning="what every name in the bucket begins with"),
    Setting(name="FILES_S3_KEY", field="bucket.key", meaning="its key; without one boto3 looks where it always does"),
    Setting(name="FILES_S3_SECRET", field="bucket.secret", meaning="the secret of that key"),
    Setting(
        name="SECRET_KEY",
        field="secret_key",
        is_needed=True,
        meaning="at least 32 random characters: `python3 -c 'import secrets; print(secrets.token_urlsafe(48))'`",
    ),
    Setting(
        name="SECRET_KEY_OLD",
        field="old_secret_keys",
        read=words,
        meaning="keys before, apart by blanks: what they signed stays good; take them out after a day",
    ),
    Setting(
        name="AUDIT_KEY",
        field="audit_key",
        is_needed=True,
        meaning="at least 32 other random characters, by which the trail is chained; keep a copy outside this machine",
    ),
    Setting(
        name="AUDIT_KEY_OLD", field="audit_key_old", meaning="the key before it, so that what it sealed is checked"
    ),
    Setting(
        name="AUDIT_MAILBOX", field="audit_mailbox", meaning="box outside that gets the head of the trail every day"
    ),
    Setting(name="AUDIT_HEADS_FILE", field="audit_heads_file", read=Path, meaning="file to which every head is added"),
    Setting(
        name="BACKUP_RECIPIENT",
        field="backup_recipients",
        read=words,
        meaning="age public keys (`age1…`) of who may open backups; the private key is never on this machine",
    ),
    Setting(name="BACKUP_DIR", field="backup_dir", read=Path, meaning="folder for the nightly backup"),
    Setting(name="BACKUP_KEEP", field="backup_keep", read=number, meaning="how many nightly backups stay there, 14"),
    Setting(
        name="BASE_URL",
        field="base_url",
        read=lambda text: text.rstrip("/"),
        is_needed=True,
        meaning="`https://simpul.example.go.id`; behind TLS cookies are bound to the host",
    ),
    Setting(name="OFFICE_NAME", field="office_name", meaning="name of the office in letters"),
    Setting(name="HELP_PHONE", field="help_phone", meaning="help line that pages and mails name"),
    Setting(
        name="DATA_OFFICER",
        field="data_officer",
        meaning="whom pages and letters name for questions about personal data",
    ),
    Setting(name="MAIL_FROM", field="mail_from", meaning="sender of the mails"),
    Setting(name="UNIT_MAILBOX", field="unit_mailbox", meaning="box of the unit that hears what nobody else does"),
    Setting(name="SMTP_HOST", field="smtp.host", meaning="mail server; without one mail stays in the mailbox page"),
    Setting(name="SMTP_PORT", field="smtp.port", read=number, meaning="its port, 25 by default"),
    Setting(name="SMTP_USERNAME", field="smtp.username", meaning="name to sign in there"),
    Setting(name="SMTP_PASSWORD", field="smtp.password", meaning="password to sign in there"),
    Setting(
        name="SMTP_TLS",
        field="smtp.tls",
        read=one_of("starttls", "tls", "none"),
        meaning="`starttls` (default), `tls`, or `none` on this machine only",
    ),
    Setting(
        name="SECOND_STEP",
        field="second_step",
        read=switch,
        meaning="`on` (default): partners type a code of a mail on a new device; `off`",
    ),
    Setting(
        name="AUTHENTICATOR",
        field="authenticator",
        read=one_of("required", "offered"),
        meaning="`required` (default): the ministry's people sign in with an authenticator app, too; `offered`",
    ),
    Setting(name="LEASE_SECONDS", field="lease_seconds", read=number, meaning="how long a worker holds a mail, 300"),
    Setting(
        name="TRUSTED_PROXIES", field="trusted_proxies", read=number, meaning="number of proxies in front, 0 by default"
    ),
    Setting(
        name="SCANNER",
        field="scanner",
        meaning="clamd that looks at files from outside: `tcp://host:3310` or `unix:/path`",
    ),
    Setting(
        name="METRICS_TOKEN",
        field="metrics_token",
        meaning="word by which a monitor reads `/metrik` (`Authorization: Bearer …`); without one this machine may",
    ),
    Setting(
        name="APPRISE",
        field="services",
        read=pairs,
        meaning="with the extra `simpul[apprise]`: services that hear the morning's numbers and alarms, `name=address` "
        "apart by blanks; a name that is a unit's code hears that unit's numbers",
    ),
)
"""Every setting; README shows this table (a test compares)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Smtp:
    """The mail server; `host` None means that mail stays in the portal's own mailbox page."""

    host: str | None = None
    port: int = 25
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    tls: str = "starttls"
    """One of none, starttls, tls."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bucket:
    """Where files lie in an S3-compatible store; without `name` they lie in a folder."""

    name: str = ""
    endpoint: str | None = None
    region: str = "us-east-1"
    prefix: str = ""
    key: str | None = None
    secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Config:
    """Everything that differs from one installation to the next."""

    database_url: str = field(repr=False)
    owner_database_url: str | None = field(default=None, repr=False)
    files_dir: Path = Path()
    """Folder of the files; not used with a bucket."""
    bucket: Bucket = field(default_factory=Bucket)
    secret_key: str = field(repr=False)
    old_secret_keys: tuple[str, ...] = field(default=(), repr=False)
    audit_key: str = field(default="", repr=False)
    """By which the trail is chained; without one (demonstration, tests) it is derived from the secret key."""
    audit_key_old: str = field(default="", repr=False)
    audit_mailbox: str = ""
    audit_heads_file: Path | None = None
    backup_recipients: tuple[str, ...] = ()
    backup_dir: Path | None = None
    backup_keep: int = 14
    base_url: str = "http://127.0.0.1:8000"
    office_name: str = OFFICE_NAME
    help_phone: str | None = None
    data_officer: str | None = None
    """Name and address of the data protection officer; without one pages name the administrators."""
    mail_from: str = MAIL_FROM
    unit_mailbox: str = UNIT_MAILBOX
    smtp: Smtp = field(default_factory=Smtp)
    demo: bool = False
    testing: bool = False
    secure_cookies: bool = True
    second_step: bool = True
    """Whether partners type a code of a mail on a new device."""
    authenticator: str = "required"
    """Whether the ministry's people must set up an authenticator app before anything else: required or offered."""
    lease_seconds: int = 300
    trusted_proxies: int = 0
    scanner: str = ""
    """Where a virus scanner listens, `tcp://host:3310` or `unix:/path`; without one nothing is scanned."""
    metrics_token: str | None = field(default=None, repr=False)
    services: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Services of the Apprise library by name; an address is a secret."""

    @property
    def audit_keys(self) -> tuple[bytes, ...]:
        """Return the keys of the trail: the one that seals now, and the one before it if there is any."""
        derived = hashlib.sha256(f"audit:{self.secret_key}".encode()).hexdigest()
        return tuple(each.encode() for each in (self.audit_key or derived, self.audit_key_old) if each)

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> "Config":
        """Return the settings of the environment.

        Raises ConfigError naming everything that is missing or unsafe at once.
        """
        values = gather(SETTINGS, os.environ if env is None else env)
        wrong = (*values.wrong, *_dangers(values.found, os.environ if env is None else env))
        if wrong:
            raise ConfigError(*wrong)
        parts: dict[str, dict[str, Any]] = {"smtp": {}, "bucket": {}}
        plain: dict[str, Any] = {}
        for name, value in values.found.items():
            part, _, rest = name.rpartition(".")
            (parts[part] if part else plain)[rest] = value
        return cls(
            **plain,
            smtp=Smtp(**parts["smtp"]),
            bucket=Bucket(**parts["bucket"]),
            secure_cookies=plain["base_url"].startswith("https://"),
        )

    @classmethod
    def for_demo(cls, folder: Path, base_url: str) -> "Config":
        """Return settings for a demonstration on this machine: SQLite and files in `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        return cls(
            database_url=f"sqlite:///{folder / 'simpul.sqlite'}",
            files_dir=folder / "files",
            secret_key=_kept_key(folder / "secret.key"),
            audit_key=_kept_key(folder / "audit.key"),
            authenticator="offered",
            base_url=base_url,
            demo=True,
            secure_cookies=False,
        )


def _dangers(found: Mapping[str, Any], env: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each setting that would be unsafe (design: platform E28)."""
    for variable, key in (
        ("SIMPUL_SECRET_KEY", found.get("secret_key")),
        *(("SIMPUL_SECRET_KEY_OLD", old) for old in found.get("old_secret_keys", ())),
        ("SIMPUL_AUDIT_KEY", found.get("audit_key")),
        ("SIMPUL_METRICS_TOKEN", found.get("metrics_token")),
    ):
        if key:
            yield from weaknesses(variable, key)
    address = urlsplit(found.get("base_url") or "https://localhost")
    if address.scheme not in {"http", "https"} or not address.hostname:
        yield "SIMPUL_BASE_URL ditulis lengkap, misalnya https://simpul.example.go.id."
    elif address.scheme == "http" and not is_loopback(address.hostname):
        yield "SIMPUL_BASE_URL harus https://, karena kata sandi melewati jaringan."
    host = found.get("smtp.host")
    if host and found.get("smtp.tls") == "none" and not is_loopback(host):
        yield "SIMPUL_SMTP_TLS tidak boleh none untuk peladen surel lain: isi starttls atau tls."
    if env.get("FLASK_DEBUG", "0").lower() not in {"", "0", "off", "false", "no"}:
        yield "FLASK_DEBUG menyala: matikan, karena galat akan tampil kepada pengunjung."


def _kept_key(path: Path) -> str:
    """Return the key in a file of a demonstration; made at its first start."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()

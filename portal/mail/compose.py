"""Makes a mail of a template and plain values: subject, text and HTML of the same words, then the wire form.

An unknown name in a template is an error. Translation goes through Babel's catalogues, without any web request.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError, MessageDefect
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel.support import NullTranslations, Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, select_autoescape

from portal import paths
from portal.config import Config
from portal.domain.organisation import Zone
from portal.mail import headers
from portal.mail.phrases import Phrases

TRANSLATIONS = Path(paths.__file__).resolve().parent / "translations"
LARGEST = 12 * 1024
"""A mail's HTML stays below this many bytes (design: ux §11)."""


class ComposeError(ValueError):
    """A mail cannot be made of these values: a fault of ours that no second try mends."""


class HeaderError(ComposeError):
    """A header would hold a line break: somebody tries to smuggle in a header of their own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Letterhead:
    """What every mail of this office shares."""

    base_url: str
    office_name: str
    sender: str
    reply_to: str
    help_phone: str | None

    @classmethod
    def of(cls, settings: Config) -> "Letterhead":
        """Return the letterhead of an installation."""
        return cls(
            base_url=settings.base_url,
            office_name=settings.office_name,
            sender=settings.mail_from,
            reply_to=settings.unit_mailbox,
            help_phone=settings.help_phone,
        )

    @property
    def domain(self) -> str:
        """Return the domain that Message-IDs end in."""
        return self.sender.rpartition("@")[2] or "localhost"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """Who reads a mail: name, language and time zone."""

    name: str
    language: str = "id"
    zone: Zone = Zone.WIB


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """A composed mail."""

    subject: str
    text: str
    html: str


@cache
def _environment(language: str) -> Environment:
    # Only the .html part is escaped; the other two are plain text.
    found = Environment(
        loader=FileSystemLoader(paths.TEMPLATES),
        undefined=StrictUndefined,
        autoescape=select_autoescape(enabled_extensions=("html",), default=False),
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    found.policies["ext.i18n.trimmed"] = True
    words: Any = _words(language)
    found.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    return found


@cache
def _words(language: str) -> NullTranslations:
    return NullTranslations() if language == "id" else Translations.load(TRANSLATIONS, [language])


def compose(template: str, values: Mapping[str, Any], *, reader: Reader, letterhead: Letterhead) -> Letter:
    """Return the mail `template` filled with `values` in the reader's language.

    Raises ComposeError when a value is missing or makes no sense, HeaderError for a subject of several lines.
    """

    def part(name: str) -> str:
        return render(f"mail/{template}/{name}", values, reader=reader, letterhead=letterhead)

    subject, text, html = part("subject.txt"), part("body.txt"), part("body.html")
    return Letter(subject=_one_line(subject), text=text + "\n", html=html + "\n")


def render(name: str, values: Mapping[str, Any], *, reader: Reader, letterhead: Letterhead) -> str:
    """Return one file of the templates filled with `values` in the reader's language.

    Raises ComposeError when a value is missing or makes no sense.
    """
    phrases = Phrases(
        language=reader.language,
        zone=reader.zone,
        gettext=_words(reader.language).ugettext,
        base_url=letterhead.base_url,
    )
    filling = {
        **phrases.functions(),
        "language": reader.language,
        "reader": reader.name,
        "office_name": letterhead.office_name,
        "reply_to": letterhead.reply_to,
        "help_phone": letterhead.help_phone,
        **values,
    }
    try:
        return _environment(reader.language).get_template(name).render(filling).strip()
    except (TemplateError, ValueError, TypeError, LookupError) as error:
        raise ComposeError(f"{name}: {error}") from error


def _one_line(text: str) -> str:
    if "\r" in text or "\n" in text:
        raise HeaderError(text)
    return text


@dataclass(frozen=True, kw_only=True, slots=True)
class Envelope:
    """What stands on the envelope: to whom, when, and the Message-ID that never changes."""

    recipient: str
    name: str
    message_key: str
    at: datetime


def wire(letter: Letter, envelope: Envelope, letterhead: Letterhead) -> EmailMessage:
    """Return the mail as it goes over the wire.

    Raises HeaderError for a line break in a header, ComposeError for what is no address.
    """
    message = EmailMessage(policy=headers.POLICY)
    try:
        message["From"] = str(Address(letterhead.office_name, addr_spec=_one_line(letterhead.sender)))
        message["To"] = Address(_one_line(envelope.name), addr_spec=_one_line(envelope.recipient))
    except (HeaderParseError, MessageDefect) as error:
        raise ComposeError(f"{envelope.recipient}: {error}") from error
    message["Reply-To"] = _one_line(letterhead.reply_to)
    message["Subject"] = _one_line(letter.subject)
    message["Date"] = format_datetime(envelope.at)
    message["Message-ID"] = f"<{_one_line(envelope.message_key)}@{letterhead.domain}>"
    # Answering machines stay quiet (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message

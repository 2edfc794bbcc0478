"""How a setting is read: from the environment or from a file that only we can read. Which ones exist: `config`."""

import ipaddress
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import Any, Final

PREFIX: Final = "SIMPUL_"
FILE: Final = "_FILE"
_FOREIGN: Final = stat.S_IROTH | stat.S_IWOTH | stat.S_IXOTH

SHORTEST_SECRET: Final = 32
LEAST_BITS: Final = 90
"""Bits by the frequency of the letters; 32 random hexadecimal digits have about 112."""
KNOWN_WORDS: Final = ("changeme", "change-me", "gantisaya", "ganti-", "rahasia", "password", "secret", "contoh")
"""What stands in examples; random letters all but never spell it."""


class ConfigError(Exception):
    """Settings are missing or unsafe; `reasons` holds one sentence for each."""

    def __init__(self, *reasons: str) -> None:
        """Keep every reason; the message has one on each line."""
        super().__init__("\n".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """One row of the table of settings.

    `SIMPUL_<name>` (or the file that `SIMPUL_<name>_FILE` names) fills the field `field` of Config, `smtp.host` that
    of its part. `read` makes the value and raises ValueError with a sentence that says what to write. Without
    `is_needed` an absent setting leaves the field as Config has it. `meaning` stands in README.
    """

    name: str
    field: str
    meaning: str
    read: Callable[[str], Any] = str
    is_needed: bool = False
    instead: str = ""
    """Another setting that makes this one needless."""

    @property
    def variable(self) -> str:
        """Return the name in the environment."""
        return PREFIX + self.name


@dataclass(frozen=True, kw_only=True, slots=True)
class Values:
    """What the environment gives: values by field, and a sentence for everything that is missing or unsafe."""

    found: Mapping[str, Any]
    wrong: tuple[str, ...]


def number(text: str) -> int:
    """Return a whole number that is not negative."""
    if not text.isdecimal():
        raise ValueError("ditulis sebagai bilangan bulat.")
    return int(text)


def switch(text: str) -> bool:
    """Return whether a switch is on."""
    if text not in {"on", "off"}:
        raise ValueError("ditulis on atau off.")
    return text == "on"


def one_of(*choices: str) -> Callable[[str], str]:
    """Return a reader that takes these words only."""

    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(f"ditulis sebagai salah satu dari: {', '.join(choices)}.")
        return text

    return read


def pairs(text: str) -> dict[str, str]:
    """Return the addresses that a text names, each `name=address`, apart by blanks or lines."""
    found = [each.partition("=") for each in text.split()]
    if any(not name or not equals or "://" not in address for name, equals, address in found):
        raise ValueError("ditulis sebagai nama=alamat, dipisahkan spasi.")
    return {name: address for name, _, address in found}


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text, apart by blanks or lines."""
    return tuple(text.split())


def gather(table: Iterable[Setting], env: Mapping[str, str]) -> Values:
    """Read every row of the table; nothing is raised, so that all that is wrong can be told at once."""
    rows = tuple(table)
    found: dict[str, Any] = {}
    wrong: list[str] = []
    missing = []
    for row in rows:
        try:
            text = _text(row.variable, env)
            if text:
                found[row.field] = row.read(text)
            elif row.is_needed and not _is_given(PREFIX + row.instead, env):
                missing.append(row.variable)
        except ValueError as error:
            wrong.append(f"{row.variable} {error}")
    if missing:
        wrong.insert(0, "Variabel belum diisi: " + ", ".join(missing))
    return Values(found=found, wrong=tuple(wrong))


def _is_given(variable: str, env: Mapping[str, str]) -> bool:
    return bool(env.get(variable) or env.get(variable + FILE))


def _text(variable: str, env: Mapping[str, str]) -> str:
    """Return what is written in the environment or in the file it names; an empty one counts as absent."""
    named = env.get(variable + FILE)
    if not named:
        return env.get(variable, "")
    if env.get(variable):
        raise ValueError(f"dan {variable}{FILE} keduanya terisi. Hapus salah satu.")
    path = Path(named)
    try:
        mode = path.stat().st_mode
        text = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"tidak dapat dibaca dari berkas {path}: periksa jalur dan izinnya.") from error
    if mode & _FOREIGN:
        raise ValueError(f"ada dalam berkas {path} yang terbuka bagi siapa pun. Jalankan: chmod 600 {path}")
    return text


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine itself."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def weaknesses(variable: str, key: str) -> Iterator[str]:
    """Yield a sentence for a secret that could be guessed."""
    if len(key) < SHORTEST_SECRET:
        yield f"{variable} terlalu pendek: isi paling sedikit {SHORTEST_SECRET} karakter acak."
        return
    bits = -sum(n * log2(n / len(key)) for n in Counter(key).values())
    if bits < LEAST_BITS or any(word in key.lower() for word in KNOWN_WORDS):
        yield f"{variable} mudah ditebak: buat dengan python3 -c 'import secrets; print(secrets.token_urlsafe(48))'."

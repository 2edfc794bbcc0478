"""What is thrown: texts, files, headers, bodies that nobody should send; and what an answer to them may never show."""

import io
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any, Final
from urllib.parse import urlsplit

from lxml import html
from werkzeug.test import TestResponse

from tests.documents.bad_files import BAD
from tests.harness import files

MARK: Final = "kanariliar"
PRODUCT: Final = "62615533"
TEXTS: Final = (
    "",
    " ",
    "a",
    "0",
    "-1",
    "1",
    "99999999999999999999999999",
    "2147483648",
    "9223372036854775808",
    "1e309",
    "NaN",
    "Infinity",
    "-0",
    "١٢٣",
    "²",
    "1,5",
    "Rp 1.000.000,00",
    "true",
    "null",
    "[]",
    "2026-02-30",
    "0001-01-01",
    "9999-12-31",
    "10000-01-01",
    "31/02/2026",
    "2026-11-21T25:61",
    "\0",
    "a\0b",
    "a\r\nSet-Cookie: x=y",
    "\x1b[31m\x07\x08",
    "\ud800",
    "\udcff",
    "\ufffe\uffff",
    "😀👩‍👩‍👧‍👦🇮🇩",
    "\u202eterbalik\u202c \u200f",
    "e\u0301\u0327" * 40,
    "İıẞ",
    f"<script>{MARK}()</script>",
    f'"><script>{MARK}()</script>',
    f"'><img src=x onerror={MARK}()>",
    f'" onfocus={MARK}() autofocus x="',
    f"javascript:{MARK}()",
    f"</textarea><script>{MARK}()</script>",
    f"</title></script><svg onload={MARK}()>",
    "{{7919*7907}}",
    "{% if 1 %}{{ 7919*7907 }}",
    "${7919*7907}",
    "%(name)s %s %d {0} {name}",
    "'\"",
    "'; DROP TABLE account; --",
    "%' OR 1=1 --",
    "\\",
    "../../../../etc/passwd",
    "//jahat.example/",
    "https://jahat.example/",
    "/\\jahat.example",
    "x" * 300,
    "y" * 5_000,
    "kata " * 4_000,
    "\n" * 200,
    "=1+1",
    "@SUM(A1)",
)
NAMES: Final = (
    "q", "halaman", "page", "next", "lanjut", "kembali", "urut", "sort", "tab", "dari", "sampai", "bulan", "tahun",
    "tanggal", "kata", "mitra", "unit", "jenis", "tahap", "keadaan", "id", "code", "key", "language", "naskah", "n",
)  # fmt: skip
HEADERS: Final = (
    "Accept", "Accept-Language", "Accept-Encoding", "User-Agent", "Referer", "Origin", "X-Forwarded-For",
    "X-Forwarded-Host", "X-Forwarded-Proto", "X-Request-ID", "Range", "If-None-Match", "If-Modified-Since", "Cookie",
    "HX-Request", "HX-Target", "HX-Current-URL", "Authorization", "Sec-Fetch-Site", "Content-Type", "Via",
    "Host", "Content-Length", "X-Forwarded-Port", "X-Forwarded-Prefix", "Forwarded", "HX-Boosted", "HX-Prompt",
)  # fmt: skip
WRITABLE: Final = "".join(chr(number) for number in range(32, 127))


def text(random: Random) -> str:
    """A text that nobody expects."""
    if random.random() < 0.15:
        return "".join(chr(random.randrange(1, 0x2FFFF)) for _ in range(random.randrange(1, 40)))
    return random.choice(TEXTS)


GOOD = {"laporan.pdf": files.pdf, "foto.png": files.png, "naskah.docx": files.word}
"""Files that nobody need be ashamed of, by their names."""


def file(random: Random) -> tuple[io.BytesIO, str]:
    """A file that nobody should send, under a name of its own kind or of none; at times a good one."""
    if random.random() < 0.2:
        name = random.choice(sorted(GOOD))
        return io.BytesIO(GOOD[name]()), name
    name = random.choice(["", "a", ".pdf", "../a.pdf", "a\0.pdf", "con.docx", "x" * 400 + ".pdf", f"<b>{MARK}.png"])
    if random.random() < 0.5:
        bad = BAD[random.choice([name for name in BAD if name not in {"21 MB", "pdf of nothing but beginnings"}])]
        return io.BytesIO(bad.make()), random.choice([bad.name, name])
    content = random.choice([b"", b"\0", files.pdf(), files.png(), files.word(), random.randbytes(500)])
    return io.BytesIO(content), random.choice([name, "l.pdf", "f.png", "n.docx", "d.xlsx"])


def of_path(random: Random, now: Any) -> Any:
    """A value of an address: a number that is too large where numbers are asked for, else a text without slashes."""
    if isinstance(now, int):
        return random.choice([0, 1, 2**31, 2**63, 10**30])
    found = text(random).replace("/", "-")[:400]
    return found or "-"


def header(random: Random) -> str:
    """A value that a client may write into a header: Latin letters only, no line ends."""
    found = text(random)[:2000]
    kept = "".join(letter for letter in found if letter in WRITABLE or 0xA0 <= ord(letter) <= 0xFF)
    return kept or random.choice(["bytes=0-", "bytes=9-1", 'W/"x"', "en;q=x, id;q=9", "text/html;q=", "=;=;"])


def environ(headers: Mapping[str, str]) -> dict[str, str]:
    """Headers as a server hands them on; the test's client would mend some of them."""
    named = {name.upper().replace("-", "_"): value for name, value in headers.items()}
    bare = {"CONTENT_TYPE", "CONTENT_LENGTH"}
    return {name if name in bare else f"HTTP_{name}": value for name, value in named.items()}


def body(random: Random) -> tuple[str, bytes]:
    """A content type and bytes that do not fit it."""
    return random.choice(
        [
            ("application/json", b'{"a": [1, 2, {"b": null}]}'),
            ("application/json", b'{"a":'),
            ("text/xml", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
            ("multipart/form-data", b"no boundary"),
            ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nnever ends'),
            ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\nb\r\n--x--\r\n"),
            ("multipart/form-data; boundary=" + "x" * 500, b"--" + b"x" * 500 + b"--"),
            ("application/x-www-form-urlencoded", b"a=%zz&%=%&=&&&a=%ff%fe&b=%00"),
            ("application/x-www-form-urlencoded; charset=utf-7", b"a=+ADw-script+AD4-"),
            ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % number for number in range(1500))),
            ("", b"a=1"),
            (";;;", random.randbytes(200)),
        ]
    )


def wrong_with(answer: TestResponse, own_host: str) -> Iterator[str]:
    """Yield what an answer to junk must not show: a trace, a script of ours, a way outside."""
    place = answer.headers.get("Location", "")
    parts = urlsplit(place)
    if place and (parts.netloc not in {"", own_host} or place.startswith(("//", "/\\"))):
        yield f"leads outside to {place!r}"
    if answer.mimetype not in {"text/html", "text/plain"} or "Content-Disposition" in answer.headers:
        return
    said = answer.get_data(as_text=True)
    if "Traceback (most recent call last)" in said:
        yield "shows a trace"
    if PRODUCT in said:
        yield "has worked out what was typed as a template"
    if answer.mimetype != "text/html" or MARK not in said or not said.strip():
        return
    tree = html.fromstring(said)
    scripts = [each for each in tree.xpath("//script") if MARK in (each.text or "")]
    handlers = [str(each) for each in tree.xpath("//@*[starts-with(name(), 'on')]")]
    links = [str(each) for each in tree.xpath("//@href | //@src | //@action | //@formaction")]
    if scripts or handlers or any(each.strip().lower().startswith("javascript:") for each in links):
        yield "runs what was typed"

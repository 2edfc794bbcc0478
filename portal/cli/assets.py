"""Development tools for the files that come from outside: vendored scripts, the icon sprite, the font subset.

They read package archives already downloaded (an npm `.tgz`), write below `portal/static/` and keep
`VENDOR.toml` true. Nothing here runs when the portal is installed, served or tested.
"""

import hashlib
import io
import json
import re
import tarfile
import tomllib
from pathlib import Path
from typing import Any

import click

STATIC = Path(__file__).resolve().parent.parent / "static"
LIST = STATIC / "vendor" / "VENDOR.toml"
# Latin-1, the quotes and dashes of Indonesian typography, arrows, minus and the euro sign.
FONT_UNICODES = (
    "U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+2013-2014,U+2018-201A,U+201C-201E,"
    "U+2022,U+2026,U+2039-203A,U+20AC,U+2190-2193,U+2212"
)
FONT_WEIGHTS = (400, 700)


@click.group(help="Files from outside: vendored scripts, icons, font (for developers).")
def assets() -> None:
    """Group of the commands below."""


@assets.command()
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def vendor(archive: Path) -> None:
    """Copy the listed files of one package archive and renew their hashes."""
    entries, entry = _entry_of(archive)
    for row in entry["files"]:
        if "member" in row:
            _write(row, _member(archive, row["member"]))
    _save(entries)


@assets.command()
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def icons(archive: Path) -> None:
    """Build the sprite of the icons named in VENDOR.toml from the archive of lucide-static."""
    entries, entry = _entry_of(archive)
    symbols = [_symbol(name, _member(archive, f"icons/{name}.svg").decode()) for name in sorted(entry["icons"])]
    sprite = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
    _write(_built(entry), sprite.encode())
    _save(entries)


@assets.command()
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def font(archive: Path) -> None:
    """Subset the font of the archive to Latin-1 and the weights in use."""
    from fontTools import subset, ttLib
    from fontTools.varLib import instancer

    entries, entry = _entry_of(archive)
    face = ttLib.TTFont(io.BytesIO(_member(archive, entry["source"])), recalcTimestamp=False)
    options = subset.Options(flavor="woff2", layout_features=["kern", "mark", "mkmk", "tnum", "locl", "ccmp"])
    options.hinting = False
    options.notdef_outline = True
    worker = subset.Subsetter(options)
    worker.populate(unicodes=subset.parse_unicodes(FONT_UNICODES.replace("U+", "")))
    worker.subset(face)
    face = instancer.instantiateVariableFont(face, {"wght": FONT_WEIGHTS})
    face.flavor = "woff2"
    target = io.BytesIO()
    face.save(target)
    _write(_built(entry), target.getvalue())
    _save(entries)


def _entry_of(archive: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The whole list, and in it the package that the archive holds, with its version renewed."""
    entries = tomllib.loads(LIST.read_text("utf-8"))
    package = json.loads(_member(archive, "package.json"))
    for entry in entries.values():
        if entry["package"] == package["name"]:
            entry["version"] = package["version"]
            return entries, entry
    raise click.ClickException(f"{package['name']} is not listed in {LIST.name}")


def _member(archive: Path, name: str) -> bytes:
    with tarfile.open(archive) as tar:
        file = tar.extractfile(f"package/{name}")
        if file is None:
            raise click.ClickException(f"{archive.name} holds no file {name}")
        return file.read()


def _built(entry: dict[str, Any]) -> dict[str, Any]:
    return next(row for row in entry["files"] if "member" not in row)


def _symbol(name: str, svg: str) -> str:
    """One icon as a symbol: only its shapes, without the colours and sizes of the package."""
    shapes = re.sub(r"\s+", " ", svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]).strip()
    return f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>'


def _write(row: dict[str, Any], content: bytes) -> None:
    target = STATIC / row["path"]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    row["sha256"] = hashlib.sha256(content).hexdigest()
    click.echo(f"{row['path']}: {len(content)} bytes")


def _save(entries: dict[str, Any]) -> None:
    lines = ["# Every file that comes from outside: written by `simpul assets`, checked by a test."]
    for name, entry in entries.items():
        lines += ["", f"[{name}]"]
        lines += [f"{key} = {_toml(value)}" for key, value in entry.items() if key != "files"]
        for row in entry["files"]:
            lines += ["", f"[[{name}.files]]", *(f"{key} = {_toml(value)}" for key, value in row.items())]
    LIST.write_text("\n".join(lines) + "\n", "utf-8")


def _toml(value: str | list[str]) -> str:
    # JSON strings and lists of strings are TOML strings and lists.
    return json.dumps(value, ensure_ascii=False)

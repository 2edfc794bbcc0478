"""What the browser loads once and keeps: hashed names, joined style and script, compression.

The addresses come from `asset("css/app.css")` in templates. Nothing here knows what the files say.
"""

import gzip
import hashlib
import mimetypes
import os
import re
import stat
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, abort, g, request, url_for

# Joined in this order, one file each for the browser.
BUNDLES = {
    "css/app.css": ("tokens", "base", "layout", "components", "drafting", "library", "print", "brand"),
    "js/app.js": (
        "menus",
        "sending",
        "unsaved",
        "copy",
        "count",
        "focus",
        "reveal",
        "search-key",
        "upload",
        "session-end",
        "sign-out",
    ),
    "js/photos.js": ("photo-shrink", "photo-parts", "photo-list"),
    "js/drafting.js": ("unsent", "autosave", "leaving", "restoring"),
}
ONE_YEAR = "public, max-age=31536000, immutable"
ONE_MINUTE = "public, max-age=60"
# Below this a compressed answer is hardly smaller than a plain one.
SMALLEST_TO_COMPRESS = 500
COMPRESSIBLE = ("text/", "application/json", "application/javascript", "image/svg+xml")
_HASHED = re.compile(r"^(?P<stem>.+)\.(?P<hash>[0-9a-f]{12})(?P<ending>\.[a-z0-9]+)$")
_ADDRESS = re.compile(r'url\("\.\./(?P<name>[^"]+)"\)')


@dataclass(frozen=True, kw_only=True, slots=True)
class Asset:
    """One file as it is sent: its bytes, their gzip form if that helps, and the hash in its name."""

    content: bytes
    compressed: bytes | None
    digest: str
    kind: str


def register(app: Flask) -> None:
    """Serve static files by hashed names, give templates `asset()`, and compress what is sent."""
    folder = Path(app.static_folder or "")

    def load(name: str) -> Asset | None:
        return _load(folder, name, _stamp(folder, name))

    def asset(name: str) -> str:
        # A page asks for its icons a hundred times: once for each answer is looked whether the file changed.
        known: dict[str, str] = g.setdefault("assets", {})
        if name not in known:
            found = load(name)
            if found is None:
                raise LookupError(f"no static file {name}")
            stem, _, ending = name.rpartition(".")
            known[name] = url_for("static", filename=f"{stem}.{found.digest}.{ending}")
        return known[name]

    def serve(filename: str) -> Response:
        hashed = _HASHED.match(filename)
        name = hashed["stem"] + hashed["ending"] if hashed else filename
        found = load(name)
        if found is None:
            abort(404)
        fresh = hashed is not None and hashed["hash"] == found.digest
        return _answer(found, keep=ONE_YEAR if fresh else ONE_MINUTE)

    app.view_functions["static"] = serve
    app.jinja_env.globals["asset"] = asset
    app.after_request(compress)


def compress(response: Response) -> Response:
    """Send text as gzip to whoever takes it; files that are streamed stay as they are."""
    kind = response.mimetype or ""
    if response.direct_passthrough or response.is_streamed or not kind.startswith(COMPRESSIBLE):
        return response
    response.vary.add("Accept-Encoding")
    content = response.get_data()
    wanted = request.accept_encodings.quality("gzip") > 0 and "Content-Encoding" not in response.headers
    if wanted and len(content) >= SMALLEST_TO_COMPRESS and response.status_code not in {204, 304}:
        response.set_data(gzip.compress(content, compresslevel=6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def read(folder: Path, name: str) -> bytes | None:
    """The bytes of a file below `folder`, or of a bundle joined from its parts; None if there is none."""
    if name in BUNDLES:
        kind, _, ending = name.partition("/")[0], "", name.rpartition(".")[2]
        parts = [(folder / kind / f"{part}.{ending}").read_text("utf-8") for part in BUNDLES[name]]
        joined = "\n".join(_without_comments(part) for part in parts)
        return _ADDRESS.sub(lambda match: _hashed_address(folder, match["name"]), joined).encode()
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        return None
    return path.read_bytes()


def _hashed_address(folder: Path, name: str) -> str:
    content = read(folder, name)
    if content is None:
        raise LookupError(f"the style sheet names {name}, which is not there")
    stem, _, ending = name.rpartition(".")
    return f'url("../{stem}.{_digest(content)}.{ending}")'


@lru_cache(maxsize=256)
def _load(folder: Path, name: str, stamp: int) -> Asset | None:  # noqa: ARG001  (the stamp renews the cache)
    content = read(folder, name)
    if content is None:
        return None
    kind = mimetypes.guess_type(name)[0] or ("font/woff2" if name.endswith(".woff2") else "application/octet-stream")
    small = gzip.compress(content, compresslevel=9, mtime=0) if kind.startswith(COMPRESSIBLE) else None
    return Asset(content=content, compressed=small, digest=_digest(content), kind=kind)


def _stamp(folder: Path, name: str) -> int:
    """Time of the last change of the file or of the newest part of a bundle; 0 if it is not there."""
    newest = 0
    for path in _paths(folder, name):
        try:
            found = os.stat(path)  # noqa: PTH116 (a page asks fifty times)
        except (OSError, ValueError):
            continue
        if stat.S_ISREG(found.st_mode):
            newest = max(newest, found.st_mtime_ns)
    return newest


@lru_cache(maxsize=256)
def _paths(folder: Path, name: str) -> tuple[str, ...]:
    kind, ending = name.partition("/")[0], name.rpartition(".")[2]
    names = [f"{kind}/{part}.{ending}" for part in BUNDLES[name]] if name in BUNDLES else [name]
    return tuple(str(folder / each) for each in names)


def _answer(found: Asset, *, keep: str) -> Response:
    response = Response(found.content, mimetype=found.kind)
    response.headers["Cache-Control"] = keep
    response.set_etag(found.digest)
    if found.compressed is not None:
        response.vary.add("Accept-Encoding")
        if request.accept_encodings.quality("gzip") > 0:
            response.set_data(found.compressed)
            response.headers["Content-Encoding"] = "gzip"
    return response


def _without_comments(text: str) -> str:
    """Style and script without block comments and indentation: what nobody needs over a slow line."""
    bare = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return "\n".join(line.strip() for line in bare.splitlines() if line.strip())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]

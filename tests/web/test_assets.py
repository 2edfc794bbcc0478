"""What the browser keeps: names by content, joined files, compression, and that nothing else is served."""

import gzip
import re

import pytest
from flask import Flask, Response

from portal import paths
from portal.web import assets

GZIP = {"Accept-Encoding": "gzip"}
# Budgets of the wire in bytes, body only (design: ux §12.2).
BUDGETS = {
    ("css/app.css",): 14_000,
    ("js/app.js", "js/drafting.js"): 5_000,
    ("js/app.js", "vendor/htmx-4.0.1/htmx.min.js"): 20_000,
    ("fonts/plus-jakarta-sans-latin1.woff2", "img/icons.svg"): 21_000,
    ("js/combobox.js", "vendor/accessible-autocomplete-3.0.1/accessible-autocomplete.min.js"): 22_000,
}


@pytest.fixture
def site():
    app = Flask("portal", template_folder=str(paths.TEMPLATES), static_folder="static")
    assets.register(app)
    app.add_url_rule("/long", "long", lambda: "naskah " * 400)
    app.add_url_rule("/short", "short", lambda: "naskah")
    app.add_url_rule("/stream", "stream", lambda: Response(iter(["naskah "] * 400), mimetype="text/plain"))
    return app


@pytest.fixture
def address(site):
    def find(name):
        with site.test_request_context():
            return site.jinja_env.globals["asset"](name)

    return find


def test_a_name_tells_the_content_and_may_be_kept_for_a_year(site, address):
    answer = site.test_client().get(address("css/app.css"))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.mimetype == "text/css"


def test_a_name_with_a_stale_hash_is_answered_but_not_kept(site):
    answer = site.test_client().get("/static/img/icons.000000000000.svg")
    assert answer.status_code == 200
    assert "immutable" not in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["../config.py", "css/none.css", "img", "..%2fconfig.py", ""])
def test_nothing_outside_the_folder_is_served(site, name):
    assert site.test_client().get(f"/static/{name}").status_code in {404, 308}


def test_an_unknown_name_in_a_template_is_an_error(address):
    with pytest.raises(LookupError, match="no static file"):
        address("css/none.css")


def test_the_style_is_joined_in_the_order_of_its_layers(site, address):
    text = site.test_client().get(address("css/app.css")).text
    places = [
        text.index(f"@layer {layer} {{") for layer in ("tokens", "base", "layout", "components", "print", "brand")
    ]
    assert places == sorted(places)
    assert "/*" not in text


def test_the_style_names_the_font_by_its_hash(site, address):
    text = site.test_client().get(address("css/app.css")).text
    [font] = re.findall(r'url\("\.\./(fonts/[^"]+)"\)', text)
    answer = site.test_client().get(f"/static/{font}")
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.mimetype == "font/woff2"
    assert "Content-Encoding" not in site.test_client().get(f"/static/{font}", headers=GZIP).headers


def test_a_changed_part_changes_the_name(tmp_path):
    (tmp_path / "css").mkdir()
    (tmp_path / "js").mkdir()
    for part in assets.BUNDLES["css/app.css"]:
        (tmp_path / "css" / f"{part}.css").write_text(f".{part} {{}}")
    first = assets.read(tmp_path, "css/app.css")
    (tmp_path / "css" / "brand.css").write_text(".brand { color: red; }")
    assert assets.read(tmp_path, "css/app.css") != first


@pytest.mark.parametrize("names", BUDGETS, ids=" + ".join)
def test_files_stay_within_their_budget(site, address, names):
    sent = [len(site.test_client().get(address(name), headers=GZIP).data) for name in names]
    assert sum(sent) <= BUDGETS[names], f"{sum(sent)} bytes"


def test_a_page_is_sent_as_gzip_to_who_takes_it(site):
    answer = site.test_client().get("/long", headers=GZIP)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert gzip.decompress(answer.data).decode() == "naskah " * 400
    assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize("taken", [{}, {"Accept-Encoding": "br"}, {"Accept-Encoding": "gzip;q=0"}])
def test_a_page_is_sent_plain_to_who_does_not(site, taken):
    answer = site.test_client().get("/long", headers=taken)
    assert "Content-Encoding" not in answer.headers
    assert answer.text == "naskah " * 400


@pytest.mark.parametrize("path", ["/short", "/stream"])
def test_what_is_short_or_streamed_stays_plain(site, path):
    answer = site.test_client().get(path, headers=GZIP)
    assert "Content-Encoding" not in answer.headers
    assert answer.text.startswith("naskah")

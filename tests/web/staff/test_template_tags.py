"""The page of tags: how a name is written, and that no filter is left without words."""

import pytest

from portal.documents import about
from portal.documents.filters import FILTERS
from portal.web.staff import doc_template_tags


@pytest.mark.parametrize(
    ("path", "loops", "tag"),
    [
        ("judul", [], "{{ judul }}"),
        ("induk.judul", [], "{{ induk.judul }}"),
        ("pihak[].nama", [("p", "pihak")], "{{ p.nama }}"),
        ("pertimbangan[]", [("p", "pertimbangan")], "{{ p }}"),
        ("pihak[].kewajiban[]", [("p", "pihak"), ("k", "p.kewajiban")], "{{ k }}"),
        ("pihak[].pejabat[].nama", [("p", "pihak"), ("p2", "p.pejabat")], "{{ p2.nama }}"),
    ],
)
def test_a_name_of_the_schema_is_written_with_its_loops(path, loops, tag):
    assert doc_template_tags.written(path) == (loops, tag)


def test_every_filter_is_described_and_shows_what_it_makes(app):
    with app.test_request_context("/"):
        shown = {row["tag"].removeprefix("| "): row["made"] for row in doc_template_tags.filters()}
    assert set(shown) == set(FILTERS)
    assert shown["tanggal_kata"] != shown["tanggal"]
    assert shown["terbilang"] == "tiga"


@pytest.mark.parametrize("code", about.CODES)
def test_every_name_of_every_template_stands_once_with_an_id_of_its_own(code):
    names = about.read(code).names
    rows = [row for group in doc_template_tags.groups(names) for row in group["rows"]]
    assert sorted(row["path"] for row in rows) == sorted(names)
    assert len({row["id"] for row in rows}) == len(rows)

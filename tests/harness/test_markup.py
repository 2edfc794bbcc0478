"""The strict reader finds the faults that a browser would silently mend."""

from random import Random

import pytest

from tests.harness import markup

GOOD = """<!doctype html>
<html lang="id"><head><meta charset="utf-8"><title>Naskah · Simpul</title><link rel="stylesheet" href="/static/a.css">
<script src="/static/a.js" defer></script></head>
<body><main><h1>Naskah</h1>
<form method="post"><label for="cari">Cari</label><input id="cari" name="cari" aria-describedby="petunjuk">
<p id="petunjuk">Kode atau judul</p><button>Cari</button></form>
<a href="/"><svg aria-hidden="true"><use href="#x"/></svg><span class="visually-hidden">Beranda</span></a>
</main></body></html>"""


def test_a_good_page_has_no_fault():
    assert markup.faults(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('lang="id"', "", "lang"),
        ("<title>Naskah · Simpul</title>", "", "no title"),
        ("<h1>Naskah</h1>", "<p>Naskah</p>", "0 h1"),
        ("<h1>Naskah</h1>", "<h1>Naskah</h1><h1>Lagi</h1>", "2 h1"),
        ("<main>", "<div>", "</main> while <div>"),
        ("<p id=", '<p class="x" class="y" id=', "class twice"),
        ("<button>Cari</button>", "<button>Cari", "</form> while <button>"),
        ('<label for="cari">', '<label for="lain">', "for='lain' points nowhere"),
        ('<label for="cari">Cari</label>', "", "no accessible name"),
        ("<button>Cari</button>", "<button></button>", "no accessible name"),
        ('<span class="visually-hidden">Beranda</span>', "", "no accessible name"),
        ('<p id="petunjuk">', '<p id="cari">', "used 2 times"),
        ("<h1>", '<h1 style="color:red">', "carries style="),
        ("<button>", '<button onclick="x()">', "carries onclick="),
        ("<button>", '<button hx-confirm="?">', "carries hx-confirm="),
        ("<h1>", "<style>h1{}</style><h1>", "<style>"),
        ("<h1>", "<script>x()</script><h1>", "inline script"),
        ('src="/static/a.js"', 'src="https://cdn.example.test/a.js"', "from outside"),
        ("Kode atau judul", "Kode {{ judul }}", "left-over"),
        ("Kode atau judul", "Berakhir None", "the word 'None'"),
        ("Kode atau judul", '<img src="/a.png">', "no alt"),
    ],
)
def test_a_fault_is_found(old: str, new: str, fault: str):
    assert old in GOOD
    found = markup.faults(GOOD.replace(old, new, 1))
    assert any(fault in one for one in found), found


def balanced(page: str) -> bool:
    """What the parser says, which looks at every sign."""
    balance = markup.Balance()
    balance.feed(page)
    balance.close()
    return not balance.faults


def test_the_quick_look_lets_nothing_pass_that_the_parser_would_tell():
    chance, told = Random(1), 0
    bits = [
        "<",
        ">",
        '"',
        "'",
        "/",
        "=",
        "<b>",
        "</p>",
        "<br/>",
        "</br>",
        "<!--",
        ' class="x"',
        "<script>",
        "<textarea>",
    ]
    for _ in range(4000):
        page = GOOD
        for _ in range(chance.randint(1, 2)):
            place = chance.randrange(len(page))
            page = page[:place] + chance.choice(["", *bits]) + page[place + chance.randint(0, 8) :]
        told += not balanced(page)
        assert balanced(page) or not markup.is_plainly_balanced(page), page
    assert told > 1000
    assert markup.is_plainly_balanced(GOOD)


def test_a_part_of_a_page_needs_no_heading():
    assert markup.faults('<ul id="hasil"><li>Satu</li></ul>') == []


def test_an_empty_answer_is_a_fault():
    assert markup.faults("  ") == ["the answer is empty"]

"""Fixed values that the gallery draws: numbers and dates of no real agreement."""

from datetime import date
from typing import Any

from portal import charts
from portal.documents.preview import Block, Piece

TODAY = date(2026, 11, 21)
MONTHS = ("Des", "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov")
COUNTS = {
    "AC": 12, "SU": 24, "SB": 9, "RI": 6, "KR": 3, "BE": 2, "JA": 4, "SS": 11, "LA": 8, "BT": 14, "JK": 41,
    "JB": 52, "JT": 47, "YO": 19, "JI": 44, "BA": 7, "NB": 6, "NT": 13, "KB": 5, "KT": 2, "KI": 6, "KS": 4,
    "GO": 2, "SA": 5, "ST": 6, "SN": 16, "SG": 3, "MA": 3, "PB": 2, "PA": 4, "PS": 2,
}  # fmt: skip
PROVINCES = {
    "AC": "Aceh", "SU": "Sumatera Utara", "SB": "Sumatera Barat", "RI": "Riau", "KR": "Kepulauan Riau",
    "BE": "Bengkulu", "JA": "Jambi", "SS": "Sumatera Selatan", "BB": "Kepulauan Bangka Belitung",
    "LA": "Lampung", "BT": "Banten", "JK": "Daerah Khusus Jakarta", "JB": "Jawa Barat", "JT": "Jawa Tengah",
    "YO": "Daerah Istimewa Yogyakarta", "JI": "Jawa Timur", "BA": "Bali", "NB": "Nusa Tenggara Barat",
    "NT": "Nusa Tenggara Timur", "KB": "Kalimantan Barat", "KT": "Kalimantan Tengah",
    "KI": "Kalimantan Timur", "KU": "Kalimantan Utara", "KS": "Kalimantan Selatan", "GO": "Gorontalo",
    "SA": "Sulawesi Utara", "ST": "Sulawesi Tengah", "SR": "Sulawesi Barat", "SN": "Sulawesi Selatan",
    "SG": "Sulawesi Tenggara", "MU": "Maluku Utara", "MA": "Maluku", "PD": "Papua Barat Daya",
    "PB": "Papua Barat", "PA": "Papua", "PT": "Papua Tengah", "PE": "Papua Pegunungan",
    "PS": "Papua Selatan",
}  # fmt: skip
DOCUMENT = (
    Block(kind="title", pieces=(Piece(text="PERJANJIAN KERJA SAMA (CONTOH)", is_bold=True),)),
    Block(kind="article", label="Pasal 1", pieces=(Piece(text="\nMAKSUD DAN TUJUAN", is_bold=True),)),
    Block(kind="text", pieces=(Piece(text="Perjanjian Kerja Sama ini bertujuan "), Piece(text="…", mark="highlight"))),
    Block(kind="article", label="Pasal 2", pieces=(Piece(text="\nPELAKSANAAN", is_bold=True),)),
    Block(
        kind="item",
        level=1,
        label="(1)",
        pieces=(
            Piece(text="Narahubung adalah "),
            Piece(text="[belum diketahui: nama narahubung]", mark="missing"),
            Piece(text=" dan bertugas "),
            Piece(text="satu", change="del"),
            Piece(text="dua", change="ins"),
            Piece(text=" tahun:"),
        ),
    ),
    Block(kind="item", level=2, label="a.", pieces=(Piece(text="menyusun rencana; dan"),)),
    Block(kind="item", level=3, label="1.", pieces=(Piece(text="menyampaikan laporan."),)),
    Block(
        kind="table",
        rows=(
            (
                (Block(kind="text", pieces=(Piece(text="Unit kerja", is_bold=True),)),),
                (Block(kind="text", pieces=(Piece(text="Direktorat Contoh"),)),),
            ),
        ),
    ),
)
LATE = (15, 18, 20)
SOON = (23, 25, 26, 27)
PLANNED = (3, 6, 10, 30)


def examples() -> dict[str, Any]:
    """The drawn values of the gallery, by the names its templates use."""
    return {
        "bar": charts.term_bar(starts_on=date(2024, 4, 12), ends_on=date(2027, 4, 11), today=TODAY, window_days=180),
        "early_bar": charts.term_bar(
            starts_on=date(2026, 9, 1), ends_on=date(2029, 8, 31), today=TODAY, window_days=180
        ),
        "chart": charts.column_chart(
            MONTHS, (2, 3, 4, 5, 8, 4, 5, 2, 3, 2, 1, 1), (0, 1, 1, 2, 6, 2, 3, 1, 1, 2, 2, 1)
        ),
        "weeks": charts.month_grid(2026, 11, today=TODAY),
        "marks": _marks(),
        "tiles": charts.tile_map(COUNTS),
        "province_names": PROVINCES,
        "province_links": dict.fromkeys(COUNTS, "#charts"),
        "document": DOCUMENT,
        "percents": charts.bar_percents((141, 31, 14), total=186),
    }


def _marks() -> dict[str, dict[str, Any]]:
    marks: dict[str, dict[str, Any]] = {}
    for days, tone, text in ((LATE, "bad", "1 terlambat"), (SOON, "warn", "1 segera"), (PLANNED, "", "1 terjadwal")):
        for day in days:
            on = TODAY.replace(day=day)
            marks[on.isoformat()] = {"text": text, "tone": tone, "href": "#charts"}
    return marks

"""The starters of agreements: Nota Kesepahaman, Nota Kesepakatan Sinergi and three of Perjanjian Kerja Sama.

Their articles come from the clause library; here is what stands around them (design: domain §2.2).
"""

from portal.documents.starters import annex, frame
from portal.documents.starters.blocks import paragraph, when

_SUBJECT = "kerja sama tentang {{ judul }}"
_PARENT = (
    "bahwa {{ jenis }} ini merupakan pelaksanaan {{ induk.jenis }} tentang {{ induk.judul }} "
    "{{ induk.nomor_gabung }} tanggal {{ induk.tanggal | tanggal }};"
)


def mou() -> str:
    """Write a Nota Kesepahaman: a statement of intent whose details are left to agreements below it."""
    conclusion = f"untuk itu PARA PIHAK memandang perlu menyatukan langkah melalui {_SUBJECT}"
    return _agreement(frame.recitals(last=conclusion), "untuk membuat {{ jenis }} sebagai pernyataan kehendak bersama")


def pks() -> str:
    """Write a Perjanjian Kerja Sama: rights and duties of each party."""
    return _binding()


def pks_aid() -> str:
    """Write a Perjanjian Kerja Sama with aid; the goods are listed in an annex (design: domain §5.6)."""
    return _binding(annex.aid())


def pks_data() -> str:
    """Write a Perjanjian Kerja Sama on the exchange of data; the data are listed in an article."""
    return _binding()


def synergy_note() -> str:
    """Write a Nota Kesepakatan Sinergi with a region; its work plan is an annex (design: domain §1.1)."""
    conclusion = f"PARA PIHAK memandang perlu menyinergikan perencanaan dan pelaksanaan pembangunan melalui {_SUBJECT}"
    return _agreement(
        frame.recitals(last=conclusion),
        "menyusun {{ jenis }} sebagai dasar sinergi perencanaan dan pelaksanaan",
        annex.work_plan(),
    )


def _binding(*annexes: str) -> str:
    parent = when("induk", paragraph("Konsiderans", _PARENT))
    conclusion = f"PARA PIHAK sepakat mengatur pelaksanaan {_SUBJECT} dalam suatu perjanjian"
    return _agreement(
        frame.recitals(last=conclusion, before_last=parent), "untuk mengikatkan diri dalam {{ jenis }} ini", *annexes
    )


def _agreement(recitals: str, what: str, *annexes: str) -> str:
    return "".join(
        [
            frame.logos(),
            frame.title("{{ jenis | kapital }}"),
            frame.opening(),
            frame.parties(),
            recitals,
            frame.legal_bases(),
            frame.agreed(what),
            frame.ARTICLES,
            frame.signatures(),
            *annexes,
        ]
    )

"""Articles of a Perjanjian Kerja Sama on what each party does and gets: work, rights, duties, money, reports."""

from portal.documents.starters.blocks import (
    ayat,
    each,
    listed,
    paragraph,
    pasal,
    when,
)
from portal.documents.starters.frame import THIS


def implementation() -> str:
    """Make the article on how the work is done."""
    return pasal("Pelaksanaan", "pelaksanaan") + ayat(
        "PARA PIHAK melaksanakan ruang lingkup sebagaimana dimaksud dalam {{ rujuk.lingkup }} berdasarkan "
        "Rencana Kerja.",
        "{% label rencana %}Rencana Kerja disusun dan disepakati secara tertulis oleh PARA PIHAK paling "
        "lambat 30 (tiga "
        f"puluh) hari kalender setelah {THIS} ditandatangani dan diperbarui setiap tahun.",
        "Untuk melaksanakan Rencana Kerja sebagaimana dimaksud pada {{ rujuk_dekat.rencana }}, "
        "masing-masing PIHAK "
        "menunjuk penanggung jawab kegiatan.",
        "Layanan kepada Penerima Manfaat diberikan tanpa diskriminasi serta dengan menghormati martabat, "
        "keselamatan, "
        "dan kepentingan terbaik Penerima Manfaat.",
    )


def rights() -> str:
    """Make the article on rights, a list for each party; a right mirrors what others owe."""
    own = listed(
        f"memperoleh data dan informasi yang diperlukan untuk melaksanakan {THIS}",
        "menyampaikan saran dan masukan atas pelaksanaan Rencana Kerja",
    )
    owed = each("butir", "p.hak", paragraph("Huruf", "{{ butir }};"))
    lists = each("p", "pihak", ayat("{{ p.sebutan }} berhak:"), owed, own)
    return pasal("Hak Para Pihak", "hak") + lists


def duties() -> str:
    """Make the article on duties, a list for each party."""
    own = listed(
        f"melaksanakan {THIS} dengan iktikad baik sesuai dengan Rencana Kerja",
        "menyediakan data dan informasi yang diperlukan PIHAK lainnya",
    )
    known = each("butir", "p.kewajiban", paragraph("Huruf", "{{ butir }};"))
    unknown = paragraph("Huruf", "{{ p.kewajiban | gabung }};")
    lists = each(
        "p",
        "pihak",
        ayat("{{ p.sebutan }} berkewajiban:"),
        when("p.kewajiban", known, otherwise=[unknown]),
        own,
    )
    return pasal("Kewajiban Para Pihak", "kewajiban") + lists


def funding() -> str:
    """Make the article on money: the sum and its source where there is one, else each its own budget."""
    sum_known = ayat(
        f"{{% label nilai %}}Pembiayaan untuk pelaksanaan {THIS} adalah sebesar "
        "{{ pembiayaan.nilai | rupiah_terbilang }} yang bersumber dari {{ pembiayaan.sumber }}.",
        "{% jika pembiayaan.uraian %}{{ pembiayaan.uraian | awal_kapital }}.{% akhir jika %}",
        "Pembiayaan disalurkan, digunakan, dan dipertanggungjawabkan sesuai dengan ketentuan peraturan "
        "perundang-undangan.",
        "Sisa dana yang tidak digunakan sampai dengan berakhirnya kegiatan dikembalikan sesuai dengan "
        "ketentuan "
        "peraturan perundang-undangan.",
    )
    own_budget = [
        ayat(
            f"Biaya yang timbul dari pelaksanaan {THIS} dibebankan pada anggaran masing-masing PIHAK "
            f"sesuai dengan "
            "tugasnya dan ketentuan peraturan perundang-undangan.",
            "{% jika pembiayaan.uraian %}{{ pembiayaan.uraian | awal_kapital }}.{% akhir jika %}",
            "Pembiayaan yang belum dirinci dituangkan dalam Rencana Kerja sebagaimana dimaksud dalam {{ "
            "rujuk.rencana }}.",
        )
    ]
    return pasal("Pembiayaan", "pembiayaan") + when("pembiayaan.nilai", sum_known, otherwise=own_budget)


def reporting() -> str:
    """Make the article on reports and what they hold."""
    return "".join(
        [
            pasal("Pelaporan", "pelaporan"),
            ayat(
                "{% label laporan %}Masing-masing PIHAK menyusun laporan tertulis atas kegiatan yang "
                "menjadi tanggung "
                "jawabnya sebagaimana dimaksud dalam {{ rujuk.kewajiban }}.",
                "Laporan sebagaimana dimaksud pada {{ rujuk_dekat.laporan }} memuat paling sedikit:",
            ),
            listed(
                "kegiatan yang telah dilaksanakan beserta capaiannya",
                "jumlah dan gambaran umum Penerima Manfaat",
                "penggunaan dana, apabila ada",
                "kendala dan usul tindak lanjut",
            ),
            ayat(
                "PIHAK yang menerima laporan menyampaikan tanggapan paling lambat 14 (empat belas) Hari "
                "Kerja setelah "
                "laporan diterima.",
                "Laporan akhir disampaikan paling lambat 30 (tiga puluh) hari kalender setelah jangka "
                "waktu sebagaimana "
                "dimaksud dalam {{ rujuk.masa }} berakhir.",
            ),
        ]
    )

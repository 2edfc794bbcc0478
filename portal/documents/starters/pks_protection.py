"""Articles of a Perjanjian Kerja Sama that protect: data, works, the unforeseen, sanctions, the end."""

from portal.documents.starters.blocks import ayat, listed, pasal
from portal.documents.starters.frame import THIS


def confidentiality() -> str:
    """Make the article on secrets and personal data."""
    return "".join(
        [
            pasal("Kerahasiaan dan Pelindungan Data Pribadi", "rahasia"),
            ayat(
                "PARA PIHAK wajib menjaga kerahasiaan data, dokumen, dan informasi yang diperoleh dalam "
                "pelaksanaan "
                f"{THIS} dan tidak memberikannya kepada pihak lain tanpa persetujuan tertulis PIHAK "
                f"pemiliknya, kecuali "
                "diwajibkan oleh ketentuan peraturan perundang-undangan.",
                "Dalam memproses Data Pribadi, masing-masing PIHAK wajib:",
            ),
            listed(
                f"memproses Data Pribadi hanya untuk keperluan pelaksanaan {THIS}",
                "menerapkan langkah pengamanan teknis dan organisasi yang memadai",
                "membatasi akses hanya bagi petugas yang berkepentingan",
                "memberitahukan secara tertulis kepada PIHAK lainnya paling lambat 3 x 24 (tiga kali dua "
                "puluh empat) jam "
                "sejak diketahui terjadinya kegagalan pelindungan Data Pribadi",
                "mengembalikan atau memusnahkan Data Pribadi setelah tidak lagi diperlukan, sesuai dengan "
                "ketentuan "
                "peraturan perundang-undangan",
            ),
            ayat(f"Kewajiban sebagaimana dimaksud dalam Pasal ini tetap berlaku setelah {THIS} berakhir."),
        ]
    )


def publication() -> str:
    """Make the article on intellectual property and publicity."""
    return pasal("Kekayaan Intelektual dan Publikasi", "publikasi") + ayat(
        f"Kekayaan intelektual yang telah dimiliki suatu PIHAK sebelum {THIS} tetap menjadi milik PIHAK tersebut.",
        "Hak atas kekayaan intelektual yang dihasilkan bersama diatur tersendiri secara tertulis oleh PARA PIHAK.",
        "Penggunaan nama, logo, atau lambang suatu PIHAK dalam publikasi dilakukan dengan persetujuan "
        "tertulis PIHAK "
        "yang bersangkutan.",
        "Publikasi yang menampilkan Penerima Manfaat wajib melindungi identitasnya dan memperoleh "
        "persetujuan dari yang "
        "bersangkutan atau walinya.",
    )


def force_majeure() -> str:
    """Make the article on force majeure."""
    return pasal("Keadaan Kahar", "kahar") + ayat(
        "{% label peristiwa %}Keadaan kahar adalah peristiwa di luar kemampuan PARA PIHAK yang secara "
        "langsung "
        f"menghambat pelaksanaan {THIS}, antara lain bencana alam, bencana nonalam, bencana sosial, "
        f"kebakaran, wabah, "
        "dan perubahan kebijakan Pemerintah.",
        "{% label lapor_kahar %}PIHAK yang mengalami keadaan kahar sebagaimana dimaksud pada "
        "{{ rujuk_dekat.peristiwa }} memberitahukan secara tertulis kepada PIHAK lainnya paling lambat 14 "
        "(empat belas) "
        "hari kalender sejak terjadinya keadaan kahar, disertai keterangan dari pejabat yang berwenang.",
        "PIHAK yang telah menyampaikan pemberitahuan sebagaimana dimaksud pada {{ rujuk_dekat.lapor_kahar "
        "}} tidak "
        "dikenai sanksi atas keterlambatan yang disebabkan oleh keadaan kahar.",
        "Kelanjutan kegiatan yang terhambat dibicarakan oleh PARA PIHAK setelah keadaan kahar berakhir.",
    )


def sanctions() -> str:
    """Make the article on sanctions."""
    return pasal("Sanksi", "sanksi") + ayat(
        "{% label lalai %}PIHAK yang tidak melaksanakan kewajiban sebagaimana dimaksud dalam {{ "
        "rujuk.kewajiban }} diberi "
        "teguran tertulis oleh PIHAK lainnya, kecuali karena keadaan kahar sebagaimana dimaksud dalam {{ "
        "rujuk.kahar }}.",
        "Apabila setelah 3 (tiga) kali teguran tertulis dengan tenggang waktu masing-masing 14 (empat "
        "belas) Hari Kerja "
        "kewajiban sebagaimana dimaksud pada {{ rujuk_dekat.lalai }} tetap tidak dilaksanakan, PIHAK "
        "lainnya dapat "
        f"menghentikan sementara atau mengakhiri {THIS}.",
    )


def ending() -> str:
    """Make the article on how the agreement ends."""
    return "".join(
        [
            pasal("Pengakhiran", "pengakhiran"),
            ayat(f"{THIS} berakhir apabila:"),
            listed(
                "jangka waktu sebagaimana dimaksud dalam {{ rujuk.masa }} berakhir dan tidak diperpanjang",
                "disepakati secara tertulis oleh PARA PIHAK",
                "suatu PIHAK tidak melaksanakan kewajibannya sebagaimana dimaksud dalam {{ rujuk.sanksi }}",
                f"ketentuan peraturan perundang-undangan tidak memungkinkan {THIS} dilanjutkan",
                last="atau",
            ),
            ayat(
                "PIHAK yang bermaksud mengakhiri sebelum jangka waktu berakhir menyampaikan pemberitahuan "
                "tertulis paling "
                "lambat 30 (tiga puluh) hari kalender sebelumnya.",
                "Pengakhiran tidak menghapus hak dan kewajiban yang telah timbul dan belum diselesaikan "
                "oleh PARA PIHAK.",
                "{% jika jumlah_pihak > 2 %}Pengunduran diri salah satu PIHAK tidak dengan sendirinya "
                "mengakhiri "
                f"{THIS} bagi PIHAK lainnya.{{% akhir jika %}}",
            ),
        ]
    )

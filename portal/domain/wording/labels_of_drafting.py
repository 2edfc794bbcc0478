"""Labels of the enums of drafting: libraries, clause trees, sections, lists; `labels` joins them with the others."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from portal.domain.bulk import BulkStage, RowStage
from portal.domain.clause import Block, Condition, Level
from portal.domain.drafting import Section, SectionState
from portal.domain.marking import N_
from portal.domain.paper import Paper, SignatureSide
from portal.domain.publication import Publication
from portal.domain.rendition import RenditionOrigin

LABELS: Final[Mapping[type[StrEnum], Mapping[StrEnum, str]]] = {
    Publication: {
        Publication.DRAFT: N_("Belum terbit"),
        Publication.PUBLISHED: N_("Terbit"),
        Publication.RETIRED: N_("Pensiun"),
    },
    Block: {
        Block.DEFINITIONS: N_("Ketentuan umum dan pengertian"),
        Block.PURPOSE: N_("Maksud dan tujuan"),
        Block.TARGETS: N_("Sasaran dan lokasi"),
        Block.SCOPE: N_("Ruang lingkup"),
        Block.IMPLEMENTATION: N_("Pelaksanaan"),
        Block.RIGHTS_OBLIGATIONS: N_("Hak dan kewajiban"),
        Block.FUNDING: N_("Pembiayaan"),
        Block.AID: N_("Penyaluran bantuan dan serah terima"),
        Block.TERM: N_("Jangka waktu"),
        Block.MONEV: N_("Pemantauan dan evaluasi"),
        Block.REPORTING: N_("Laporan"),
        Block.CONFIDENTIALITY: N_("Kerahasiaan informasi"),
        Block.DATA_PROTECTION: N_("Pelindungan data pribadi dan pertukaran data"),
        Block.IP_PUBLICATION: N_("Kekayaan intelektual dan publikasi"),
        Block.FORCE_MAJEURE: N_("Keadaan kahar"),
        Block.SANCTIONS: N_("Sanksi"),
        Block.TERMINATION: N_("Pengakhiran kerja sama"),
        Block.DISPUTE: N_("Penyelesaian perselisihan"),
        Block.CORRESPONDENCE: N_("Korespondensi"),
        Block.AMENDMENT: N_("Perubahan naskah"),
        Block.CHANGES: N_("Ketentuan yang diubah atau diperpanjang"),
        Block.LANGUAGE: N_("Bahasa"),
        Block.MISCELLANEOUS: N_("Ketentuan lain-lain"),
        Block.CLOSING: N_("Penutup"),
    },
    Condition: {
        Condition.ALWAYS: N_("Selalu ada"),
        Condition.CHOSEN: N_("Bila dipilih penyusun"),
        Condition.DATA_EXCHANGE: N_("Bila para pihak bertukar data pribadi"),
        Condition.AID: N_("Bila ada bantuan yang disalurkan"),
        Condition.FUNDED: N_("Bila ada nilai atau sumber pembiayaan"),
        Condition.FOREIGN: N_("Bila ada pihak asing"),
        Condition.REGION: N_("Bila ada pihak pemerintah daerah"),
        Condition.HAS_PARENT: N_("Bila ada naskah induk"),
        Condition.MANY_PARTIES: N_("Bila ada lebih dari dua pihak"),
    },
    Level: {
        Level.PLAIN: N_("Tanpa nomor"),
        Level.AYAT: N_("Ayat, (1)"),
        Level.HURUF: N_("Huruf, a."),
        Level.ANGKA: N_("Angka, 1."),
        Level.HURUF_KECIL: N_("Huruf di bawah angka, a)"),
        Level.ANGKA_KECIL: N_("Angka di bawah huruf, 1)"),
        Level.ROW: N_("Baris tabel, |"),
        Level.COMMAND: N_("Perintah templat"),
    },
    SignatureSide: {
        SignatureSide.FIRST_LEFT: N_("Pihak pertama di kiri"),
        SignatureSide.FIRST_RIGHT: N_("Pihak pertama di kanan"),
    },
    Paper: {
        Paper.A4: N_("A4"),
        Paper.F4: N_("F4 (folio)"),
    },
    Section: {
        Section.TEMPLATE: N_("Jenis dan templat"),
        Section.PARTIES: N_("Para pihak dan penanda tangan"),
        Section.RECITALS: N_("Judul, pertimbangan, dasar hukum"),
        Section.ARTICLES: N_("Ruang lingkup dan Pasal pilihan"),
        Section.OBLIGATIONS: N_("Kewajiban dan jadwal"),
        Section.TERM: N_("Jangka waktu dan perpanjangan"),
        Section.FUNDING: N_("Pembiayaan dan lampiran"),
        Section.OPTIONS: N_("Pilihan lain"),
        Section.REVIEW: N_("Periksa dan buat naskah"),
    },
    SectionState: {
        SectionState.EMPTY: N_("Belum diisi"),
        SectionState.STARTED: N_("Sedang diisi"),
        SectionState.COMPLETE: N_("Lengkap"),
        SectionState.BLOCKED: N_("Menunggu bagian lain"),
    },
    BulkStage: {
        BulkStage.CHECKED: N_("Sudah diperiksa"),
        BulkStage.QUEUED: N_("Menunggu giliran"),
        BulkStage.RUNNING: N_("Sedang dibuat"),
        BulkStage.FINISHED: N_("Selesai"),
        BulkStage.CANCELLED: N_("Dibatalkan"),
    },
    RenditionOrigin: {
        RenditionOrigin.MADE: N_("Dibuat portal"),
        RenditionOrigin.EDITED: N_("Kami sunting di Word"),
        RenditionOrigin.RECEIVED: N_("Dari mitra"),
    },
    RowStage: {
        RowStage.READY: N_("Siap dibuat"),
        RowStage.REFUSED: N_("Perlu diperbaiki"),
        RowStage.MADE: N_("Sudah dibuat"),
        RowStage.FAILED: N_("Gagal dibuat"),
    },
}

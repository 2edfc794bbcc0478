"""The values with which every mail is composed for its golden file: one case for each shape of a mail."""

from portal.domain.organisation import Zone
from portal.mail.compose import Letterhead, Reader

LETTERHEAD = Letterhead(
    base_url="https://simpul.contoh.test",
    office_name="Kementerian Sosial Republik Indonesia",
    sender="simpul@contoh.test",
    reply_to="kerjasama@contoh.test",
    help_phone="(021) 555 0100",
)
READERS = {
    "id": Reader(name="Ibu Siti Maryam", language="id", zone=Zone.WITA),
    "en": Reader(name="Ibu Siti Maryam", language="en", zone=Zone.WITA),
}

REPORT_LINE = {
    "kind": "occurrence",
    "title": "Laporan Keuangan",
    "period_key": "2026-Q3",
    "agreement_code": "PKS-2024-0214",
    "agreement_title": "Rehabilitasi Sosial Anak Penyandang Disabilitas",
    "article": "Pasal 7 ayat (2)",
    "target_on": "2026-12-01",
    "days": 7,
    "path": "/mitra/laporan",
    "who": None,
    "officer": "Ratna Wulandari",
    "unit": None,
    "replaces": None,
}
FIX_LINE = REPORT_LINE | {"kind": "report_fix", "title": "Laporan Kegiatan", "target_on": "2026-11-27", "days": 3}
LATE_LINE = REPORT_LINE | {
    "title": "Penyaluran bantuan <tahap> kedua & terakhir",
    "period_key": None,
    "target_on": "2026-11-10",
    "days": -14,
    "path": "/kantor/naskah/PKS-2024-0214",
    "who": "Yayasan Contoh Harapan",
}
END_LINE = REPORT_LINE | {
    "kind": "term_end",
    "title": "Rehabilitasi Sosial Anak Penyandang Disabilitas",
    "period_key": None,
    "article": None,
    "target_on": "2026-12-23",
    "days": 29,
    "path": "/kantor/naskah/PKS-2024-0214",
}
NOTICE_LINE = END_LINE | {
    "kind": "notice",
    "target_on": "2026-12-01",
    "days": 7,
    "replaces": {"name": "Bimo Prasetyo", "until": "2026-12-04"},
}
START_LINE = END_LINE | {"kind": "renewal_start", "target_on": "2026-11-20", "days": -4}
PAPER_LINE = REPORT_LINE | {
    "kind": "paper",
    "title": "Sertifikat akreditasi",
    "period_key": None,
    "article": None,
    "target_on": "2026-12-08",
    "days": 14,
    "path": "/mitra/profil",
}
OUR_PAPER_LINE = PAPER_LINE | {
    "who": "Yayasan Contoh Harapan",
    "target_on": "2026-11-20",
    "days": -4,
    "path": "/kantor/mitra/harapan",
}
ABOVE_LINE = LATE_LINE | {"unit": "Direktorat Rehabilitasi Sosial"}
ENDED_LINE = END_LINE | {"target_on": "2026-11-16", "days": -8}

REPORT = {
    "report_code": "8K2M-7Q4D",
    "round": 2,
    "title": "Laporan Keuangan",
    "period_key": "2026-Q3",
    "agreement_code": "PKS-2024-0214",
    "agreement_title": "Rehabilitasi Sosial Anak Penyandang Disabilitas",
    "organisation": "Yayasan Contoh Harapan",
    "receipt_number": "TT-8K2M-7Q4D-2",
    "path": "/mitra/laporan/8K2M-7Q4D",
    "submitted_at": "2026-11-24T03:15:00+00:00",
    "files": ["laporan-tw3.pdf", "rekap.xlsx"],
}

RELIEF = {
    "kind": "extension",
    "title": "Laporan Keuangan",
    "period_key": "2026-Q3",
    "due_on": "2026-12-01",
    "wanted_on": "2026-12-15",
    "reason": "Bukti belanja <cabang> Kupang & Maumere belum lengkap.",
    "agreement_code": "PKS-2024-0214",
    "agreement_title": "Rehabilitasi Sosial Anak Penyandang Disabilitas",
    "organisation": "Yayasan Contoh Harapan",
    "officer": "Ratna Wulandari",
    "path": "/kantor/keringanan/7",
}
DECIDED = RELIEF | {
    "granted": True,
    "granted_on": "2026-12-11",
    "answer": "Surat Direktur nomor 12/2026.",
    "path": "/mitra/tenggat/31/perpanjangan",
}

CARD = {
    "what": "legal",
    "is_paper": False,
    "accepted": False,
    "answer": "Nomor akta pada berkas <halaman 2> berbeda.",
    "organisation": "Yayasan Contoh Harapan",
    "path": "/mitra/profil",
}
TALK = {
    "number": 2,
    "title": "Rehabilitasi Sosial Anak Penyandang Disabilitas",
    "agreement_code": "PKS-2024-0214",
    "organisation": "Yayasan Contoh Harapan",
    "officer": "Ratna Wulandari",
    "path": "/mitra/perjanjian/PKS-2024-0214/rancangan/2",
}
ASKED = TALK | {
    "place": "Pasal 7 ayat (2)",
    "text": "Apakah honor <pendamping> boleh dibayar & dilaporkan per triwulan?",
    "path": "/kantor/naskah/PKS-2024-0214/pertanyaan/5",
}
CASES = {
    "question_asked": ASKED,
    "question_asked-whole": ASKED | {"place": None},
    "question_answered": ASKED
    | {"answer": "Boleh, sesuai lampiran II.", "path": "/mitra/perjanjian/PKS-2024-0214/pertanyaan/2"},
    "draft_shared": TALK | {"due_on": "2026-12-04", "note": "Mohon perhatikan <Pasal> pembiayaan."},
    "draft_shared-silent": TALK | {"due_on": "2026-12-04", "note": None},
    "draft_answered": TALK
    | {
        "person": "Melati Contoh",
        "counts": {"agree": 18, "propose": 2, "ask": 1},
        "path": "/kantor/naskah/PKS-2024-0214/tanggapan/4",
    },
    "draft_decided": TALK,
    "handover_received": {
        "giver": "Hasan <Contoh>",
        "basis": "SK-12/CTH/2026",
        "counts": {"agreement": 12, "clause": 1, "bulk_run": 1, "deputy": 2},
        "path": "/kantor/mutasi/3",
    },
    "data_request_waits": {
        "kind": "erasure",
        "due_at": "2026-11-27T03:15:00+00:00",
        "last": False,
        "path": "/kantor/kelola/data-pribadi/7",
    },
    "data_request_waits-last": {
        "kind": "access",
        "due_at": "2026-11-25T01:00:00+00:00",
        "last": True,
        "path": "/kantor/kelola/data-pribadi/7",
    },
    "data_request_decided": {
        "kind": "correction",
        "name": "Ibu Siti Maryam",
        "granted": True,
        "answer": "Nomor telepon <lama> sudah kami ganti.",
        "asked_at": "2026-11-24T03:15:00+00:00",
        "path": "/mitra/profil",
    },
    "data_request_decided-refused": {
        "kind": "erasure",
        "name": "Surya Contoh",
        "granted": False,
        "answer": "Nama Bapak tercetak pada naskah yang menjadi arsip negara.",
        "asked_at": "2026-11-24T03:15:00+00:00",
        "path": None,
    },
    "digest_partner": {"lines": [REPORT_LINE], "nearest_on": "2026-12-01"},
    "digest_partner-paper": {"lines": [PAPER_LINE], "nearest_on": "2026-12-08"},
    "digest_partner-several": {"lines": [FIX_LINE, REPORT_LINE], "nearest_on": "2026-11-27"},
    "digest_office": {
        "lines": [LATE_LINE],
        "nearest_on": "2026-11-10",
        "total": 1,
        "more": 0,
        "counts": {"late": 1, "soon": 0, "review": 0},
    },
    "digest_office-many": {
        "lines": [LATE_LINE, ENDED_LINE, NOTICE_LINE, START_LINE, END_LINE, OUR_PAPER_LINE, ABOVE_LINE],
        "nearest_on": "2026-11-10",
        "total": 15,
        "more": 9,
        "counts": {"late": 4, "soon": 5, "review": 2},
    },
    "occurrence_overdue": {
        "line": REPORT_LINE | {"target_on": "2026-11-17", "days": -7},
        "officer": "Ratna Wulandari",
    },
    "relief_asked": RELIEF,
    "relief_asked-rest": RELIEF | {"kind": "hold", "wanted_on": None},
    "relief_decided": DECIDED,
    "relief_decided-refused": DECIDED | {"granted": False, "granted_on": None, "officer": None},
    "card_decided": CARD,
    "card_decided-paper": CARD | {"what": "registration", "is_paper": True, "accepted": True, "answer": None},
    "duties_nudged": {
        "sender": "Ratna Wulandari",
        "lines": [REPORT_LINE, LATE_LINE | {"path": "/mitra/laporan"}],
        "nearest_on": "2026-12-01",
    },
    "invitation": {
        "name": "Ibu Siti Maryam",
        "organisation": "Lembaga Kesejahteraan Sosial Yayasan Contoh Harapan Sejahtera Nusantara",
        "inviter": "Ratna Wulandari",
        "link": "https://simpul.contoh.test/undangan/rahasia",
        "expires_at": "2026-11-27T02:00:00+00:00",
    },
    "invitation_wanted": {
        "person": "Siti Maryam",
        "email": "siti@lembaga.contoh.test",
        "organisation": "Lembaga Kesejahteraan Sosial Yayasan Contoh Harapan Sejahtera Nusantara",
        "path": "/kantor/mitra/HARAPAN",
    },
    "sign_in_code": {"code": "204816", "expires_at": "2026-11-24T03:30:00+00:00"},
    "password_reset": {
        "link": "https://simpul.contoh.test/sandi-baru/rahasia",
        "expires_at": "2026-11-24T03:45:00+00:00",
    },
    "password_changed": {"changed_at": "2026-11-24T03:15:00+00:00", "path": "/lupa-sandi"},
    "authenticator_changed": {
        "change": "authenticator_reset",
        "changed_at": "2026-11-24T03:15:00+00:00",
        "path": "/akun",
    },
    "unheard": {
        "name": "Direktorat Rehabilitasi Sosial",
        "lines": [LATE_LINE, NOTICE_LINE, END_LINE | {"title": None, "agreement_title": None, "who": None}],
        "total": 23,
        "more": 20,
    },
    "file_infected": {"name": "foto <lapangan>.jpg", "finding": "Eicar-Test-Signature"},
    "audit_head": {
        "day": "2026-11-24",
        "checked": 48211,
        "line": "2026-11-24 48211 " + "3f" * 32 + " " + "a7" * 32,
        "fault": "",
    },
    "audit_head-broken": {
        "day": "2026-11-24",
        "checked": 48210,
        "line": "2026-11-24 48210 " + "3f" * 32 + " " + "a7" * 32,
        "fault": "Isi baris 48211 berubah sesudah dicatat.",
    },
    "test_mail": {"asked_at": "2026-11-24T03:15:00+00:00"},
    "report_submitted": REPORT | {"path": "/kantor/laporan/8K2M-7Q4D"},
    "report_receipt": REPORT,
    "report_returned": REPORT
    | {"reason": "Rekap <belanja> bulan Agustus & September belum ada.", "marks": [], "fix_due_on": "2026-12-04"},
    "report_returned-marks": REPORT
    | {
        "reason": "",
        "marks": [
            {"label": "Berapa orang yang menerima layanan?", "sentence": "Jumlah berbeda dengan daftar hadir."},
            {"label": "daftar hadir.pdf", "sentence": "Berkas <ini> tidak dapat dibaca."},
        ],
        "fix_due_on": "2026-12-04",
    },
    "report_approval_asked": REPORT | {"person": "Melati Contoh", "due_on": "2026-12-01"},
    "report_handed_back": REPORT
    | {"person": "Bapak Surya Contoh", "reason": "Jumlah <anak> belum benar.", "due_on": "2026-12-01"},
    "report_reopened": REPORT | {"reason": "Ada bukti yang baru kami terima dari pemeriksa."},
    "report_accepted": REPORT | {"decided_on": "2026-11-25"},
}
"""Name of the golden file (template, perhaps a shape after the hyphen) → values."""

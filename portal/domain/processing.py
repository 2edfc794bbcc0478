"""The register of processing: which records the portal keeps about people, why, on what basis, how long, who sees them.

One row for each group of tables. A test sees that every table which can tell of a person stands in exactly one row,
and that every limit in days is the one of `domain.retention`. The bases are the office's reading of UU 27/2022 Art. 20
(text read; to be confirmed by the legal bureau).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from portal.domain import retention
from portal.domain.marking import N_

_TASK: Final = N_("Pelaksanaan tugas Kementerian Sosial dalam kerja sama.")
_DUTY: Final = N_("Kewajiban hukum pengendali data.")
_CONTRACT: Final = N_("Pemenuhan perjanjian kerja sama dengan lembaga.")
_BOTH_SIDES: Final = N_("Pegawai yang menangani dan lembaga yang bersangkutan.")
_OFFICE: Final = N_("Pegawai Kementerian Sosial yang menangani.")
_ADMINS: Final = N_("Administrator.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Processing:
    """One row of the register. `limits` are the spans after which rows or their words go; empty: the office decides."""

    code: str
    label: str
    tables: frozenset[str]
    purpose: str
    basis: str
    seen_by: str
    kept: str
    limits: Mapping[str, timedelta]


def _tables(text: str) -> frozenset[str]:
    return frozenset(text.split())


REGISTER: Final = (
    Processing(
        code="accounts",
        label=N_("Akun, peran, dan undangan"),
        tables=_tables("account account_role account_freeze absence invitation calendar_feed"),
        purpose=N_("Mengenali siapa yang masuk dan apa yang boleh dilakukannya."),
        basis=_TASK,
        seen_by=N_("Orangnya sendiri, pengelola akun lembaganya, petugas, dan administrator."),
        kept=N_("Selama akun dipakai, lalu sampai dihapus atas permintaan."),
        limits={"invitation": retention.INVITATIONS, "calendar_feed": retention.CALENDAR_FEEDS},
    ),
    Processing(
        code="keys",
        label=N_("Masuk, perangkat, dan kode"),
        tables=_tables(
            "sign_in_session trusted_device second_step password_reset authenticator recovery_code sign_in_lock attempt"
        ),
        purpose=N_("Menjaga agar orang lain tidak masuk dengan akun ini."),
        basis=_DUTY,
        seen_by=N_("Orangnya sendiri dan administrator; isi kuncinya tidak dilihat siapa pun."),
        kept=N_("Sampai tidak membuka apa-apa lagi, lalu paling lama seperti tertulis."),
        limits={
            "sign_in_session": retention.SESSIONS,
            "trusted_device": retention.TRUSTED_DEVICES,
            "second_step": retention.SECOND_STEPS,
            "password_reset": retention.PASSWORD_RESETS,
            "attempt": retention.ATTEMPTS,
            "sign_in_lock": retention.LOCKS,
        },
    ),
    Processing(
        code="mails",
        label=N_("Surel dan pengingat"),
        tables=_tables("message reminder"),
        purpose=N_("Mengingatkan orang akan tenggat dan membuktikan bahwa surel dikirim."),
        basis=_CONTRACT,
        seen_by=_BOTH_SIDES,
        kept=N_("Isi dan alamat surel dua tahun; baris pengingat tanpa alamat tetap ada."),
        limits={"message": retention.MAILS},
    ),
    Processing(
        code="contacts",
        label=N_("Narahubung, pengurus, dan kartu lembaga"),
        tables=_tables(
            "contact office_holder contact_entry organisation lks_profile organisation_document card_proposal "
            "organisation_merge"
        ),
        purpose=N_("Mengetahui siapa yang dihubungi dan siapa yang berwenang menandatangani."),
        basis=_CONTRACT,
        seen_by=_BOTH_SIDES,
        kept=N_("Selama lembaga bekerja sama dengan Kementerian Sosial, atau sampai diperbaiki atau dihapus."),
        limits={},
    ),
    Processing(
        code="agreements",
        label=N_("Naskah kerja sama dan penyusunannya"),
        tables=_tables(
            "agreement agreement_party agreement_file rendition draft draft_section draft_save review_waiver bulk_run "
            "bulk_row stage_change renewal_decision signing_event shared_draft draft_reply fact_source clause "
            "clause_version doc_template_version"
        ),
        purpose=N_("Menyusun, menandatangani, dan menyimpan naskah kerja sama."),
        basis=_TASK,
        seen_by=_BOTH_SIDES,
        kept=N_("Naskah adalah arsip negara: portal tidak pernah menghapusnya sendiri."),
        limits={},
    ),
    Processing(
        code="duties",
        label=N_("Kewajiban, pertanyaan, dan penilaian"),
        tables=_tables(
            "obligation obligation_event occurrence relief contribution agreement_question acknowledgement rating"
        ),
        purpose=N_("Mencatat apa yang dijanjikan, kapan dipenuhi, dan apa yang ditanyakan."),
        basis=_CONTRACT,
        seen_by=_BOTH_SIDES,
        kept=N_("Bersama naskahnya."),
        limits={},
    ),
    Processing(
        code="reports",
        label=N_("Laporan mitra"),
        tables=_tables(
            "report report_round report_file report_mark report_check report_reopening report_upload report_form "
            "workbook_receipt"
        ),
        purpose=N_("Menerima dan menelaah laporan pelaksanaan."),
        basis=_CONTRACT,
        seen_by=_BOTH_SIDES,
        kept=N_("Bersama naskahnya; unggahan yang tidak selesai dihapus."),
        limits={"report_upload": retention.UPLOADS},
    ),
    Processing(
        code="trail",
        label=N_("Jejak perubahan dan serah terima"),
        tables=_tables("entry handover job_run"),
        purpose=N_("Membuktikan siapa mengubah apa dan kapan."),
        basis=_DUTY,
        seen_by=_ADMINS,
        kept=N_("Barisnya tetap; rinciannya dihapus sesudah lima tahun."),
        limits={"entry": retention.TRAIL_DETAILS, "job_run": retention.JOB_RUNS},
    ),
    Processing(
        code="requests",
        label=N_("Permintaan data pribadi dan insiden"),
        tables=_tables("data_request incident incident_letter"),
        purpose=N_("Menjawab permintaan orang dan memberitahu mereka saat ada insiden."),
        basis=_DUTY,
        seen_by=_OFFICE,
        kept=N_("Lima tahun sesudah dijawab; catatan insiden tetap ada."),
        limits={"data_request": retention.DATA_REQUESTS},
    ),
)
"""The rows of the register, in the order in which they are shown."""


_BY_TABLE: Final = {table: each for each in REGISTER for table in each.tables}


def of_table(table: str) -> Processing:
    """Return the row of the register that a table belongs to; KeyError for none."""
    return _BY_TABLE[table]

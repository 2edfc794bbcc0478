"""Labels of the enums of organisations and people; `labels` joins them with the others."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from portal.domain.handover import Holding
from portal.domain.marking import N_
from portal.domain.organisation import Accreditation, Confidence, LegalForm, OrganisationKind, Zone
from portal.domain.organisation_card import CardPart, DocumentKind, ProposalStage
from portal.domain.organisation_likeness import Likeness
from portal.domain.policy import Role
from portal.domain.readiness import Light, Matter
from portal.domain.user_role import Tenure

LABELS: Final[Mapping[type[StrEnum], Mapping[StrEnum, str]]] = {
    OrganisationKind: {
        OrganisationKind.MINISTRY: N_("Kementerian"),
        OrganisationKind.UNIT: N_("Unit kementerian"),
        OrganisationKind.LKS: N_("Lembaga Kesejahteraan Sosial (LKS)"),
        OrganisationKind.AGENCY: N_("Lembaga negara"),
        OrganisationKind.REGION: N_("Pemerintah daerah"),
        OrganisationKind.UNIVERSITY: N_("Perguruan tinggi"),
        OrganisationKind.COMPANY: N_("Perusahaan"),
        OrganisationKind.ASSOCIATION: N_("Organisasi kemasyarakatan"),
        OrganisationKind.FOREIGN: N_("Lembaga asing"),
    },
    LegalForm: {
        LegalForm.FOUNDATION: N_("Yayasan"),
        LegalForm.SOCIETY: N_("Perkumpulan"),
        LegalForm.UNINCORPORATED: N_("Tidak berbadan hukum"),
    },
    Accreditation: {
        Accreditation.A: N_("Akreditasi A"),
        Accreditation.B: N_("Akreditasi B"),
        Accreditation.C: N_("Akreditasi C"),
    },
    Zone: {
        Zone.WIB: N_("WIB"),
        Zone.WITA: N_("WITA"),
        Zone.WIT: N_("WIT"),
    },
    Confidence: {
        Confidence.CONFIRMED: N_("Terkonfirmasi"),
        Confidence.REPORTED: N_("Menurut pemberitaan"),
        Confidence.PROPOSED: N_("Usulan"),
        Confidence.UNKNOWN: N_("Belum diketahui"),
    },
    CardPart: {
        CardPart.IDENTITY: N_("Nama, alamat, dan kontak lembaga"),
        CardPart.LEGAL: N_("Akta, pengesahan, dan NPWP"),
        CardPart.REGISTRATION: N_("Tanda daftar"),
        CardPart.ACCREDITATION: N_("Akreditasi"),
        CardPart.BANK: N_("Rekening lembaga"),
        CardPart.SERVICES: N_("Layanan lembaga"),
        CardPart.HOLDER: N_("Pengurus"),
        CardPart.CONTACT: N_("Narahubung"),
    },
    ProposalStage: {
        ProposalStage.WAITING: N_("Menunggu pemeriksaan"),
        ProposalStage.ACCEPTED: N_("Disetujui"),
        ProposalStage.REFUSED: N_("Ditolak"),
        ProposalStage.WITHDRAWN: N_("Ditarik kembali"),
    },
    DocumentKind: {
        DocumentKind.DEED: N_("Akta"),
        DocumentKind.APPROVAL: N_("Pengesahan badan hukum"),
        DocumentKind.TAX_NUMBER: N_("Kartu NPWP"),
        DocumentKind.REGISTRATION: N_("Tanda daftar"),
        DocumentKind.ACCREDITATION: N_("Sertifikat akreditasi"),
        DocumentKind.BANK_ACCOUNT: N_("Buku rekening"),
        DocumentKind.POWER_OF_ATTORNEY: N_("Surat kuasa"),
        DocumentKind.OTHER: N_("Dokumen lain"),
    },
    Likeness: {
        Likeness.TAX_NUMBER: N_("NPWP sama"),
        Likeness.REGISTRATION: N_("nomor tanda daftar sama"),
        Likeness.NAME: N_("nama mirip"),
    },
    Matter: {
        Matter.REGISTRATION: N_("Tanda daftar"),
        Matter.ACCREDITATION: N_("Akreditasi"),
        Matter.DEED: N_("Akta pendirian"),
        Matter.OFFICERS: N_("Pengurus"),
        Matter.TAX_NUMBER: N_("NPWP"),
        Matter.BANK: N_("Rekening lembaga"),
        Matter.DOCUMENT: N_("Dokumen"),
    },
    Light: {
        Light.GREEN: N_("Lengkap"),
        Light.AMBER: N_("Perlu dilengkapi"),
        Light.RED: N_("Perlu diperbaiki"),
    },
    Role: {
        Role.OFFICER: N_("Petugas kerja sama"),
        Role.LEGAL: N_("Biro Hukum"),
        Role.HEAD: N_("Kepala unit"),
        Role.DIRECTOR: N_("Direktur"),
        Role.ADMIN: N_("Administrator"),
        Role.PARTNER_WRITER: N_("Penyusun laporan"),
        Role.PARTNER_RESPONSIBLE: N_("Penanggung jawab"),
        Role.PARTNER_VIEWER: N_("Pembaca"),
        Role.PARTNER_MANAGER: N_("Pengelola akun lembaga"),
        Role.UMBRELLA_READER: N_("Pembaca lembaga induk"),
    },
    Tenure: {
        Tenure.FULL: N_("Definitif"),
        Tenure.ACTING: N_("Pelaksana tugas (Plt.)"),
        Tenure.DAILY: N_("Pelaksana harian (Plh.)"),
    },
    Holding: {
        Holding.AGREEMENT: N_("Naskah sebagai petugas"),
        Holding.CLAUSE: N_("Klausul sebagai pemilik"),
        Holding.BULK_RUN: N_("Daftar naskah massal yang belum selesai"),
        Holding.DEPUTY: N_("Menggantikan orang yang cuti"),
    },
}

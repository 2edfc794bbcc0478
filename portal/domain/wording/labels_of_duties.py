"""Labels of the enums of obligations and reports; `labels` joins them with the others."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from portal.domain.marking import N_
from portal.domain.obligation import (
    Cadence,
    DayType,
    DutyRole,
    EventType,
    ObligationKind,
    ObligationStanding,
    OccurrenceStage,
    OffsetUnit,
    PeriodAnchor,
    RelativeAnchor,
    Roll,
    ScheduleKind,
)
from portal.domain.report import ReportStage, Turn
from portal.domain.report_form import FieldKind, Step

LABELS: Final[Mapping[type[StrEnum], Mapping[StrEnum, str]]] = {
    ObligationKind: {
        ObligationKind.REPORTING: N_("Pelaporan"),
        ObligationKind.FUNDING: N_("Pendanaan dan penyaluran bantuan"),
        ObligationKind.ACCOUNTABILITY: N_("Pertanggungjawaban dana"),
        ObligationKind.HANDOVER: N_("Serah terima barang"),
        ObligationKind.DATA_EXCHANGE: N_("Pertukaran dan pemadanan data"),
        ObligationKind.SERVICE_DELIVERY: N_("Layanan ATENSI"),
        ObligationKind.REFERRAL: N_("Rujukan dan penerimaan klien"),
        ObligationKind.STAFFING: N_("Sumber daya manusia"),
        ObligationKind.FACILITY: N_("Sarana dan prasarana"),
        ObligationKind.TRAINING: N_("Peningkatan kapasitas"),
        ObligationKind.ACCREDITATION: N_("Akreditasi dan registrasi"),
        ObligationKind.MONEV: N_("Monitoring dan evaluasi"),
        ObligationKind.COORDINATION: N_("Rapat koordinasi"),
        ObligationKind.PUBLICATION: N_("Publikasi dan sosialisasi"),
        ObligationKind.CONFIDENTIALITY: N_("Kerahasiaan"),
        ObligationKind.DATA_PROTECTION: N_("Pelindungan data pribadi"),
        ObligationKind.WORKPLAN: N_("Rencana kerja tahunan"),
        ObligationKind.NOTICE: N_("Pemberitahuan"),
        ObligationKind.INSURANCE_TAX: N_("Pajak dan asuransi"),
        ObligationKind.IP: N_("Kekayaan intelektual"),
    },
    ScheduleKind: {
        ScheduleKind.FIXED: N_("Tanggal tetap"),
        ScheduleKind.RECURRING: N_("Berkala"),
        ScheduleKind.RELATIVE: N_("Dihitung dari tanggal lain"),
        ScheduleKind.EVENT: N_("Setelah suatu peristiwa"),
        ScheduleKind.CONTINUOUS: N_("Berlaku selama perjanjian"),
        ScheduleKind.ON_REQUEST: N_("Sewaktu-waktu bila diminta"),
    },
    EventType: {
        EventType.FORCE_MAJEURE: N_("Terjadi keadaan kahar"),
        EventType.FORCE_MAJEURE_OVER: N_("Keadaan kahar berakhir"),
        EventType.DATA_BREACH: N_("Terjadi kegagalan pelindungan data pribadi"),
        EventType.DOCUMENTS_COMPLETE: N_("Berkas dinyatakan lengkap"),
        EventType.WORK_DONE: N_("Pekerjaan selesai"),
        EventType.GOODS_RECEIVED: N_("Barang diterima"),
        EventType.ACTIVITY: N_("Kegiatan dilaksanakan"),
        EventType.REFERRAL: N_("Klien dirujuk"),
        EventType.WARNING: N_("Surat peringatan diterima"),
        EventType.CONTACT_CHANGED: N_("Alamat atau narahubung berubah"),
        EventType.DISPUTE: N_("Timbul perselisihan"),
        EventType.OTHER: N_("Peristiwa lain"),
    },
    Cadence: {
        Cadence.MONTHLY: N_("Setiap bulan"),
        Cadence.QUARTERLY: N_("Setiap triwulan"),
        Cadence.SEMESTER: N_("Setiap semester"),
        Cadence.YEARLY: N_("Setiap tahun"),
        Cadence.EVERY_N_MONTHS: N_("Setiap beberapa bulan"),
    },
    PeriodAnchor: {
        PeriodAnchor.CALENDAR: N_("Menurut kalender"),
        PeriodAnchor.ANNIVERSARY: N_("Menurut tanggal mulai perjanjian"),
        PeriodAnchor.FIXED_DAY: N_("Menurut tanggal yang ditentukan"),
    },
    RelativeAnchor: {
        RelativeAnchor.SIGNING: N_("Penandatanganan"),
        RelativeAnchor.START: N_("Mulai berlaku"),
        RelativeAnchor.END: N_("Berakhirnya perjanjian"),
        RelativeAnchor.PARENT_SIGNING: N_("Penandatanganan naskah induk"),
    },
    OffsetUnit: {
        OffsetUnit.DAYS: N_("Hari"),
        OffsetUnit.WEEKS: N_("Pekan"),
        OffsetUnit.MONTHS: N_("Bulan"),
        OffsetUnit.HOURS: N_("Jam"),
    },
    DayType: {
        DayType.CALENDAR: N_("Hari kalender"),
        DayType.WORKING: N_("Hari kerja"),
    },
    Roll: {
        Roll.NONE: N_("Tetap pada tanggalnya"),
        Roll.NEXT_WORKING: N_("Mundur ke hari kerja berikutnya"),
        Roll.PREVIOUS_WORKING: N_("Maju ke hari kerja sebelumnya"),
    },
    DutyRole: {
        DutyRole.DEBTOR: N_("Pihak yang wajib"),
        DutyRole.CREDITOR: N_("Pihak yang menerima"),
    },
    OccurrenceStage: {
        OccurrenceStage.OPEN: N_("Terjadwal"),
        OccurrenceStage.SUBMITTED: N_("Menunggu telaah"),
        OccurrenceStage.RETURNED: N_("Perlu perbaikan"),
        OccurrenceStage.MET: N_("Dipenuhi"),
        OccurrenceStage.WAIVED: N_("Dibebaskan"),
        OccurrenceStage.CANCELLED: N_("Dibatalkan"),
        OccurrenceStage.HELD: N_("Ditahan sementara"),
    },
    ObligationStanding: {
        ObligationStanding.SCHEDULED: N_("Terjadwal"),
        ObligationStanding.DUE_SOON: N_("Segera"),
        ObligationStanding.DUE_TODAY: N_("Jatuh tempo hari ini"),
        ObligationStanding.OVERDUE: N_("Terlambat"),
        ObligationStanding.AWAITING_REVIEW: N_("Menunggu telaah"),
        ObligationStanding.RETURNED: N_("Perlu perbaikan"),
        ObligationStanding.MET: N_("Dipenuhi"),
        ObligationStanding.WAIVED: N_("Dibebaskan"),
        ObligationStanding.CANCELLED: N_("Dibatalkan"),
        ObligationStanding.HELD: N_("Ditahan sementara"),
    },
    ReportStage: {
        ReportStage.DRAFT: N_("Draf"),
        ReportStage.SUBMITTED: N_("Terkirim"),
        ReportStage.RETURNED: N_("Dikembalikan"),
        ReportStage.ACCEPTED: N_("Diterima"),
    },
    FieldKind: {
        FieldKind.TEXT: N_("Uraian"),
        FieldKind.NUMBER: N_("Angka"),
        FieldKind.MONEY: N_("Jumlah uang"),
        FieldKind.FILES: N_("Foto dan berkas"),
    },
    Step: {
        Step.ACTIVITY: N_("Kegiatan"),
        Step.NUMBERS: N_("Jumlah"),
        Step.FINANCE: N_("Keuangan"),
        Step.EVIDENCE: N_("Bukti"),
    },
    Turn: {
        Turn.PARTNER: N_("Giliran mitra"),
        Turn.OFFICE: N_("Giliran kantor"),
        Turn.NOBODY: N_("Selesai"),
    },
}

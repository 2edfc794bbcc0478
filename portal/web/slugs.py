"""The stable Indonesian words that stand for kinds, stages and standings in addresses. Names for people are labels."""

from portal.domain.agreement import AgreementKind, Stage, Standing
from portal.domain.clause import Block, Condition
from portal.domain.obligation import ObligationKind, ObligationStanding
from portal.domain.organisation import OrganisationKind
from portal.domain.publication import Publication

KINDS = {
    "mou": AgreementKind.MOU,
    "pks": AgreementKind.PKS,
    "nota-sinergi": AgreementKind.SYNERGY_NOTE,
    "adendum": AgreementKind.AMENDMENT,
    "perpanjangan": AgreementKind.EXTENSION,
    "pengakhiran": AgreementKind.TERMINATION,
}

STAGES = {
    "penjajakan": Stage.EXPLORATION,
    "usulan": Stage.PROPOSED,
    "telaah": Stage.REVIEW,
    "penyusunan": Stage.DRAFTING,
    "pembahasan": Stage.NEGOTIATION,
    "paraf": Stage.INITIALLING,
    "tanda-tangan": Stage.SIGNING,
    "berlaku": Stage.ACTIVE,
    "ditangguhkan": Stage.SUSPENDED,
    "diakhiri": Stage.TERMINATED,
    "batal": Stage.CANCELLED,
}

STAGE_GROUPS = {
    "sampai-telaah": frozenset({Stage.EXPLORATION, Stage.PROPOSED, Stage.REVIEW}),
    "paraf-tanda-tangan": frozenset({Stage.INITIALLING, Stage.SIGNING}),
    "dalam-proses": frozenset(
        {
            Stage.EXPLORATION,
            Stage.PROPOSED,
            Stage.REVIEW,
            Stage.DRAFTING,
            Stage.NEGOTIATION,
            Stage.INITIALLING,
            Stage.SIGNING,
        }
    ),
}
"""Several stages together, as the numbers of the first page count them."""

STANDINGS = {
    "belum-berlaku": frozenset({Standing.UPCOMING}),
    "berlaku": frozenset({Standing.IN_FORCE, Standing.ENDING_SOON, Standing.END_UNKNOWN}),
    "akan-berakhir": frozenset({Standing.ENDING_SOON}),
    "berakhir": frozenset({Standing.ENDED}),
    "akhir-belum-diketahui": frozenset({Standing.END_UNKNOWN}),
}
"""In force is whatever binds today: what ends soon and what has no known end bind too."""

DUTY_STANDINGS = {
    "terjadwal": ObligationStanding.SCHEDULED,
    "segera": ObligationStanding.DUE_SOON,
    "hari-ini": ObligationStanding.DUE_TODAY,
    "terlambat": ObligationStanding.OVERDUE,
    "menunggu-telaah": ObligationStanding.AWAITING_REVIEW,
    "perlu-perbaikan": ObligationStanding.RETURNED,
    "dipenuhi": ObligationStanding.MET,
    "dibebaskan": ObligationStanding.WAIVED,
    "batal": ObligationStanding.CANCELLED,
    "ditahan": ObligationStanding.HELD,
}

ORGANISATION_KINDS = {
    "kementerian": OrganisationKind.MINISTRY,
    "unit": OrganisationKind.UNIT,
    "lks": OrganisationKind.LKS,
    "lembaga-negara": OrganisationKind.AGENCY,
    "pemda": OrganisationKind.REGION,
    "perguruan-tinggi": OrganisationKind.UNIVERSITY,
    "perusahaan": OrganisationKind.COMPANY,
    "ormas": OrganisationKind.ASSOCIATION,
    "lembaga-asing": OrganisationKind.FOREIGN,
}

DUTY_KINDS = {kind.value.replace("_", "-"): kind for kind in ObligationKind}

YES_NO = {"ya": True, "tidak": False}

ACCOUNTS: dict[str, tuple[bool | None, bool]] = {
    "ya": (True, False),
    "tidak": (False, False),
    "belum-masuk": (None, True),
}
"""Whether an organisation has an account, and whether nobody of it has ever signed in."""

CLAUSE_BLOCKS = {
    "pengertian": Block.DEFINITIONS,
    "maksud-tujuan": Block.PURPOSE,
    "sasaran": Block.TARGETS,
    "ruang-lingkup": Block.SCOPE,
    "pelaksanaan": Block.IMPLEMENTATION,
    "hak-kewajiban": Block.RIGHTS_OBLIGATIONS,
    "pembiayaan": Block.FUNDING,
    "bantuan": Block.AID,
    "jangka-waktu": Block.TERM,
    "pemantauan": Block.MONEV,
    "laporan": Block.REPORTING,
    "kerahasiaan": Block.CONFIDENTIALITY,
    "pelindungan-data": Block.DATA_PROTECTION,
    "publikasi": Block.IP_PUBLICATION,
    "kahar": Block.FORCE_MAJEURE,
    "sanksi": Block.SANCTIONS,
    "pengakhiran": Block.TERMINATION,
    "perselisihan": Block.DISPUTE,
    "korespondensi": Block.CORRESPONDENCE,
    "perubahan": Block.AMENDMENT,
    "ketentuan-diubah": Block.CHANGES,
    "bahasa": Block.LANGUAGE,
    "lain-lain": Block.MISCELLANEOUS,
    "penutup": Block.CLOSING,
}

CONDITIONS = {
    "selalu": Condition.ALWAYS,
    "dipilih": Condition.CHOSEN,
    "tukar-data": Condition.DATA_EXCHANGE,
    "bantuan": Condition.AID,
    "dibiayai": Condition.FUNDED,
    "pihak-asing": Condition.FOREIGN,
    "pemda": Condition.REGION,
    "naskah-induk": Condition.HAS_PARENT,
    "banyak-pihak": Condition.MANY_PARTIES,
}

PUBLICATIONS = {
    "terbit": Publication.PUBLISHED,
    "usulan": Publication.DRAFT,
    "pensiun": Publication.RETIRED,
}

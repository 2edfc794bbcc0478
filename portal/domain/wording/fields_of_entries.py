"""The names of what entries of the trail tell besides changes of an agreement; others print as they are recorded."""

from collections.abc import Mapping
from typing import Final

from portal.domain.marking import N_

ENTRY_FIELDS: Final[Mapping[str, str]] = {
    "action": N_("Perbuatan"),
    "basis": N_("Dasar"),
    "code": N_("Kode"),
    "count": N_("Jumlah"),
    "counts": N_("Jumlah"),
    "deputy": N_("Pengganti"),
    "deputy_id": N_("Pengganti"),
    "due_on": N_("Tenggat"),
    "ends_on": N_("Sampai"),
    "greeting": N_("Sapaan"),
    "handover": N_("Berita acara"),
    "kind": N_("Jenis"),
    "language": N_("Bahasa"),
    "made_by": N_("Pembuat"),
    "name": N_("Nama"),
    "number": N_("Nomor"),
    "officer": N_("Petugas"),
    "owner": N_("Pemilik"),
    "period_key": N_("Periode"),
    "phone": N_("Nomor telepon"),
    "reason": N_("Alasan"),
    "role": N_("Peran"),
    "roles": N_("Peran"),
    "round": N_("Putaran"),
    "session": N_("Perangkat"),
    "starts_on": N_("Sejak"),
    "step": N_("Anak tangga"),
    "successor": N_("Penerima"),
    "target_on": N_("Tanggal"),
    "template": N_("Templat surel"),
    "title": N_("Judul"),
    "unit_id": N_("Unit"),
    "version": N_("Versi"),
    "view": N_("Tampilan"),
}

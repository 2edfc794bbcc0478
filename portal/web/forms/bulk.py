"""The form of a list for drafts in bulk: the template, what every row shares, the workbook. Shape only."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField

from portal.domain.agreement import AgreementKind, SigningCapacity
from portal.services.bulk_rows import Common
from portal.web.filters import label
from portal.web.forms.fields import LineField, OneOfField, needed


class BulkForm(FlaskForm):
    """What all drafts of a list have in common."""

    template = OneOfField(_l("Templat"), (needed(_l("Pilih templat yang sudah terbit.")),))
    ours = OneOfField(_l("Pihak kementerian"), (needed(_l("Pilih unit kementerian yang menjadi pihak.")),))
    title = LineField(
        _l("Judul bersama"),
        letters=400,
        description=_l("Dipakai untuk baris tanpa judul. Isi kerja sama sesudah kata “tentang”."),
    )
    signatory_name = LineField(
        _l("Penanda tangan kementerian"), letters=160, description=_l("Nama lengkap dengan gelar.")
    )
    signatory_office = LineField(_l("Jabatan penanda tangan kementerian"), letters=200)
    capacity = OneOfField(_l("Kapasitas"))
    instrument = LineField(_l("Dasar kewenangan"), description=_l("Keputusan atau surat kuasa."))
    example = OneOfField(
        _l("Naskah contoh"),
        description=_l(
            "Pasal, pertimbangan, dasar hukum, sasaran, jangka waktu, dan kewajiban yang sudah diterima di sana dipakai"
            " untuk setiap baris. Isi baris sendiri selalu menang."
        ),
    )
    workbook = FileField(_l("Daftar Excel"), [needed(_l("Pilih berkas Excel yang sudah diisi."))])

    def offer(
        self, *, templates: list[tuple[str, str]], units: list[tuple[str, str]], examples: list[tuple[str, str]]
    ) -> "BulkForm":
        """Give the choices."""
        self.template.choices = [("", _l("Pilih templat")), *templates]
        self.ours.choices = [("", _l("Pilih unit")), *units]
        self.example.choices = [("", _l("Tanpa naskah contoh")), *examples]
        self.capacity.choices = [("", _l("Tidak disebut")), *((one.value, label(one)) for one in SigningCapacity)]
        return self

    def common(self, kind: AgreementKind) -> Common:
        """Return what was typed, for a template of this kind."""
        capacity = SigningCapacity(self.capacity.data) if self.capacity.data else None
        return Common(
            kind=kind,
            ours=self.ours.data,
            title=self.title.data,
            unit_code=self.ours.data,
            signatory_name=self.signatory_name.data,
            signatory_office=self.signatory_office.data,
            capacity=capacity,
            instrument=self.instrument.data,
            example=self.example.data or None,
        )

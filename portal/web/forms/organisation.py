"""Forms of organisations, of the people in office and of the people to call. Shape only."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, Optional, Regexp

from portal.domain.agreement import SigningCapacity
from portal.domain.organisation import Accreditation, LegalForm, OrganisationKind, Zone
from portal.domain.organisation_facts import LksFacts, OrganisationFacts
from portal.services.organisation_people import Caller, Holder
from portal.web.filters import label
from portal.web.forms.account import MAIL_PATTERN
from portal.web.forms.fields import SelectField

MAIL = Regexp(MAIL_PATTERN, message=_l("Tulis alamat surel yang lengkap, misalnya nama@lembaga.or.id."))
TEXTS = ("short_name", "address", "regency", "phone", "email", "note")
PROFILE_TEXTS = (
    "deed_number",
    "deed_notary",
    "approval_number",
    "tax_number",
    "registration_type",
    "registration_number",
    "registration_issuer",
    "accreditation_number",
    "siks_ng_id",
    "bank_name",
    "bank_account_number",
    "bank_account_name",
)
PROFILE_DAYS = (
    "deed_on",
    "registration_issued_on",
    "registration_expires_on",
    "accreditation_issued_on",
    "accreditation_expires_on",
)


def _text(title: Any, most: int) -> StringField:
    return StringField(title, [Optional(), Length(max=most)])


class OrganisationForm(FlaskForm):
    """An organisation as typed; the part on LKS is read for that kind only."""

    version = HiddenField()
    kind = SelectField(_l("Jenis organisasi"), [DataRequired(_l("Pilih jenis organisasi."))])
    name = StringField(_l("Nama lengkap"), [DataRequired(_l("Tulis nama lengkap organisasi.")), Length(max=240)])
    short_name = _text(_l("Nama singkat"), 80)
    aliases = TextAreaField(
        _l("Nama lain"),
        [Optional(), Length(max=2000)],
        description=_l("Nama lama atau ejaan lain, satu per baris."),
    )
    parent_code = SelectField(_l("Induk organisasi"), [Optional()])
    address = TextAreaField(_l("Alamat"), [Optional(), Length(max=1000)])
    regency = _text(_l("Kabupaten atau kota"), 120)
    province_code = SelectField(_l("Provinsi"), [Optional()])
    zone = SelectField(
        _l("Zona waktu"), [DataRequired()], description=_l("Tenggat berakhir pada akhir hari di zona ini.")
    )
    phone = TelField(_l("Telepon kantor"), [Optional(), Length(max=40)])
    email = EmailField(_l("Surel kantor"), [Optional(), Length(max=254), MAIL])
    observes_joint_leave = BooleanField(_l("Libur pada cuti bersama"), default=True)
    note = TextAreaField(_l("Catatan"), [Optional(), Length(max=2000)])
    distinct = BooleanField(_l("Ini organisasi lain; catat sebagai mitra baru"))

    legal_form = SelectField(_l("Bentuk badan"), [Optional()])
    deed_number = _text(_l("Nomor akta pendirian"), 80)
    deed_on = DateField(_l("Tanggal akta"), [Optional()])
    deed_notary = _text(_l("Notaris dan tempat"), 160)
    approval_number = _text(_l("Nomor pengesahan (AHU)"), 80)
    tax_number = _text(_l("NPWP"), 24)
    registration_type = _text(_l("Jenis tanda daftar"), 80)
    registration_number = _text(_l("Nomor tanda daftar"), 80)
    registration_issuer = _text(_l("Penerbit tanda daftar"), 160)
    registration_issued_on = DateField(_l("Tanda daftar terbit"), [Optional()])
    registration_expires_on = DateField(_l("Tanda daftar berlaku sampai"), [Optional()])
    accreditation = SelectField(_l("Akreditasi"), [Optional()])
    accreditation_number = _text(_l("Nomor sertifikat akreditasi"), 80)
    accreditation_issued_on = DateField(_l("Akreditasi terbit"), [Optional()])
    accreditation_expires_on = DateField(_l("Akreditasi berlaku sampai"), [Optional()])
    siks_ng_id = _text(_l("Nomor SIKS-NG"), 40)
    bank_name = _text(_l("Bank"), 80)
    bank_account_number = _text(_l("Nomor rekening"), 40)
    bank_account_name = _text(_l("Nama pemilik rekening"), 160)
    client_groups = SelectMultipleField(_l("Pemerlu atensi sosial yang dilayani"), [Optional()])
    atensi = SelectMultipleField(_l("Layanan ATENSI"), [Optional()])

    def offer(self, **choices: list[tuple[str, str]]) -> "OrganisationForm":
        """Give the choices: provinces, units, groups, components as pairs of code and name."""
        none = [("", _l("Belum diketahui"))]
        self.kind.choices = [("", _l("Pilih")), *((kind.value, label(kind)) for kind in OrganisationKind)]
        self.zone.choices = [(zone.value, label(zone)) for zone in Zone]
        self.legal_form.choices = none + [(form.value, label(form)) for form in LegalForm]
        self.accreditation.choices = none + [(level.value, label(level)) for level in Accreditation]
        self.province_code.choices = none + choices["provinces"]
        self.parent_code.choices = [("", _l("Tidak ada")), *choices["parents"]]
        self.client_groups.choices = choices["client_groups"]
        self.atensi.choices = choices["atensi"]
        return self

    def facts(self) -> OrganisationFacts:
        """Return what was typed as the value that the service takes; an empty field tells nothing."""
        kind = OrganisationKind(self.kind.data)
        return OrganisationFacts(
            kind=kind,
            name=self.name.data or "",
            aliases=tuple(line.strip() for line in (self.aliases.data or "").splitlines() if line.strip()),
            parent_code=self.parent_code.data or None,
            province_code=self.province_code.data or None,
            zone=Zone(self.zone.data),
            observes_joint_leave=self.observes_joint_leave.data,
            lks=self._profile() if kind is OrganisationKind.LKS else None,
            **{name: _told(self[name].data) for name in TEXTS},
        )

    def _profile(self) -> LksFacts:
        texts: dict[str, Any] = {name: _told(self[name].data) for name in PROFILE_TEXTS}
        return LksFacts(
            legal_form=LegalForm(self.legal_form.data) if self.legal_form.data else None,
            accreditation=Accreditation(self.accreditation.data) if self.accreditation.data else None,
            client_groups=tuple(self.client_groups.data or ()),
            atensi=tuple(self.atensi.data or ()),
            **texts,
            **{name: self[name].data for name in PROFILE_DAYS},
        )


def _told(text: str | None) -> str | None:
    return (text or "").strip() or None


class HolderForm(FlaskForm):
    """Who holds an office."""

    name = StringField(_l("Nama dengan gelar"), [DataRequired(_l("Tulis nama.")), Length(max=160)])
    office = StringField(_l("Jabatan"), [DataRequired(_l("Tulis jabatan.")), Length(max=160)])
    capacity = SelectField(_l("Kedudukan"), [DataRequired()])
    instrument = StringField(
        _l("Dasar"), [Optional(), Length(max=240)], description=_l("Misalnya: SK, akta, atau surat kuasa.")
    )
    starts_on = DateField(_l("Mulai menjabat"), [Optional()])
    ends_on = DateField(_l("Berakhir"), [Optional()])

    def offer(self) -> "HolderForm":
        """Give the choices."""
        self.capacity.choices = [(capacity.value, label(capacity)) for capacity in SigningCapacity]
        return self

    @classmethod
    def of(cls, row: Any = None) -> "HolderForm":
        """Return the form, filled in with what is recorded if there is any."""
        return cls(obj=row).offer()

    def holder(self) -> Holder:
        """Return what was typed."""
        return Holder(
            name=self.name.data or "",
            office=self.office.data or "",
            capacity=SigningCapacity(self.capacity.data),
            instrument=_told(self.instrument.data),
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
        )


class ContactForm(FlaskForm):
    """A person to call."""

    name = StringField(_l("Nama"), [DataRequired(_l("Tulis nama narahubung.")), Length(max=160)])
    position = StringField(_l("Jabatan atau tugas"), [Optional(), Length(max=120)])
    phone = TelField(_l("Nomor telepon"), [Optional(), Length(max=40)])
    email = EmailField(_l("Surel"), [Optional(), Length(max=254), MAIL])

    def caller(self) -> Caller:
        """Return what was typed."""
        texts = {name: _told(self[name].data) for name in ("position", "phone", "email")}
        return Caller(name=self.name.data or "", **texts)

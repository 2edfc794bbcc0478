"""The form of an agreement: shape only. It becomes facts for the service, and facts become a filled-in form."""

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, TextAreaField
from wtforms.validators import ValidationError

from portal.domain.agreement import MAX_PARTIES, MOVING, AgreementKind, Relation, SigningCapacity, Stage
from portal.domain.agreement_facts import AgreementFacts, Opening, PartyFacts, RegionFacts, RelationFacts
from portal.domain.obligation import OffsetUnit
from portal.domain.renewal import NOTICE_UNITS
from portal.queries.agreement_choices import Choices
from portal.web.filters import label
from portal.web.forms.fields import (
    CountField,
    DayField,
    LineField,
    OneOfField,
    ParagraphField,
    SomeOfField,
    needed,
)

MAX_ROWS = 20
"""So many regions and related agreements at most."""

_LINES = ("name_printed", "number_printed", "signatory_name", "signatory_office", "principal", "instrument")
_SAME = (
    "title",
    "printed_label",
    "is_foreign",
    "is_confidential",
    "signed_on",
    "signed_place",
    "starts_on",
    "ends_on",
    "term_years",
    "term_months",
    "notice_count",
    "notice_article",
    "purpose",
    "beneficiaries",
    "value_rupiah",
    "funding_source",
    "originals",
    "unit_code",
    "officer_email",
    "note",
)


class PartyForm(Form):
    """One party in its place."""

    organisation_code = OneOfField(_l("Organisasi"), (needed(_l("Pilih organisasi pihak ini.")),))
    name_printed = LineField(_l("Nama pada naskah"), description=_l("Kosongkan bila sama dengan nama organisasi."))
    address_printed = LineField(_l("Alamat pada naskah"), letters=600)
    number_printed = LineField(_l("Nomor"), letters=120, description=_l("Persis seperti tercetak."))
    signatory_name = LineField(_l("Penanda tangan"), letters=160, description=_l("Nama lengkap dengan gelar."))
    signatory_office = LineField(_l("Jabatan penanda tangan"), letters=200)
    capacity = OneOfField(_l("Kapasitas"))
    principal = LineField(
        _l("Pejabat yang diwakili"),
        letters=200,
        description=_l("Hanya untuk a.n., u.b., atau kuasa, misalnya Direktur Jenderal Rehabilitasi Sosial."),
    )
    instrument = LineField(_l("Dasar kewenangan"), description=_l("Keputusan, akta, atau surat kuasa."))
    contact_name = LineField(_l("Narahubung"), letters=160)
    contact_phone = LineField(_l("Telepon narahubung"), letters=40)
    contact_email = LineField(_l("Surel narahubung"), letters=254)


class RegionForm(Form):
    """One province and, if told, its regencies."""

    province_code = OneOfField(_l("Provinsi"))
    regencies = LineField(_l("Kabupaten/kota"), letters=600, description=_l("Pisahkan dengan koma."))

    def validate_province_code(self, field: Any) -> None:
        """Refuse regencies of no province."""
        if self.regencies.data and not field.data:
            raise ValidationError(_l("Pilih provinsi dari kabupaten/kota ini."))


class RelationForm(Form):
    """One relation to another agreement."""

    relation = OneOfField(_l("Hubungan"))
    other_code = LineField(_l("Kode naskah"), letters=24, description=_l("Misalnya MOU-2024-0007."))

    def validate_other_code(self, field: Any) -> None:
        """Refuse half a relation."""
        if bool(field.data) is not bool(self.relation.data):
            raise ValidationError(_l("Isi hubungan dan kode naskah bersama-sama."))


class AgreementForm(FlaskForm):
    """Everything that is asked about an agreement, on one page in groups."""

    version = HiddenField()
    kind = OneOfField(_l("Jenis naskah"), (needed(_l("Pilih jenis naskah.")),))
    title = LineField(
        _l("Judul"),
        (needed(_l("Tulis judul naskah.")),),
        letters=400,
        description=_l("Isi kerja sama sesudah kata “tentang”, tanpa jenis naskah dan nama pihak."),
    )
    printed_label = LineField(
        _l("Sebutan pada naskah"), letters=120, description=_l("Bila berbeda dari jenisnya, misalnya Nota Kesepakatan.")
    )
    unit_code = OneOfField(_l("Unit pemrakarsa"))
    officer_email = OneOfField(_l("Petugas (PIC)"))
    is_confidential = BooleanField(_l("Naskah dibatasi: administrator sistem tidak membacanya"))
    is_foreign = BooleanField(_l("Dengan pihak asing"))
    stage = OneOfField(_l("Tahap sekarang"))
    parties = FieldList(FormField(PartyForm), min_entries=2, max_entries=MAX_PARTIES)
    signed_on = DayField(_l("Tanggal penandatanganan"))
    signed_place = LineField(_l("Tempat penandatanganan"), letters=160)
    originals = CountField(_l("Jumlah naskah asli"), least=1, most=20)
    starts_on = DayField(_l("Mulai berlaku"))
    term_years = CountField(_l("Jangka waktu (tahun)"), most=99)
    term_months = CountField(_l("Tambahan bulan"), most=11)
    ends_on = DayField(_l("Berakhir"), description=_l("Kosongkan untuk dihitung; tanggal yang tercetak selalu menang."))
    notice_count = CountField(_l("Pemberitahuan perpanjangan sebelum berakhir"), least=1, most=400)
    notice_unit = OneOfField(_l("Satuan"))
    notice_article = LineField(_l("Pasal yang mengaturnya"), letters=80)
    purpose = ParagraphField(_l("Maksud dan tujuan"))
    scope = TextAreaField(_l("Ruang lingkup"), description=_l("Satu butir setiap baris."))
    beneficiaries = LineField(_l("Penerima manfaat"))
    value_rupiah = CountField(_l("Nilai"))
    funding_source = LineField(_l("Sumber dana"))
    note = ParagraphField(_l("Catatan"))
    client_groups = SomeOfField(_l("Pemerlu Atensi Sosial (PAS)"))
    atensi = SomeOfField(_l("Komponen ATENSI"))
    regions = FieldList(FormField(RegionForm), min_entries=1, max_entries=MAX_ROWS)
    relations = FieldList(FormField(RelationForm), min_entries=1, max_entries=MAX_ROWS)

    @classmethod
    def with_choices(
        cls,
        offered: Choices,
        *,
        typed: "MultiDict[str, str] | None" = None,
        facts: AgreementFacts | None = None,
    ) -> "AgreementForm":
        """Return the form with what was typed, or else filled in with `facts`."""
        form = cls(formdata=typed, data=filled(facts) if facts and typed is None else None)
        form.kind.choices = [("", ""), *((kind.value, label(kind)) for kind in AgreementKind)]
        form.unit_code.choices = [("", _("belum diketahui")), *with_present(offered.units, form.unit_code.data)]
        form.officer_email.choices = [("", _("belum ada")), *with_present(offered.officers, form.officer_email.data)]
        form.stage.flags.required = True
        form.stage.choices = [(stage.value, label(stage)) for stage in MOVING]
        form.notice_unit.choices = [("", ""), *((unit.value, label(unit)) for unit in NOTICE_UNITS)]
        form.client_groups.choices = list(offered.names.client_groups.items())
        form.atensi.choices = list(offered.names.atensi.items())
        for party in form.parties:
            present = party.organisation_code.data
            party.organisation_code.choices = [
                ("", _("Pilih organisasi")),
                *with_present(offered.organisations, present),
            ]
            party.capacity.choices = [("", _("belum diketahui")), *((one.value, label(one)) for one in SigningCapacity)]
        for region in form.regions:
            region.province_code.choices = [("", _("Pilih provinsi")), *offered.names.provinces.items()]
        for relation in form.relations:
            relation.relation.choices = [("", _("Pilih hubungan")), *((one.value, label(one)) for one in Relation)]
        return form

    def facts(self, base: AgreementFacts | None = None) -> AgreementFacts:
        """Return what was typed as facts; what the form does not ask is kept from `base`."""
        values: dict[str, Any] = {name: self[name].data for name in _SAME}
        values |= {
            "kind": AgreementKind(self.kind.data),
            "title": self.title.data or "",
            "parties": tuple(party_facts(entry) for entry in self.parties),
            "notice_unit": OffsetUnit(self.notice_unit.data) if self.notice_unit.data else None,
            "scope": lines(self.scope.data),
            "client_groups": tuple(self.client_groups.data or ()),
            "atensi": tuple(self.atensi.data or ()),
            "regions": tuple(region_facts(self.regions)),
            "relations": tuple(relation_facts(self.relations)),
        }
        return replace(base, **values) if base else AgreementFacts(**values)

    def opening(self) -> Opening:
        """Return the stage in which the record begins."""
        return Opening(stage=Stage(self.stage.data or Stage.EXPLORATION))


def with_present(pairs: Iterable[tuple[str, str]], present: str | None) -> list[tuple[str, str]]:
    """Keep what is chosen on the list even if nobody may choose it anew, so that saving loses nothing."""
    found = list(pairs)
    return found if not present or present in {key for key, _name in found} else [*found, (present, present)]


def party_facts(entry: Any) -> PartyFacts:
    """Return one typed party as facts."""
    values = {one.name: entry[one.name].data for one in fields(PartyFacts)}
    values["capacity"] = SigningCapacity(values["capacity"]) if values["capacity"] else None
    return PartyFacts(**values | {"organisation_code": values["organisation_code"] or ""})


def lines(text: str | None) -> tuple[str, ...]:
    """Return the lines of a text that say something."""
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def region_facts(entries: Iterable[Any]) -> Iterable[RegionFacts]:
    """Return the typed regions as facts, one for each regency."""
    for entry in entries:
        province = entry.province_code.data
        if province:
            regencies = [name.strip() for name in (entry.regencies.data or "").split(",") if name.strip()]
            yield from (RegionFacts(province_code=province, regency=name) for name in regencies or [""])


def relation_facts(entries: Iterable[Any]) -> Iterable[RelationFacts]:
    """Return the typed relations as facts; half ones are left out."""
    for entry in entries:
        if entry.relation.data and entry.other_code.data:
            yield RelationFacts(relation=Relation(entry.relation.data), other_code=entry.other_code.data.upper())


def filled(facts: AgreementFacts) -> dict[str, Any]:
    """Return facts as the fields hold them."""
    regencies: dict[str, list[str]] = {}
    for region in facts.regions:
        regencies.setdefault(region.province_code, []).extend([region.regency] if region.regency else [])
    return {
        **{name: getattr(facts, name) for name in _SAME},
        "kind": facts.kind.value,
        "notice_unit": facts.notice_unit.value if facts.notice_unit else None,
        "scope": "\n".join(facts.scope),
        "client_groups": list(facts.client_groups),
        "atensi": list(facts.atensi),
        "parties": [{one.name: getattr(party, one.name) for one in fields(PartyFacts)} for party in facts.parties],
        "regions": [{"province_code": code, "regencies": ", ".join(names)} for code, names in regencies.items()],
        "relations": [{"relation": one.relation.value, "other_code": one.other_code} for one in facts.relations],
    }

"""Forms of a partner's card: one for each part that can be proposed, one for papers, one for answers. Shape only."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, FileField, HiddenField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from portal.domain.organisation import Accreditation, LegalForm
from portal.domain.organisation_card import KEYS, OF_PEOPLE, CardPart, DocumentKind, Paper, day
from portal.domain.organisation_facts import PROFILE
from portal.services.card_proposals import Acceptance, Wish
from portal.web import kept_uploads
from portal.web.filters import label
from portal.web.forms.fields import RadioField, SelectField
from portal.web.forms.organisation import ContactForm, HolderForm, OrganisationForm

ACCEPT, REFUSE = "ya", "tidak"


class LeavingForm(ContactForm):
    """A person to call, who may have left."""

    has_left = BooleanField(_l("Orang ini sudah tidak bertugas"))


class ProposalForm(FlaskForm):
    """What every proposal carries: why, and perhaps a file that proves it."""

    basis = TextAreaField(
        _l("Dasar perubahan"),
        [DataRequired(_l("Tulis dasarnya, misalnya akta, surat keputusan, atau rapat pengurus.")), Length(max=1000)],
        description=_l("Misalnya: Akta Nomor 7, 2 Mei 2026."),
    )
    files = FileField(_l("Foto atau berkas bukti"), [Optional()])
    kept = HiddenField()


def _source(part: CardPart) -> type[FlaskForm]:
    return {CardPart.HOLDER: HolderForm, CardPart.CONTACT: LeavingForm}.get(part, OrganisationForm)


def field_of(key: str) -> str:
    """Return the name of the field in which a fact is typed."""
    return key.removeprefix(f"{PROFILE}.")


def title_of(part: CardPart, key: str) -> str:
    """Return what a fact is called, as its form names it."""
    unbound = getattr(_source(part), field_of(key))
    return str(unbound.args[0])


@cache
def _form_class(part: CardPart) -> type[ProposalForm]:
    source = _source(part)
    fields = {field_of(key): getattr(source, field_of(key)) for key in KEYS[part]}
    return type(f"{part.name.title()}ProposalForm", (ProposalForm,), fields)


def proposal_form(
    part: CardPart,
    before: Mapping[str, Any],
    choices: Mapping[str, Iterable[tuple[str, str]]],
    *,
    is_new: bool = False,
) -> ProposalForm:
    """Return the form of one part, filled in with what is recorded; `choices` are the lists of codes by field."""
    start = {field_of(key): day(value) if key.endswith("_on") else value for key, value in before.items()}
    form = _form_class(part)(data={name: "" if value is None else value for name, value in start.items()})
    if is_new and "has_left" in form:
        del form.has_left
    none = [("", _l("Belum diketahui"))]
    own: dict[str, list[tuple[Any, Any]]] = {
        "legal_form": none + [(kind.value, label(kind)) for kind in LegalForm],
        "accreditation": none + [(level.value, label(level)) for level in Accreditation],
        "province_code": none + list(choices["provinces"]),
        "client_groups": list(choices["client_groups"]),
        "atensi": list(choices["atensi"]),
    }
    for name, pairs in own.items():
        if name in form:
            form[name].choices = pairs
    return form


def wish_of(form: ProposalForm, part: CardPart, target_id: int | None) -> Wish:
    """Return what was typed as the value that the service takes."""
    typed = {key: form[field_of(key)].data for key in KEYS[part] if field_of(key) in form}
    told = {key: None if value in ("", False) else value for key, value in typed.items()}
    file = kept_uploads.chosen(form)
    return Wish(
        part=part,
        typed=told,
        basis=form.basis.data or "",
        target_id=target_id,
        file_name=file.name,
        content=file.content,
    )


def fields_of(form: ProposalForm, part: CardPart) -> list[Any]:
    """Return the fields of the part itself in their order, each with the kind of control it needs."""
    shown = [form[field_of(key)] for key in KEYS[part] if field_of(key) in form]
    return [{"control": one, "kind": _KINDS.get(type(one).__name__, "text")} for one in shown]


_KINDS = {
    "DateField": "date",
    "SelectField": "select",
    "SelectMultipleField": "checks",
    "TextAreaField": "area",
    "BooleanField": "check",
    "TelField": "tel",
    "EmailField": "email",
}


def is_of_person(part: CardPart) -> bool:
    """Return whether a part is about one person."""
    return part in OF_PEOPLE


class DocumentForm(FlaskForm):
    """A paper with its number and validity."""

    kind = SelectField(_l("Jenis dokumen"), [DataRequired(_l("Pilih jenis dokumen."))])
    number = StringField(_l("Nomor dokumen"), [Optional(), Length(max=80)])
    issuer = StringField(_l("Diterbitkan oleh"), [Optional(), Length(max=160)])
    issued_on = DateField(_l("Tanggal terbit"), [Optional()])
    expires_on = DateField(
        _l("Berlaku sampai"), [Optional()], description=_l("Kosongkan bila dokumen ini tidak punya batas waktu.")
    )
    files = FileField(_l("Foto atau berkas dokumen"))
    kept = HiddenField()

    def offer(self) -> "DocumentForm":
        """Give the choices."""
        self.files.flags.required = True
        self.kind.choices = [
            SelectChoice("", _l("Pilih")),
            *(SelectChoice(kind.value, label(kind)) for kind in DocumentKind),
        ]
        return self

    def paper(self) -> Paper:
        """Return what was typed and chosen."""
        file = kept_uploads.chosen(self)
        return Paper(
            kind=DocumentKind(self.kind.data),
            number=(self.number.data or "").strip() or None,
            issuer=(self.issuer.data or "").strip() or None,
            issued_on=self.issued_on.data,
            expires_on=self.expires_on.data,
            file_name=file.name,
            content=file.content,
        )


class CardAnswerForm(FlaskForm):
    """Yes or no to what a partner sent, with a sentence."""

    version = HiddenField()
    verdict = RadioField(_l("Keputusan"), [DataRequired(_l("Pilih keputusan."))])
    answer = TextAreaField(
        _l("Catatan untuk mitra"),
        [Optional(), Length(max=1000)],
        description=_l("Wajib bila tidak disetujui: tulis apa yang harus diperbaiki."),
    )
    compared = BooleanField(_l("Saya sudah membandingkan isian yang berubah"))
    carry = BooleanField(_l("Perbarui juga nomor dan masa berlaku pada data mitra"), default=True)

    def offer(self) -> "CardAnswerForm":
        """Give the choices."""
        self.verdict.choices = [(ACCEPT, _l("Setujui")), (REFUSE, _l("Tidak disetujui"))]
        return self

    @property
    def is_accepted(self) -> bool:
        """Return whether the officer says yes."""
        return bool(self.verdict.data == ACCEPT)

    def acceptance(self) -> Acceptance:
        """Return a yes as the service takes it."""
        version = int(self.version.data) if (self.version.data or "").isdecimal() else 0
        return Acceptance(version=version, compared=self.compared.data, answer=self.answer.data or "")


class MergeForm(FlaskForm):
    """The version of the record that stays, as it was compared; the choices are read by name."""

    version = HiddenField()

"""Forms of administration: a person's facts, roles, invitations, putting out of use, handing over. Shape only."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, StringField, TelField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from portal.domain.errors import RuleBroken
from portal.domain.handover import Holding
from portal.domain.marking import N_
from portal.domain.policy import Role
from portal.domain.user_role import Tenure, Term
from portal.domain.wording import label
from portal.services.handovers import Plan
from portal.services.users import UserFacts
from portal.web.forms.account import InviteForm
from portal.web.forms.fields import RadioField, SelectField

Pairs = list[tuple[str, str]]


class UserForm(FlaskForm):
    """What an administrator may change of a person."""

    name = StringField(_l("Nama"), [DataRequired(_l("Tulis nama orang ini.")), Length(max=160)])
    greeting = StringField(_l("Sapaan"), [Optional(), Length(max=80)], description=_l("Misalnya: Bu Ratna."))
    phone = TelField(_l("Nomor telepon"), [Optional(), Length(max=40)])
    language = RadioField(
        _l("Bahasa"),
        [InputRequired(_l("Pilih bahasa."))],
        choices=[SelectChoice("id", _l("Indonesia")), SelectChoice("en", _l("Inggris"))],
    )

    def facts(self) -> UserFacts:
        """Return what was typed."""
        return UserFacts(
            name=self.name.data or "", greeting=self.greeting.data, phone=self.phone.data, language=self.language.data
        )


class RoleForm(FlaskForm):
    """A role for a period on a basis; a role that is corrected stays what it is."""

    role = SelectField(_l("Peran"), [Optional()])
    unit = SelectField(_l("Unit"), [Optional()], description=_l("Plt. dan Plh. dapat di unit lain."))
    tenure = RadioField(_l("Cara memegang"), [InputRequired(_l("Pilih cara memegang peran ini."))], default=Tenure.FULL)
    letter = StringField(
        _l("Nomor surat dasar"), [DataRequired(_l("Tulis nomor surat yang menjadi dasar peran ini.")), Length(max=200)]
    )
    starts_on = DateField(_l("Mulai"), [InputRequired(_l("Isi hari pertama peran ini."))])
    ends_on = DateField(_l("Sampai"), [Optional()], description=_l("Kosongkan bila tidak ditentukan."))

    def offer(self, roles: Pairs, units: Pairs) -> "RoleForm":
        """Give the choices."""
        self.role.choices = [SelectChoice(*pair) for pair in roles]
        self.unit.choices = [SelectChoice(*pair) for pair in units]
        self.tenure.choices = [SelectChoice(each.value, _l(label(each))) for each in Tenure]
        return self

    def term(self, role: Role | None = None) -> Term:
        """Return what was typed, for the role that was chosen or the one that is corrected.

        Raises RuleBroken where none was chosen.
        """
        if role is None and not self.role.data:
            raise RuleBroken(N_("Pilih peran."), field="role")
        return Term(
            role=role or Role(self.role.data),
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            tenure=Tenure(self.tenure.data),
            letter=self.letter.data or "",
        )


class InviteStaffForm(InviteForm):
    """Whom an administrator invites to a unit of the ministry."""

    unit = SelectField(_l("Unit"), [DataRequired(_l("Pilih unit."))])


class ReasonForm(FlaskForm):
    """Why an account is put out of use."""

    reason = StringField(_l("Alasan"), [DataRequired(_l("Tulis alasannya.")), Length(max=240)])


class HandoverForm(FlaskForm):
    """Who takes what, and on which letter."""

    everything = SelectField(_l("Penerima untuk semuanya"), [Optional()])
    agreement = SelectField(_l("Naskah sebagai petugas"), [Optional()])
    clause = SelectField(_l("Klausul sebagai pemilik"), [Optional()])
    bulk_run = SelectField(_l("Daftar naskah massal yang belum selesai"), [Optional()])
    deputy = SelectField(_l("Menggantikan orang yang cuti"), [Optional()])
    basis = StringField(_l("Nomor surat dasar"), [Optional(), Length(max=240)])
    seen = HiddenField()

    def offer(self, takers: dict[Holding, Pairs]) -> "HandoverForm":
        """Give the choices: for everything who can take each kind, for a kind who can take it."""
        everybody = dict(pair for pairs in takers.values() for pair in pairs)
        able = [pair for pair in everybody.items() if all(pair in pairs for pairs in takers.values())]
        self.everything.choices = [SelectChoice("", _l("Pilih per kelompok")), *(SelectChoice(*pair) for pair in able)]
        for kind in Holding:
            field = self._fields[kind.value]
            first = SelectChoice("", _l("Sama dengan di atas, atau tetap"))
            field.choices = [first, *(SelectChoice(*pair) for pair in takers.get(kind, []))]
        return self

    def plan(self) -> Plan:
        """Return what was chosen; a kind of its own rules over the choice for everything."""
        chosen = {kind: self._fields[kind.value].data or self.everything.data for kind in Holding}
        return Plan(
            successors={kind: int(number) for kind, number in chosen.items() if number},
            basis=self.basis.data or "",
            seen=self.seen.data or None,
        )

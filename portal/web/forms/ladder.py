"""The forms of a ladder of reminders. Shape only; days are read by `domain.ladder_effect`."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length, Optional

from portal.domain.ladder_effect import steps_of, text_of
from portal.domain.reminder import Audience, Channel, Ladder, Rule, SubjectKind

TYPED = (Channel.MAIL, Channel.BELL)
"""The ways that are typed here; a service is told the numbers of the morning, not single steps."""
MOST = 400


def audiences_of(kind: SubjectKind) -> tuple[Audience, ...]:
    """Return who can hear of a kind: duties, reports and papers have one who must act."""
    owed = kind in {SubjectKind.OCCURRENCE, SubjectKind.REPORT_FIX, SubjectKind.PAPER}
    return tuple(each for each in Audience if owed or each is not Audience.DEBTOR)


def name_of(audience: Audience, channel: Channel) -> str:
    """Return the name of the field for one audience and way."""
    return f"{audience.value}_{channel.value}"


class LadderForm(FlaskForm):
    """The days of each audience, by mail and by bell, as text."""

    version = HiddenField()
    debtor_mail = StringField(_l("Pihak yang wajib, lewat surel"), [Optional(), Length(max=MOST)])
    debtor_bell = StringField(_l("Pihak yang wajib, di lonceng"), [Optional(), Length(max=MOST)])
    officer_mail = StringField(_l("Petugas, lewat surel"), [Optional(), Length(max=MOST)])
    officer_bell = StringField(_l("Petugas, di lonceng"), [Optional(), Length(max=MOST)])
    head_mail = StringField(_l("Atasan, lewat surel"), [Optional(), Length(max=MOST)])
    head_bell = StringField(_l("Atasan, di lonceng"), [Optional(), Length(max=MOST)])
    director_mail = StringField(_l("Direktur, lewat surel"), [Optional(), Length(max=MOST)])
    director_bell = StringField(_l("Direktur, di lonceng"), [Optional(), Length(max=MOST)])
    partner_mail = StringField(_l("Penanggung jawab mitra, lewat surel"), [Optional(), Length(max=MOST)])
    partner_bell = StringField(_l("Penanggung jawab mitra, di lonceng"), [Optional(), Length(max=MOST)])

    def show(self, ladder: Ladder, version: int) -> "LadderForm":
        """Fill the fields with what is stored."""
        for audience in audiences_of(ladder.kind):
            for channel in TYPED:
                self._fields[name_of(audience, channel)].data = text_of(ladder, audience, channel)
        self.version.data = str(version)
        return self

    def rules(self, ladder: Ladder) -> tuple[Rule, ...]:
        """Return what was typed, and the rungs of ways that are not typed here; raise RuleBroken naming the field."""
        typed = tuple(
            Rule(kind=ladder.kind, step=step, audience=audience, channel=channel)
            for audience in audiences_of(ladder.kind)
            for channel in TYPED
            for name in (name_of(audience, channel),)
            for step in steps_of(self._fields[name].data or "", field=name)
        )
        return typed + tuple(rule for rule in ladder.rules if rule.channel not in TYPED)


class LadderNameForm(FlaskForm):
    """The name of a copy."""

    name = StringField(
        _l("Nama tangga baru"),
        [DataRequired(_l("Tulis nama tangga baru.")), Length(max=120)],
        description=_l("Misalnya Laporan mendesak."),
    )

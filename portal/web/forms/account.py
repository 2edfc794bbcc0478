"""Forms of signing in and of invitations."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, StringField, TelField
from wtforms.validators import DataRequired, Length, Optional, Regexp

from portal.web.forms.fields import SelectField

MAIL_PATTERN = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"


class SignInForm(FlaskForm):
    """Mail address and password."""

    email = EmailField(_l("Surel"), [DataRequired(_l("Tulis alamat surel Anda."))])
    password = PasswordField(_l("Kata sandi"), [DataRequired(_l("Tulis kata sandi Anda."))])


class CodeForm(FlaskForm):
    """The six digits of a mail or of the app."""

    code = StringField(_l("Kode dari surel"), [DataRequired(_l("Tulis kode enam angka."))])


class SpokenCodeForm(FlaskForm):
    """The code of an invitation as it was told."""

    code = StringField(_l("Kode undangan"), [DataRequired(_l("Tulis kode undangan Anda.")), Length(max=40)])


class ForgottenForm(FlaskForm):
    """The address of who forgot the password."""

    email = EmailField(
        _l("Surel"),
        [
            DataRequired(_l("Tulis alamat surel Anda.")),
            Length(max=254),
            Regexp(MAIL_PATTERN, message=_l("Tulis alamat surel yang lengkap, misalnya nama@lembaga.or.id.")),
        ],
    )


class NewPasswordForm(FlaskForm):
    """A new password."""

    password = PasswordField(_l("Kata sandi baru"), [DataRequired(_l("Tulis kata sandi baru."))])


class ChangePasswordForm(NewPasswordForm):
    """A new password in place of one that is known."""

    old = PasswordField(_l("Kata sandi lama"), [DataRequired(_l("Tulis kata sandi lama Anda."))])


class InvitationForm(FlaskForm):
    """What an invited person fills in."""

    name = StringField(_l("Nama lengkap"), [DataRequired(_l("Tulis nama lengkap Anda.")), Length(max=160)])
    phone = TelField(_l("Nomor telepon"), [Optional(), Length(max=40)])
    password = PasswordField(_l("Kata sandi baru"), [DataRequired(_l("Tulis kata sandi baru."))])


class InviteForm(FlaskForm):
    """Whom an officer invites."""

    name = StringField(_l("Nama orang"), [DataRequired(_l("Tulis nama orang yang diundang.")), Length(max=160)])
    email = EmailField(
        _l("Alamat surel"),
        [
            DataRequired(_l("Tulis alamat surel orang yang diundang.")),
            Length(max=254),
            Regexp(MAIL_PATTERN, message=_l("Tulis alamat surel yang lengkap, misalnya nama@lembaga.or.id.")),
        ],
    )
    phone = TelField(_l("Nomor WhatsApp"), [Optional(), Length(max=40)])
    role = SelectField(_l("Peran"), [DataRequired(_l("Pilih peran."))])


class ProofForm(FlaskForm):
    """The password, or a code of the app, before a legal act."""

    proof = StringField(_l("Kata sandi"))


class AppCodeForm(FlaskForm):
    """The first code of an app that is being set up."""

    code = StringField(_l("Kode dari aplikasi"), [DataRequired(_l("Tulis enam angka dari aplikasi."))])

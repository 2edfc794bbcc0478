"""Forms of a partner's team: roles of a person, who takes over."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectMultipleField

from portal.domain.policy import Role
from portal.web.forms.fields import SelectField


class RolesForm(FlaskForm):
    """The roles of one person."""

    roles = SelectMultipleField(_l("Peran"), coerce=Role)


class EndAccessForm(FlaskForm):
    """Who takes over from somebody who leaves."""

    successor = SelectField(_l("Siapa yang menggantikan?"), coerce=str)


class UmbrellaForm(FlaskForm):
    """The central board that may read an agreement."""

    umbrella = SelectField(_l("Lembaga induk"), coerce=str)

"""The pages of single agreements under /kantor/naskah, one module each, and their list."""

from portal.web.staff.agreements import contribution, edit, files, index, record, renewal, show, stage, umbrella
from portal.web.staff.agreements.pages import blueprint

__all__ = ["blueprint", "contribution", "edit", "files", "index", "record", "renewal", "show", "stage", "umbrella"]

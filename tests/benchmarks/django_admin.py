"""The peer of the benchmark of lists: Django's admin on the same rows, with the same columns, filters and search.

Needs the extra `benchmark` (Django 5.2). Its own tables (people, rights) are made beside the portal's.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.apps import AppConfig
from django.conf import settings
from django.urls import path
from sqlalchemy import make_url

PER_PAGE = 25
urlpatterns: list[Any] = []
"""Where Django looks for addresses."""


class Register(AppConfig):
    """The application of Django to which the tables belong."""

    name = "tests.benchmarks"
    label = "register"
    path = str(Path(__file__).parent)


def _database(url: str) -> dict[str, Any]:
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": address.database}
    host = address.query["host"]
    return {"ENGINE": "django.db.backends.postgresql", "NAME": address.database, "USER": address.username, "HOST": host}


def _configure(url: str) -> None:
    settings.configure(
        ALLOWED_HOSTS=["*"],
        DATABASES={"default": _database(url) | {"CONN_MAX_AGE": None}},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        INSTALLED_APPS=[
            "django.contrib.admin",
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.messages",
            "django.contrib.sessions",
            f"{__name__}.Register",
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        ROOT_URLCONF=__name__,
        SECRET_KEY="x" * 50,
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
        STATIC_URL="/static/",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        USE_TZ=True,
    )
    django.setup()
    from django.contrib import admin

    _register()
    urlpatterns.append(path("admin/", admin.site.urls))


def _register() -> None:
    """The tables of the portal as Django sees them, and the list that is measured."""
    from django.contrib import admin
    from django.db import models

    def outside(table: str) -> type:
        return type("Meta", (), {"managed": False, "db_table": table, "app_label": "register"})

    class Account(models.Model):
        name = models.CharField(max_length=160)
        Meta = outside("account")

    class Organisation(models.Model):
        name = models.CharField(max_length=240)
        short_name = models.CharField(max_length=80, null=True)
        is_ours = models.BooleanField()
        Meta = outside("organisation")

    class Agreement(models.Model):
        code = models.CharField(max_length=24)
        title = models.CharField(max_length=400)
        kind = models.CharField(max_length=32, choices=[("mou", "MoU"), ("pks", "PKS")])
        stage = models.CharField(max_length=32, choices=[("active", "Berlaku"), ("negotiation", "Pembahasan")])
        starts_on = models.DateField(null=True)
        ends_on = models.DateField(null=True)
        updated_at = models.DateTimeField()
        officer = models.ForeignKey(Account, models.DO_NOTHING, null=True)
        Meta = outside("agreement")

    class AgreementParty(models.Model):
        agreement = models.ForeignKey(Agreement, models.DO_NOTHING, related_name="parties")
        organisation = models.ForeignKey(Organisation, models.DO_NOTHING)
        name_printed = models.CharField(max_length=240)
        number_printed = models.CharField(max_length=120, null=True)
        Meta = outside("agreement_party")

    @admin.register(Agreement)
    class AgreementAdmin(admin.ModelAdmin):
        list_display = ("code", "title", "kind", "stage", "starts_on", "ends_on", "partners", "number", "officer")
        list_filter = ("kind", "stage")
        list_per_page = PER_PAGE
        list_select_related = ("officer",)
        ordering = ("-updated_at", "-id")
        search_fields = (
            "title",
            "code",
            "parties__name_printed",
            "parties__number_printed",
            "parties__organisation__name",
        )

        def get_queryset(self, request: Any) -> Any:
            """The parties of a page in two statements, as somebody who cares would write it."""
            return super().get_queryset(request).prefetch_related("parties__organisation")

        def partners(self, row: Any) -> str:
            """Names of the partners."""
            return ", ".join(party.name_printed for party in row.parties.all() if not party.organisation.is_ours)

        def number(self, row: Any) -> str:
            """The first number."""
            return next((party.number_printed for party in row.parties.all()), "")


def visitor(url: str) -> Callable[[str], int]:
    """Make the peer on this database; the answer asks for an address as its administrator: bytes of the page."""
    _configure(url)
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    client = Client()
    client.force_login(User.objects.create_superuser("admin", "admin@localhost", "x"))

    def ask(address: str) -> int:
        answer = client.get(f"/admin/register/agreement/{address}")
        assert answer.status_code == 200, (address, answer.status_code)
        return len(answer.content)

    return ask

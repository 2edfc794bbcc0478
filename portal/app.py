"""The app factory: joins config, extensions and edges. Nothing else happens here."""

from flask import Flask

from portal import extensions, paths, starting, web
from portal.bucket import BucketKeeper
from portal.config import Config
from portal.mail.services import Services
from portal.scanner import Scanner
from portal.storage import Storage
from portal.web.linking import LinkingFlask


def create_app(config: Config | None = None, *, is_checked: bool = True) -> Flask:
    """Return the portal as a WSGI app; without `config` the settings come from the environment.

    Raises ConfigError when it would run unsafely in production; `is_checked` off is for who tells the reasons.
    """
    settings = config or Config.from_env()
    app = LinkingFlask("portal", template_folder=str(paths.TEMPLATES), static_folder="static")
    app.config.update(
        SETTINGS=settings,
        DEMO=settings.demo,
        TESTING=settings.testing,
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=list(settings.old_secret_keys),
        WTF_CSRF_SECRET_KEY=[*settings.old_secret_keys, settings.secret_key],
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        # What people typed stands in the parameters of statements, and never in a log.
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": not settings.testing}
        | extensions.pool_options(settings.database_url),
        SESSION_COOKIE_NAME="__Host-simpul-form" if settings.secure_cookies else "simpul-form",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=22 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        BABEL_DEFAULT_LOCALE="id",
        BABEL_TRANSLATION_DIRECTORIES="translations",
    )
    app.extensions["storage"] = Storage(BucketKeeper(settings.bucket) if settings.bucket.name else settings.files_dir)
    app.extensions["storage"].is_scanned = bool(settings.scanner)
    app.extensions["scanner"] = Scanner(address=settings.scanner) if settings.scanner else None
    app.extensions["services"] = Services(settings.services)
    extensions.db.init_app(app)
    extensions.login_manager.init_app(app)
    extensions.csrf.init_app(app)
    web.register(app)
    if is_checked and not (settings.demo or settings.testing):
        starting.check(app)
    return app

"""Settings: everything that is missing or unsafe is told at once, and secrets may lie in files."""

from dataclasses import fields
from pathlib import Path

import pytest

from portal.config import SETTINGS, Bucket, Config, ConfigError, Smtp

KEY = "q7Lw0Zs3Vt9Xc2Bn5Mk8Hj1Gf4Dp6Ra-"
SAFE = {
    "SIMPUL_DATABASE_URL": "postgresql://u:p@127.0.0.1/simpul",
    "SIMPUL_FILES_DIR": "/srv/simpul",
    "SIMPUL_SECRET_KEY": KEY,
    "SIMPUL_AUDIT_KEY": KEY[::-1],
    "SIMPUL_BASE_URL": "https://simpul.example.go.id/",
}


def reasons(**settings: str) -> tuple[str, ...]:
    """What a start with these settings besides the safe ones refuses."""
    with pytest.raises(ConfigError) as found:
        Config.from_env({**SAFE, **{f"SIMPUL_{name}": value for name, value in settings.items()}})
    return found.value.reasons


def test_safe_settings_start():
    found = Config.from_env(SAFE)
    assert found.base_url == "https://simpul.example.go.id"
    assert found.secure_cookies
    assert KEY not in repr(found)
    assert "u:p" not in repr(found)


def test_everything_that_is_missing_is_named_at_once():
    with pytest.raises(ConfigError) as found:
        Config.from_env({"SIMPUL_SMTP_PORT": "x"})
    first, second = found.value.reasons
    assert all(name in first for name in SAFE)
    assert second == "SIMPUL_SMTP_PORT ditulis sebagai bilangan bulat."


def test_every_setting_fills_a_field():
    owners = {"": Config, "smtp": Smtp, "bucket": Bucket}
    known = {part: {each.name for each in fields(owner)} for part, owner in owners.items()}
    for row in SETTINGS:
        part, _, name = row.field.rpartition(".")
        assert name in known[part], row.name
    assert len({row.name for row in SETTINGS}) == len(SETTINGS)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"SECRET_KEY": "x9"}, "SIMPUL_SECRET_KEY terlalu pendek"),
        ({"SECRET_KEY": "x" * 64}, "SIMPUL_SECRET_KEY mudah ditebak"),
        ({"SECRET_KEY": "ganti-ini-" + KEY}, "SIMPUL_SECRET_KEY mudah ditebak"),
        ({"SECRET_KEY_OLD": f"{KEY} kunci"}, "SIMPUL_SECRET_KEY_OLD terlalu pendek"),
        ({"AUDIT_KEY": "01" * 20}, "SIMPUL_AUDIT_KEY mudah ditebak"),
        ({"METRICS_TOKEN": "monitor"}, "SIMPUL_METRICS_TOKEN terlalu pendek"),
        ({"BASE_URL": "http://simpul.example.go.id"}, "harus https://"),
        ({"BASE_URL": "simpul.example.go.id"}, "ditulis lengkap"),
        ({"SMTP_HOST": "mail.example.go.id", "SMTP_TLS": "none"}, "SIMPUL_SMTP_TLS tidak boleh none"),
        ({"SMTP_TLS": "ssl"}, "starttls, tls, none"),
        ({"SECOND_STEP": "yes"}, "on atau off"),
        ({"APPRISE": "json://a/kunci"}, "nama=alamat"),
    ],
)
def test_what_is_unsafe_is_refused_with_a_sentence(settings, told):
    (reason,) = reasons(**settings)
    assert told in reason
    assert reason.startswith("SIMPUL_")


def test_debugging_is_refused():
    with pytest.raises(ConfigError, match="FLASK_DEBUG"):
        Config.from_env({**SAFE, "FLASK_DEBUG": "1"})


@pytest.mark.parametrize(
    "settings",
    [
        {"BASE_URL": "http://127.0.0.1:8000"},
        {"BASE_URL": "http://[::1]:8000"},
        {"SMTP_HOST": "localhost", "SMTP_TLS": "none"},
        {"SMTP_HOST": "mail.example.go.id"},
        {"SMTP_TLS": ""},
    ],
)
def test_what_stays_on_this_machine_or_is_sealed_may_start(settings):
    assert Config.from_env({**SAFE, **{f"SIMPUL_{name}": value for name, value in settings.items()}})


def test_a_secret_may_lie_in_a_file_of_ours(tmp_path: Path):
    path = tmp_path / "kunci"
    path.write_text(KEY.swapcase() + "\n")
    path.chmod(0o600)
    given = {name: value for name, value in SAFE.items() if name != "SIMPUL_SECRET_KEY"}
    assert Config.from_env({**given, "SIMPUL_SECRET_KEY_FILE": str(path)}).secret_key == KEY.swapcase()


def test_a_file_that_anybody_reads_is_refused(tmp_path: Path):
    path = tmp_path / "sandi"
    path.write_text("sandi surel")
    path.chmod(0o644)
    (reason,) = reasons(SMTP_PASSWORD_FILE=str(path))
    assert f"chmod 600 {path}" in reason
    assert "sandi surel" not in reason


def test_a_file_that_is_away_and_a_setting_given_twice_are_refused(tmp_path: Path):
    away, twice = reasons(SMTP_PASSWORD_FILE=str(tmp_path / "tidak-ada"), SECRET_KEY_FILE=str(tmp_path / "x"))[::-1]
    assert "tidak dapat dibaca" in away
    assert "keduanya terisi" in twice


def test_a_bucket_makes_the_folder_needless():
    given = {name: value for name, value in SAFE.items() if name != "SIMPUL_FILES_DIR"}
    found = Config.from_env({**given, "SIMPUL_FILES_S3": "simpul", "SIMPUL_FILES_S3_PREFIX": "berkas/"})
    assert found.bucket == Bucket(name="simpul", prefix="berkas/")

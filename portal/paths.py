"""Where the three shipped folders lie: beside the package in a checkout, inside it once installed."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_SHIPPED = _PACKAGE / "_shipped"
_ROOT = _SHIPPED if _SHIPPED.is_dir() else _PACKAGE.parent

TEMPLATES = _ROOT / "templates"
DOC_TEMPLATES = _ROOT / "doc_templates"
MIGRATIONS = _ROOT / "migrations"
REFERENCE = _PACKAGE / "reference"

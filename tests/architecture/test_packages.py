"""What is installed fits together: what `pip check` says, without pip, which an environment may lack (platform E38)."""

from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distributions
from types import SimpleNamespace

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.harness.telling import Tell


def unmet(found: Iterable[Distribution]) -> Iterator[str]:
    """Yield each package that is wanted and absent, or there in a version that does not fit."""
    here = {canonicalize_name(each.metadata["Name"]): each for each in found}
    for name, each in sorted(here.items()):
        for wanted in map(Requirement, each.requires or ()):
            # What belongs to an extra is wanted by whoever asks for the extra.
            if wanted.marker and not wanted.marker.evaluate({"extra": ""}):
                continue
            other = here.get(canonicalize_name(wanted.name))
            if other is None:
                yield f"{name} {each.version} wants {wanted.name}, which is not there"
            elif not wanted.specifier.contains(other.version, prereleases=True):
                yield f"{name} {each.version} wants {wanted}, there is {other.version}"


def test_installed_packages_fit_together(tell: Tell):
    found = list(distributions())
    assert list(unmet(found)) == []
    assert len(found) > 30
    tell("packages", [f"{len(found)} packages fit together"])


def package(name: str, version: str, *requires: str) -> SimpleNamespace:
    """A package as its own words describe it."""
    return SimpleNamespace(metadata={"Name": name}, version=version, requires=list(requires))


def test_what_is_absent_or_too_old_is_named():
    found = [
        package("Rumah", "1", "batu_bata>=2", "kaca", 'cat; extra == "indah"', 'kayu; python_version < "3"'),
        package("batu-bata", "1.9"),
    ]
    assert list(unmet(found)) == [
        "rumah 1 wants batu_bata>=2, there is 1.9",
        "rumah 1 wants kaca, which is not there",
    ]

"""The door to the files: the same for a folder and for an S3-compatible store."""

import hashlib
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from portal.bucket import BucketKeeper
from portal.config import Bucket, ConfigError
from portal.storage import DamagedFileError, Folder, Keeper, Storage

WORDS = b"Perjanjian Kerja Sama"
DIGEST = hashlib.sha256(WORDS).hexdigest()
NAME = f"{DIGEST[:2]}/{DIGEST}"


@pytest.fixture(params=["folder", "bucket"])
def keeper(request: pytest.FixtureRequest, tmp_path: Path) -> Keeper:
    """A keeper of each kind, without anything in it."""
    if request.param == "folder":
        return Folder(tmp_path / "files")
    make_bucket: Callable[[], Bucket] = request.getfixturevalue("make_bucket")
    return BucketKeeper(make_bucket())


@pytest.fixture
def storage(keeper: Keeper) -> Storage:
    """The door to it."""
    return Storage(keeper)


def test_what_was_kept_is_read_again(storage):
    assert storage.keep(WORDS) == DIGEST
    assert storage.read(DIGEST) == WORDS
    with storage.open(DIGEST) as file:
        assert file.read() == WORDS
    assert storage.has(DIGEST)


def test_the_same_bytes_are_kept_once(storage, keeper):
    storage.keep(WORDS)
    storage.keep(WORDS)
    assert dict(keeper.sizes("")) == {NAME: len(WORDS)}
    assert list(storage.digests()) == [DIGEST]


def test_many_processes_keep_the_same_and_others_at_once(storage):
    def keep(number: int) -> None:
        storage.keep(WORDS)
        storage.keep(WORDS + bytes([number]))

    threads = [threading.Thread(target=keep, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expected = sorted(hashlib.sha256(WORDS + rest).hexdigest() for rest in (b"", *(bytes([n]) for n in range(8))))
    assert list(storage.digests()) == expected
    assert all(hashlib.sha256(storage.read(digest)).hexdigest() == digest for digest in expected)


def test_an_empty_keeper_holds_nothing(storage):
    assert list(storage.digests()) == []
    assert not storage.has(DIGEST)
    with pytest.raises(FileNotFoundError):
        storage.read(DIGEST)


def test_what_is_dropped_is_gone_and_may_be_dropped_again(storage):
    storage.keep(WORDS)
    storage.drop(DIGEST)
    storage.drop(DIGEST)
    assert not storage.has(DIGEST)
    storage.keep(WORDS)
    assert storage.read(DIGEST) == WORDS


def test_bytes_that_somebody_changed_are_never_given_out(storage, keeper):
    storage.keep(WORDS)
    keeper.put(NAME, WORDS + b"!")
    with pytest.raises(DamagedFileError):
        storage.read(DIGEST)


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "x" * 63, "." * 64, "a/" * 32])
def test_what_is_no_digest_reaches_no_file(storage, digest):
    with pytest.raises(FileNotFoundError):
        storage.read(digest)
    with pytest.raises(FileNotFoundError):
        storage.has(digest)


def test_parts_become_the_file_and_are_forgotten(storage):
    storage.put_part("a1", 0, b"Perjanjian ")
    storage.put_part("a1", 11, b"Kerja Sama")
    storage.put_part("b2", 0, b"lain")
    assert (storage.size_of_parts("a1"), storage.parts_of("a1")) == (len(WORDS), WORDS)
    storage.drop_parts("a1")
    assert (storage.size_of_parts("a1"), storage.parts_of("a1")) == (0, b"")
    assert storage.parts_of("b2") == b"lain"


def test_a_part_that_comes_again_replaces_what_lay_behind_it(storage):
    for offset, part in ((0, b"0123"), (4, b"4567"), (8, b"89"), (4, b"abcd")):
        storage.put_part("a1", offset, part)
    assert storage.parts_of("a1") == b"0123abcd"


def test_what_lies_behind_a_gap_does_not_count(storage):
    storage.put_part("a1", 0, b"0123")
    storage.put_part("a1", 8, b"89")
    assert (storage.size_of_parts("a1"), storage.parts_of("a1")) == (4, b"0123")


def test_parts_are_no_files_of_their_own(storage):
    storage.put_part("a" * 32, 0, WORDS)
    assert list(storage.digests()) == []


@pytest.mark.parametrize("key", ["../x", "", "a/b"])
def test_a_key_leads_nowhere_else(storage, key):
    with pytest.raises(FileNotFoundError):
        storage.put_part(key, 0, WORDS)


def test_half_a_file_of_a_killed_process_is_no_file(tmp_path):
    storage = Storage(tmp_path)
    storage.keep(WORDS)
    (tmp_path / DIGEST[:2] / ".half").write_bytes(b"Perjan")
    assert list(storage.digests()) == [DIGEST]


def test_a_bucket_without_its_package_stops_the_start():
    with pytest.raises(ConfigError, match="simpul\\[s3\\]"):
        BucketKeeper(Bucket(name="simpul"), package="boto3_yang_tidak_ada")


def test_a_bucket_that_is_away_is_not_taken_for_an_absent_file(make_bucket):
    from dataclasses import replace

    keeper = BucketKeeper(replace(make_bucket(), name="bukan-milik-kami"))
    with pytest.raises(Exception, match="NoSuchBucket"):
        keeper.get(NAME)

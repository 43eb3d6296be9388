"""A full disk, a read-only folder, a damaged warehouse: a clear message, the old marts intact."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from refreshing import Place, output, published, refresh

REFERENCE = Path(__file__).parents[1] / "reference-season" / "a-messy-season" / "raw"
FIRST, NEXT = "2022-01", "2022-02"
MEBIBYTE = 1 << 20


def season(place: Place, *months: str) -> None:
    for month in months:
        shutil.copytree(REFERENCE / month, place.raw / month)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own that can be filled up and enlarged."""
    mount = tmp_path / "disk"
    mount.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=512m", "lianbing-test", str(mount)]
    if shutil.which("mount") is None or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("no right to mount a tmpfs here")
    yield mount
    subprocess.run(["umount", "-l", str(mount)], check=True)


STOPPED_AT = [pytest.param(free, marks=pytest.mark.faults) for free in (0, 3, 7)]


@pytest.mark.parametrize("free_mebibytes", [1, *STOPPED_AT])
def test_full_disk(small_disk: Path, tmp_path: Path, free_mebibytes: int) -> None:
    """The disk has room for a part of what the next refresh writes (a snapshot alone takes some 9 MiB)."""
    place = Place(small_disk / "place", elsewhere=tmp_path)
    season(place, FIRST)
    assert refresh(place, FIRST) == 0, output(place)
    season(place, NEXT)
    before = published(place.marts)
    free_copy = place.copy(tmp_path / "free")
    assert refresh(free_copy, NEXT) == 0, output(free_copy)
    filler = small_disk / "filler"
    disk = os.statvfs(small_disk)
    with filler.open("wb") as stream:
        stream.write(b"\0" * (disk.f_bavail * disk.f_frsize - free_mebibytes * MEBIBYTE))

    assert refresh(place, NEXT) == 1, output(place)
    assert "空间" in output(place)
    assert "Traceback" not in output(place)
    assert published(place.marts) == before

    filler.unlink()
    assert refresh(place, NEXT) == 0, output(place)
    assert published(place.marts) == published(free_copy.marts)


def test_damaged_warehouse_is_rebuilt(tmp_path: Path) -> None:
    place = Place(tmp_path / "place")
    season(place, FIRST)
    assert refresh(place, FIRST) == 0, output(place)
    season(place, NEXT)
    whole = place.copy(tmp_path / "whole")
    assert refresh(whole, NEXT) == 0, output(whole)
    warehouse = place.root / "warehouse.duckdb"
    content = bytearray(warehouse.read_bytes())
    for offset in range(0, len(content), 4096):
        content[offset] ^= 0xFF
    warehouse.write_bytes(content)

    assert refresh(place, NEXT) == 0, output(place)
    assert published(place.marts) == published(whole.marts)


@pytest.mark.faults
def test_stale_wal_is_survived(tmp_path: Path) -> None:
    place = Place(tmp_path / "place")
    season(place, FIRST)
    assert refresh(place, FIRST) == 0, output(place)
    season(place, NEXT)
    (place.root / "warehouse.duckdb.wal").write_bytes(b"not a log of this file" * 50)

    assert refresh(place, NEXT) == 0, output(place)
    assert published(place.marts)["snapshot"]


def test_missing_raw_folder(tmp_path: Path) -> None:
    place = Place(tmp_path)
    nothing_to_read = 3
    assert refresh(place, FIRST) == nothing_to_read
    assert "raw" in output(place)


@pytest.mark.faults
def test_read_only_marts(small_disk: Path, tmp_path: Path) -> None:
    """The marts lie on a file system that is mounted read-only."""
    place = Place(tmp_path / "place")
    season(place, FIRST)
    (place.root / "marts").symlink_to(small_disk)
    assert refresh(place, FIRST) == 0, output(place)
    season(place, NEXT)
    before = published(place.marts)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)

    assert refresh(place, NEXT) == 1, output(place)
    assert "Traceback" not in output(place)
    assert published(place.marts) == before

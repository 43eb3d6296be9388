"""The deliveries that are measured: made once by the demo's generator, kept under the bench folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assets.demo import Volume

DONE = ".done"  # names with a leading point are no deliveries


def nation(records: int, officers: int, *, files: int, months: int = 1) -> Volume:
    """Deliveries of a nation: `records` in all, in May, or over `months` from April on."""
    from assets.demo import Volume

    first = 5 if months == 1 else 4
    return Volume(
        records=records,
        officers=officers,
        files=files,
        months=tuple(f"2022-{month:02d}" for month in range(first, first + months)),
    )


def as_workbooks(volume: Volume) -> Volume:
    """The same deliveries as .xlsx."""
    return replace(volume, ending="xlsx")


def bulk(folder: Path, volume: Volume) -> Path:
    """The raw folder of a volume; written if it is not there whole."""
    from assets.demo import write_bulk
    from assets.demo.files import Writer

    months = f"{volume.months[0]}_{len(volume.months)}"
    name = f"{volume.records}_{volume.officers}_{volume.files}_{months}_{volume.encoding}_{volume.ending}"
    return _once(folder, name, lambda raw: write_bulk(Writer(raw), volume))


def season(folder: Path) -> Path:
    """The raw folder of the demo season of the region: all twelve sources, eleven months, mixed formats."""
    from assets.demo import write_season

    return _once(folder, "region_season", lambda raw: write_season(raw, scale="region"))


def split(folder: Path, source: Path, files: int) -> Path:
    """The records of `source` in about `files` files; rosters as they are."""
    return _once(folder, f"{source.name}_in_{files}", lambda raw: _split(source, raw, files))


def recode(folder: Path, source: Path, encoding: str) -> Path:
    """The deliveries of `source`, which are UTF-8, in another encoding."""
    return _once(folder, f"{source.name}_in_{encoding}", lambda raw: _recode(source, raw, encoding))


def _once(folder: Path, name: str, write: Callable[[Path], object]) -> Path:
    """A raw folder, written if it is not there whole."""
    raw = folder / "raw" / name
    if not (raw / DONE).exists():
        shutil.rmtree(raw, ignore_errors=True)
        write(raw)
        (raw / DONE).touch()
    return raw


def _split(source: Path, target: Path, files: int) -> None:
    parts = sorted(source.glob("*/检查记录/*.csv"))
    for path in source.rglob("*.csv"):
        (target / path.relative_to(source)).parent.mkdir(parents=True, exist_ok=True)
        if path not in parts:
            shutil.copy2(path, target / path.relative_to(source))
    pieces = -(-files // len(parts))
    for path in parts:
        header, *rows = path.read_bytes().splitlines(keepends=True)
        size = -(-len(rows) // pieces)
        folder = (target / path.relative_to(source)).parent
        for number, start in enumerate(range(0, len(rows), size)):
            (folder / f"{path.stem}_{number}.csv").write_bytes(header + b"".join(rows[start : start + size]))


def _recode(source: Path, target: Path, encoding: str) -> None:
    for path in source.rglob("*.csv"):
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes().decode("utf-8-sig").encode(encoding))

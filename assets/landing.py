"""Bringing schema `raw` up to date with the delivery folders (SOURCES 1, ENGINEERING 8).

A file whose path, size and time of writing are as last seen is not opened. One that is opened is known by
its SHA-256: content that was read under the same version of reading and contracts is not parsed again.
Everything is written in one transaction: a reader of the warehouse finds the old state or the new one.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import polars as pl

from assets.deliveries.exchange import Job, Part, Result, whole_file_refused
from assets.deliveries.limits import Limits
from assets.deliveries.plan import Plan
from assets.deliveries.pool import REGISTER, Pool, batches_of
from assets.deliveries.raw_tables import (
    Changes,
    make_tables,
    refused_files,
    store,
    stored_contents,
    stored_deliveries,
)
from assets.deliveries.scan import ending_of, scan, shown

if TYPE_CHECKING:
    from assets.deliveries.source import Sources
    from checks.contracts.base import Reference

_NANOSECONDS = 1_000_000_000
_NUMBER = re.compile("[0-9]+")
_SCRATCH = "lianbing-reading-"
_ISSUE_SCHEMA = {
    "source": pl.String,
    "content_id": pl.Int32,
    "sheet_no": pl.Int16,
    "row_number": pl.Int32,
    "rule_id": pl.String,
    "column_name": pl.String,
    "value": pl.String,
}


@dataclass
class Landing:
    """What a landing did.

    Attributes:
        files: deliveries that now stand in `raw.delivery`.
        opened: files that were opened (the others are as last seen).
        parsed: files whose content was new.
        gone: deliveries of the last landing that are no longer there, or no longer as they were.
        refused: path → reason of all deliveries that are refused as a whole.
        waiting: files still being copied, left for the next time.
        strangers: entries of the raw folder that are no month folder.
        rows: rows read from new content.
        is_changed: `raw` is not as it was.
        seconds: wall time by phase: scanning, reading, storing.
        worker_seconds: time within the reading processes, summed over them: reading, checking.
    """

    files: int = 0
    opened: int = 0
    parsed: int = 0
    gone: int = 0
    refused: dict[str, str] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    rows: int = 0
    is_changed: bool = False
    seconds: dict[str, float] = field(default_factory=dict)
    worker_seconds: dict[str, float] = field(default_factory=lambda: {"reading": 0.0, "checking": 0.0})


@dataclass(frozen=True)
class FileReading:
    """What a refresh would say of one file.

    Attributes:
        parts: what each sheet was found to be; a single part with `sheet_no` 0 where the file is refused.
        rows: source → typed rows, as in `raw.<source>`.
        issues: rules broken by the rows themselves, as in `raw.issue`.
    """

    parts: tuple[Part, ...]
    rows: dict[str, pl.DataFrame]
    issues: pl.DataFrame


def land(
    con: duckdb.DuckDBPyConnection,
    raw: Path,
    reference: Reference,
    *,
    through: date | None = None,
    limits: Limits | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    scratch: Path | None = None,
    register: str = REGISTER,
) -> Landing:
    """Bring schema `raw` up to date with the folders of `raw` for all months up to `through`.

    Deliveries of later months stay as they are where nothing changed, and are left out where it did.

    Args:
        con: the warehouse, writable, outside a transaction.
        raw: the folder of the month folders.
        reference: what the contracts must know beside the row.
        through: first day of the last month to read; None for all.
        limits: what reading one file may cost.
        progress: is told (files taken up, files in all, the file taken up).
        scratch: where the temporary folder is made; the system's place for such by default.
        register: `module:attribute` of the contracts (tests have their own).

    Raises:
        FileNotFoundError: there is no raw folder.
        ReadingError: a defect of ours, with the file's name; `raw` stays as it was.
        OSError: no room; `raw` stays as it was.
    """
    limits = limits or Limits()
    landing = Landing()
    with _timed(landing, "scanning"):
        sources, version = _contracts(register, reference, limits)
        make_tables(con, sources)
        looked_at = time.time_ns()
        seen = scan(raw)
        landing.strangers = seen.strangers
        plan = Plan(stored_deliveries(con), stored_contents(con), version, through)
        for found in seen.deliveries:
            plan.sort(found)
    with _scratch_folder(scratch) as folder:
        with _timed(landing, "reading"):
            results = _read(plan, reference, limits, folder, progress, register)
            moving = _still_moving(plan, limits, looked_at)
        with _timed(landing, "storing"):
            changes = plan.changes(seen.deliveries, moving)
            _count(landing, plan, changes, moving)
            for result in results:
                for source, file in result.rows.items():
                    changes.rows.setdefault(source, []).append(file)
                if result.issues:
                    changes.issues.append(result.issues)
                landing.rows += result.row_count
                landing.worker_seconds["reading"] += result.seconds_reading
                landing.worker_seconds["checking"] += result.seconds_checking
            if landing.is_changed:
                store(con, changes, sources)
            landing.refused = refused_files(con)
    return landing


def read_one(
    path: Path, reference: Reference, limits: Limits | None = None, *, register: str = REGISTER
) -> FileReading:
    """Read a single file as a refresh would, and store nothing.

    Raises:
        FileNotFoundError: there is no such file.
        ReadingError: a defect of ours.
    """
    limits = limits or Limits()
    size = path.stat().st_size
    job = Job(shown(path.name), str(path.resolve()), ending_of(path.name), 1)
    with _scratch_folder(None) as folder:
        with Pool(reference, limits, register=register) as pool:
            ((_, result),) = pool.read(batches_of([(job, size)], limits, {}, str(folder)))
        rows = {source: pl.read_parquet(file) for source, file in result.rows.items()}
        issues = pl.read_parquet(result.issues) if result.issues else pl.DataFrame(schema=_ISSUE_SCHEMA)
    (outcome,) = result.outcomes
    parts = outcome.parts
    if outcome.is_moving:
        parts = (whole_file_refused("文件正在被改写，请稍后再试。"),)
    return FileReading(parts, rows, issues)


def _count(landing: Landing, plan: Plan, changes: Changes, moving: set[str]) -> None:
    landing.files = len(changes.deliveries)
    landing.opened = len(plan.outcomes)
    landing.parsed = sum(1 for content, _ in changes.contents if content.sha256 is not None)
    landing.waiting = sorted(moving)
    there = {replace(delivery, file_seq=0) for delivery in changes.deliveries}
    landing.gone = sum(1 for delivery in plan.before if replace(delivery, file_seq=0) not in there)
    landing.is_changed = bool(changes.contents) or changes.deliveries != plan.before


def _contracts(register: str, reference: Reference, limits: Limits) -> tuple[Sources, str]:
    """The contracts, and the version of everything that decides what a file's rows are."""
    module_name, _, attribute = register.partition(":")
    module = importlib.import_module(module_name)
    deciding = hashlib.sha256(repr(limits.deciding()).encode()).hexdigest()
    return getattr(module, attribute), f"{module.contract_version(reference)}:{deciding[:16]}"


def _read(
    plan: Plan,
    reference: Reference,
    limits: Limits,
    folder: Path,
    progress: Callable[[int, int, str], None] | None,
    register: str,
) -> list[Result]:
    """Read what the plan has to read; its outcomes go into the plan."""
    if not plan.jobs:
        return []
    taken_up: set[str] = set()

    def on_file(file: str) -> None:
        taken_up.add(file)
        if progress is not None:
            progress(len(taken_up), len(plan.jobs), file)

    # Files of one kind together: a batch costs a check of every source in it.
    jobs = sorted(plan.jobs, key=lambda job_and_weight: _NUMBER.sub("", job_and_weight[0].file))
    with Pool(reference, limits, register=register, on_file=on_file) as pool:
        finished = pool.read(batches_of(jobs, limits, plan.known(), str(folder)))
    for batch, result in finished:
        for job, outcome in zip(batch.jobs, result.outcomes, strict=True):
            plan.outcomes[job.file] = outcome
    return [result for _, result in finished]


def _still_moving(plan: Plan, limits: Limits, looked_at: int) -> set[str]:
    """Files that changed while they were read, or are changing still.

    One that was written a moment before it was first looked at is looked at once more, a moment later.
    """
    moving = {file for file, outcome in plan.outcomes.items() if outcome.is_moving}
    locations = {job.file: job.location for job, _ in plan.jobs}
    quiet = limits.quiet_seconds * _NANOSECONDS
    recent = [
        file
        for file, outcome in plan.outcomes.items()
        if file not in moving and abs(looked_at - outcome.mtime_ns) < quiet
    ]
    if recent:
        time.sleep(max(0.0, limits.settle_seconds - (time.time_ns() - looked_at) / _NANOSECONDS))
    for file in recent:
        try:
            status = os.lstat(locations[file])
        except FileNotFoundError:
            moving.add(file)
            continue
        if (status.st_size, status.st_mtime_ns) != (plan.outcomes[file].size, plan.outcomes[file].mtime_ns):
            moving.add(file)
    return moving


@contextmanager
def _timed(landing: Landing, phase: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    landing.seconds[phase] = time.perf_counter() - started


@contextmanager
def _scratch_folder(where: Path | None) -> Iterator[Path]:
    """A private folder that is gone afterwards; those that killed processes left are swept."""
    parent = where or Path(tempfile.gettempdir())
    for left in parent.glob(f"{_SCRATCH}*-*"):
        owner = left.name.removeprefix(_SCRATCH).partition("-")[0]
        if owner.isdecimal() and not Path("/proc", owner).exists():
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{_SCRATCH}{os.getpid()}-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)

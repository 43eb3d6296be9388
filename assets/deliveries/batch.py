"""Reading a batch of files: what a reading process does with what it is given.

Each file is read to text, the tables of a source are put together over all files of the batch and checked
at once (2,900 small files cost little more than 31 large ones), and the typed rows are left as parquet.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl

from assets.deliveries.exchange import Batch, Job, Outcome, Result, sha256_of, whole_file_refused
from assets.deliveries.limits import MIB, Limits
from assets.deliveries.reading import Reading, read_content, refused
from assets.deliveries.source import Sources
from checks.contracts.base import Reference

HEADER_ROWS = "header_rows_searched"
_UNREADABLE = frozenset({errno.EACCES, errno.EPERM, errno.EIO, errno.EISDIR})


def read_batch(
    batch: Batch, sources: Sources, reference: Reference, limits: Limits, before: Callable[[int | None], None]
) -> Result:
    """Read, check and leave as parquet the files of a batch.

    Args:
        batch: the files.
        sources: the contracts.
        reference: what they must know beside the row.
        limits: what one file may cost.
        before: is told the position of each file before it is read, and None before checking.

    Raises:
        OSError: the parquet files cannot be written (a full disk).
    """
    result = Result([])
    tables: dict[str, list[pl.DataFrame]] = {}
    header_rows = int(reference.quality[HEADER_ROWS])
    started = time.perf_counter()
    for position, job in enumerate(batch.jobs):
        before(position)
        outcome, reading = _read_file(job, batch.known, sources, limits, header_rows)
        result.outcomes.append(outcome)
        for source, table in reading.tables:
            tables.setdefault(source, []).append(table)
    result.seconds_reading = time.perf_counter() - started
    before(None)
    started = time.perf_counter()
    issues = []
    for number, (source, parts) in enumerate(tables.items()):
        validated = sources[source].validate(pl.concat(parts), reference)
        path = Path(batch.folder, f"{batch.name}-{number}.parquet")
        _write(validated.rows, path)
        result.rows[source] = str(path)
        result.row_count += validated.rows.height
        issues.append(validated.issues.select(pl.lit(source).alias("source"), pl.all()))
    if issues and (broken := pl.concat(issues)).height:
        path = Path(batch.folder, f"{batch.name}-issues.parquet")
        _write(broken, path)
        result.issues = str(path)
    result.seconds_checking = time.perf_counter() - started
    return result


def _write(frame: pl.DataFrame, path: Path) -> None:
    # They are read once, at once, from the same disk: packing them would only cost time.
    with path.open("xb") as file:
        frame.write_parquet(file, compression="uncompressed", statistics=False)


def _read_file(
    job: Job,
    known: Mapping[tuple[str, str], int],
    sources: Sources,
    limits: Limits,
    header_rows: int,
) -> tuple[Outcome, Reading]:
    nothing = Reading()
    try:
        descriptor = os.open(job.location, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return Outcome(job.content_id, None, 0, 0, is_moving=True), nothing
    except OSError as error:
        return _unreadable(job, error), nothing
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            return Outcome(job.content_id, None, 0, 0, is_moving=True), nothing  # it was a file a moment ago
        is_read = bool(job.ending) and status.st_size <= limits.file_bytes
        try:
            data = file.read() if is_read else b""
            sha256 = hashlib.sha256(data).hexdigest() if is_read else sha256_of(job.location)
        except OSError as error:
            return _unreadable(job, error), nothing
        after = os.fstat(file.fileno())
    size, mtime_ns = status.st_size, status.st_mtime_ns
    if (after.st_size, after.st_mtime_ns) != (size, mtime_ns) or (is_read and len(data) != size):
        return Outcome(job.content_id, None, size, mtime_ns, is_moving=True), nothing
    key = (sha256 or "", job.ending)
    if key in known:
        return Outcome(known[key], sha256, size, mtime_ns, is_known=True), nothing
    if not job.ending:
        reading = refused("不接受的文件类型：请报送 .xlsx、.xls、.csv、.tsv 或 .txt 表格。")
    elif not is_read:
        reading = refused(f"文件过大（{size // MIB} MB，上限 {limits.file_bytes // MIB} MB）：请拆分后报送。")
    else:
        reading = read_content(data, sources, limits, header_rows, job.content_id)
    return Outcome(job.content_id, sha256, size, mtime_ns, tuple(reading.parts)), reading


def _unreadable(job: Job, error: OSError) -> Outcome:
    """A delivery that cannot be opened is refused; any other failure of the system is none of the file's."""
    if error.errno not in _UNREADABLE and error.errno != errno.ELOOP:
        raise error
    try:
        status = os.lstat(job.location)
    except FileNotFoundError:
        return Outcome(job.content_id, None, 0, 0, is_moving=True)
    reason = f"无法打开（{os.strerror(error.errno or 0)}）：请检查文件权限。"
    return Outcome(
        job.content_id,
        None,
        status.st_size,
        status.st_mtime_ns,
        (whole_file_refused(reason),),
        is_passing=True,
    )

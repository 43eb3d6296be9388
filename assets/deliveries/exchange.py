"""What parent and reading processes tell each other. Light to import: the parent may have nothing to read."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field

from assets.deliveries.limits import MIB

ACCEPTED, REFUSED, SKIPPED = "accepted", "refused", "skipped"
WHOLE_FILE = 0

# Requests to the process that forks, messages of a reading process, and its exit status without memory.
FORK, STATUS, READY = "fork", "status", "ready"
FILE, DONE, DEFECT, SYSTEM = "file", "done", "defect", "system"
OUT_OF_MEMORY = 77

_HASH_PIECE = 4 * MIB


@dataclass(frozen=True)
class Part:
    """What became of a sheet (or of a whole file: `sheet_no` 0): a row of `raw.content_part`."""

    sheet_no: int
    sheet: str | None
    source: str | None
    status: str
    reason: str | None = None
    encoding: str | None = None
    header_row: int | None = None
    rows_below_header: int = 0
    footer_rows: int = 0
    blank_rows: int = 0
    ignored_columns: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Job:
    """One file to read.

    Attributes:
        file: as it is shown.
        location: where it is opened.
        ending: by which it is read, "" for none.
        content_id: goes into its rows, if its content is new.
    """

    file: str
    location: str
    ending: str
    content_id: int


@dataclass(frozen=True)
class Batch:
    """Files to read together.

    Attributes:
        jobs: the files.
        known: (sha256, ending) → content_id of what was read before.
        folder: where the parquet files go.
        name: what their names begin with.
        cost: how long it takes, in bytes of text, roughly.
    """

    jobs: tuple[Job, ...]
    known: Mapping[tuple[str, str], int]
    folder: str
    name: str
    cost: int


@dataclass(frozen=True)
class Outcome:
    """What came of one file.

    Attributes:
        content_id: of its content: a known one, or the job's.
        sha256: of its bytes; None where it could not be read.
        size: bytes.
        mtime_ns: when it was last written, nanoseconds.
        parts: empty where the content was known.
        is_known: its content was read before.
        is_moving: it changed or vanished while it was read: it waits for the next time.
        is_passing: it was refused for a reason that may lie in the machine (no permission, out of time or
            memory): it is tried again at the next reading.
    """

    content_id: int
    sha256: str | None
    size: int
    mtime_ns: int
    parts: tuple[Part, ...] = ()
    is_known: bool = False
    is_moving: bool = False
    is_passing: bool = False


@dataclass
class Result:
    """What came of a batch: outcomes in the order of its jobs, and the parquet files it left.

    Attributes:
        outcomes: one per job.
        rows: source → parquet file of `raw.<source>`.
        issues: parquet file of `raw.issue`, or None.
        row_count: rows in all.
        seconds_reading: wall time for bytes → text.
        seconds_checking: wall time for text → typed rows and issues.
    """

    outcomes: list[Outcome]
    rows: dict[str, str] = field(default_factory=dict)
    issues: str | None = None
    row_count: int = 0
    seconds_reading: float = 0.0
    seconds_checking: float = 0.0


def whole_file_refused(reason: str) -> Part:
    """A file that is refused as a whole."""
    return Part(WHOLE_FILE, None, None, REFUSED, reason)


def sha256_of(location: str) -> str | None:
    """SHA-256 of a regular file, or None where it cannot be opened."""
    try:
        descriptor = os.open(location, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    digest = hashlib.sha256()
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            return None
        while piece := file.read(_HASH_PIECE):
            digest.update(piece)
    return digest.hexdigest()

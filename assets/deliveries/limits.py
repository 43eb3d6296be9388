"""What reading one delivery may cost; beyond it the file is refused, and the others are read."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

MIB = 1 << 20
GIB = 1 << 30


@dataclass(frozen=True)
class Limits:
    """Settings of the reading stage. Sizes in bytes, times in seconds.

    Attributes:
        file_bytes: a larger file is not opened for reading.
        memory_bytes: address space that a reading process may take beyond what it starts with.
        seconds: wall time for reading one file, and for checking one batch.
        unzipped_bytes: what the parts of a workbook may hold together when unpacked.
        zip_ratio: how many times larger than packed a workbook may be when unpacked, once that is
            more than `zip_ratio_from_bytes` (small workbooks of equal rows pack well, honestly).
        zip_ratio_from_bytes: see `zip_ratio`.
        zip_entries: parts in a workbook.
        columns: cells in a header row.
        batch_bytes: how much a reading process takes up at once (unpacked, roughly).
        batch_files: how many files at most it takes up at once.
        workers: reading processes.
        quiet_seconds: a file touched more recently than this is looked at twice ...
        settle_seconds: ... at least this far apart; if it changed, it waits for the next time.
    """

    file_bytes: int = 512 * MIB
    memory_bytes: int = 4 * GIB
    seconds: float = 300.0
    unzipped_bytes: int = 2 * GIB
    zip_ratio: int = 200
    zip_ratio_from_bytes: int = 64 * MIB
    zip_entries: int = 10_000
    columns: int = 16_384
    batch_bytes: int = 40 * MIB
    batch_files: int = 512
    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    quiet_seconds: float = 2.0
    settle_seconds: float = 0.3

    def deciding(self) -> tuple[int, ...]:
        """The limits that alone can decide whether a file is refused: under others it is read again."""
        return (
            self.file_bytes,
            self.unzipped_bytes,
            self.zip_ratio,
            self.zip_ratio_from_bytes,
            self.zip_entries,
            self.columns,
        )

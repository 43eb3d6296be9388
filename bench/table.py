"""What a case gives, and the table of them."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version

import psutil

from bench.measure import Series

GIB = 1024**3
COLUMNS = ("case", "ours", "against", "ratio (range)", "aim", "holds", "processor", "peak memory", "aim")


@dataclass(frozen=True)
class Aim:
    """What a case should reach.

    Attributes:
        ratio: at most this, where we are measured against something; at least, where a peer is against us.
        seconds: at most this.
        peak_mib: at most this.
        is_at_least: the ratio counts how many times faster we are.
    """

    ratio: float | None = None
    seconds: float | None = None
    peak_mib: float | None = None
    is_at_least: bool = False

    @property
    def is_set(self) -> bool:
        """There is something to reach."""
        return (self.ratio, self.seconds, self.peak_mib) != (None, None, None)


@dataclass(frozen=True)
class Line:
    """A case that was measured.

    Attributes:
        case: what was done.
        ours: our runs.
        against: name of what it was measured against; empty for none.
        theirs: its runs, each taken just before ours of the same place.
        aim: what should be reached.
        against: name of what it was measured against; empty for none.
        theirs: its runs, each taken just before ours of the same place.
        note: what else is to be said.
    """

    case: str
    ours: Series
    aim: Aim
    against: str = ""
    theirs: Series | None = None
    note: str = ""

    @property
    def ratios(self) -> list[float]:
        """The ratio of each pair."""
        pairs = zip(self.ours.timed, self.theirs.timed, strict=True) if self.theirs else ()
        if self.aim.is_at_least:
            return [their.seconds / our.seconds for our, their in pairs]
        return [our.seconds / their.seconds for our, their in pairs]

    @property
    def holds(self) -> bool:
        """All its aims are reached."""
        aim, reached = self.aim, []
        if aim.ratio is not None:
            ratio = statistics.median(self.ratios)
            reached.append(ratio >= aim.ratio if aim.is_at_least else ratio <= aim.ratio)
        if aim.seconds is not None:
            reached.append(self.ours.median("seconds") <= aim.seconds)
        if aim.peak_mib is not None:
            reached.append(self.ours.watched.peak_mib <= aim.peak_mib)
        return all(reached)

    def cells(self) -> tuple[str, ...]:
        """The line as texts, in the order of `COLUMNS`."""
        aim = self.aim
        ratios = self.ratios
        ratio = f"{statistics.median(ratios):.2f} ({min(ratios):.2f} – {max(ratios):.2f})" if ratios else ""
        against = f"{self.against} {self.theirs.median('seconds'):.2f} s" if self.theirs else ""
        wanted = f"{'≥' if aim.is_at_least else '≤'} {aim.ratio:g} ×" if aim.ratio is not None else ""
        if aim.seconds is not None:
            wanted = f"≤ {aim.seconds:g} s"
        return (
            self.case,
            f"{self.ours.median('seconds'):.2f} s",
            against,
            ratio,
            wanted,
            ("yes" if self.holds else "**no**") if self.aim.is_set else "",
            f"{self.ours.median('cpu'):.1f} s",
            f"{self.ours.watched.peak_mib:.0f} MiB",
            f"≤ {aim.peak_mib:.0f} MiB" if aim.peak_mib is not None else "",
        )


def markdown(lines: Iterable[Line]) -> str:
    """The table, and below it the notes and the phases of each case."""
    lines = list(lines)
    rows = [COLUMNS, tuple("---" for _ in COLUMNS), *(line.cells() for line in lines)]
    text = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    notes = [f"- {line.case}: {line.note}" for line in lines if line.note]
    return "\n".join([text, "", *notes])


def machine() -> str:
    """The machine in a line."""
    names = ("duckdb", "polars", "pandera", "great-expectations", "dagster")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    memory = psutil.virtual_memory().total / GIB
    return (
        f"{os.cpu_count()} cores ({_processor()}), {memory:.0f} GiB memory, {platform.system()} "
        f"{platform.release()}, Python {platform.python_version()}; {versions}."
    )


def _processor() -> str:
    """What the system calls its processor."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:  # noqa: PTH123 (not a file of ours)
            names = [line.partition(":")[2].strip() for line in file if line.startswith("model name")]
    except OSError:
        names = []
    return names[0] if names else platform.machine()

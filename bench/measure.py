"""Runs a command and measures it with everything it starts: wall and processor time, or its peak of memory.

Never both in one run: to look at the memory of a process holds it up, by a tenth of a refresh.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import psutil

EVERY_SECONDS = 0.05
GROWN = 1.02  # by as much memory has grown since the last close look, or ...
CLOSELY_EVERY_SECONDS = 0.5  # ... it was so long ago: then it is looked at closely again
MIB = 1024 * 1024


@dataclass(frozen=True)
class Run:
    """One run of a command.

    Attributes:
        seconds: as the command itself reports (after its imports), else its wall time.
        wall: of the whole process, seconds.
        cpu: user and system time, children included, seconds.
        peak_mib: the largest sum of proportional memory (PSS) of the process and its children; 0 where it
            was not looked at.
        said: the JSON object on the last line of its output.
    """

    seconds: float
    wall: float
    cpu: float
    peak_mib: float
    said: dict[str, Any]


@dataclass(frozen=True)
class Series:
    """Runs of one command: the first warms the disk's cache and shows its memory, the others are timed.

    Attributes:
        watched: the first run, whose memory was looked at.
        timed: the others.
    """

    watched: Run
    timed: Sequence[Run]

    def __iter__(self) -> Iterator[Run]:
        """All runs, in their order."""
        return iter([self.watched, *self.timed])

    def median(self, what: str) -> float:
        """The median of an attribute of the timed runs."""
        return statistics.median(getattr(one, what) for one in self.timed)

    def median_phases(self) -> dict[str, float]:
        """The median seconds of each phase that the timed runs speak of."""
        phases: list[dict[str, float]] = [one.said.get("phases", {}) for one in self.timed]
        names = {name for one in phases for name in one}
        return {name: statistics.median(one.get(name, 0.0) for one in phases) for name in names}


def series(runs: Sequence[Run]) -> Series:
    """Runs in their order as a series."""
    return Series(runs[0], runs[1:])


class FailedRunError(Exception):
    """A measured command failed; its last words are the message."""


class _Memory(threading.Thread):
    """Looks at the memory of a process and its children until it is told to stop."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self.is_over = threading.Event()
        self._process = psutil.Process(pid)

    def run(self) -> None:
        last, looked_at = 0, 0.0
        while not self.is_over.wait(EVERY_SECONDS):
            try:
                family = [self._process, *self._process.children(recursive=True)]
            except psutil.NoSuchProcess:
                return
            # The kernel walks all pages to tell what is shared, while the process waits: only where there may
            # be a new peak, and seldom.
            resident, now = sum(_resident(process) for process in family), perf_counter()
            is_time = resident > last * GROWN or now - looked_at > CLOSELY_EVERY_SECONDS
            if resident > self.peak and is_time:
                self.peak = max(self.peak, sum(_memory(process) for process in family))
                last, looked_at = resident, now


def _resident(process: psutil.Process) -> int:
    """Resident memory of a process in bytes, what is shared with others counted in full."""
    try:
        return int(process.memory_info().rss)
    except psutil.Error:  # it has just ended, or is ending
        return 0


def _memory(process: psutil.Process) -> int:
    """Proportional memory of a process in bytes: what forked processes share is counted once."""
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:  # it has just ended, or is ending
        return 0


def run(command: Sequence[str | Path], *, is_watched: bool = False) -> Run:
    """Run a command of ours to its end.

    Args:
        command: the command.
        is_watched: its memory is looked at, and its times say little.

    Raises:
        FailedRunError: it failed.
    """
    started = perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    memory = _Memory(process.pid)
    if is_watched:
        memory.start()
    errors: list[str] = []
    reader = threading.Thread(target=lambda: errors.append(process.stderr.read() if process.stderr else ""))
    reader.start()
    output = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    wall = perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    memory.is_over.set()
    if is_watched:
        memory.join()
    reader.join()
    if process.returncode != 0:
        words = (errors[0] or output).strip().splitlines()[-8:]
        raise FailedRunError(f"{' '.join(map(str, command))}: {process.returncode}\n" + "\n".join(words))
    said = _last_json(output)
    return Run(
        float(said.get("seconds", wall)), wall, usage.ru_utime + usage.ru_stime, memory.peak / MIB, said
    )


def _last_json(output: str) -> dict[str, Any]:
    """The JSON object that the output is, or that its last line is; empty where there is none."""
    text = output.strip()
    for candidate in (text, text.rpartition("\n")[2]):
        try:
            said = json.loads(candidate)
        except json.JSONDecodeError:
            continue
        return said if isinstance(said, dict) else {}
    return {}


def python(module: str, *arguments: str | Path) -> list[str | Path]:
    """The command that runs a module with our own interpreter."""
    return [sys.executable, "-m", module, *arguments]

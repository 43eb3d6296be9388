"""Refreshes in processes of their own, started from a server that has everything imported.

Quick enough to kill by hundreds.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import multiprocessing
import os
import shutil
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(
    ["pipelines.cli", "great_expectations", "pandas", "dagster", "pipelines.definitions"]
)
FREE_COLUMNS = {"published_at"}


@dataclass(frozen=True)
class Place:
    """Where a refresh reads and writes.

    Attributes:
        root: holds `raw`, `marts` and `warehouse.duckdb`.
        elsewhere: where the output of a refresh goes if `root` may be full; else it is in `root`.
    """

    root: Path
    elsewhere: Path | None = None

    @property
    def output(self) -> Path:
        return (self.elsewhere or self.root) / "output.txt"

    @property
    def raw(self) -> Path:
        return self.root / "raw"

    @property
    def marts(self) -> Path:
        return self.root / "marts"

    @property
    def arguments(self) -> list[str]:
        warehouse = self.root / "warehouse.duckdb"
        return ["--raw", str(self.raw), "--marts", str(self.marts), "--warehouse", str(warehouse)]

    def copy(self, target: Path) -> Place:
        """A copy of everything, modification times kept (so that a refresh opens nothing anew)."""
        shutil.copytree(self.root, target, symlinks=True)
        return Place(target)


def _run(arguments: list[str], output: str) -> None:
    os.setsid()
    with Path(output).open("w", encoding="utf-8") as stream:
        os.dup2(stream.fileno(), 1)
        os.dup2(stream.fileno(), 2)
        from pipelines.cli import run

        sys.argv = ["lianbing", *arguments]
        run()


def start(place: Place, as_of: str, *extra: str) -> multiprocessing.process.BaseProcess:
    """Start a refresh; its output goes to `place.output`."""
    arguments = ["refresh", "--as-of", as_of, *place.arguments, *extra]
    process = CONTEXT.Process(target=_run, args=(arguments, str(place.output)))
    process.start()
    return process


def refresh(place: Place, as_of: str, *extra: str) -> int:
    """Run a refresh to its end and give its exit status."""
    process = start(place, as_of, *extra)
    process.join()
    return process.exitcode if process.exitcode is not None else -1


def output(place: Place) -> str:
    return place.output.read_text(encoding="utf-8")


def kill(process: multiprocessing.process.BaseProcess) -> bool:
    """SIGKILL a refresh and all its children; false where it had ended before."""
    alive = process.is_alive()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid or 0, signal.SIGKILL)
    process.join()
    return alive


def duration(place: Place, as_of: str, scratch: Path) -> float:
    """How long an undisturbed refresh from this place takes, in seconds."""
    copy = place.copy(scratch)
    begin = time.monotonic()
    assert refresh(copy, as_of) == 0, output(copy)
    seconds = time.monotonic() - begin
    shutil.rmtree(copy.root)
    return seconds


def published(marts: Path) -> dict[str, str]:
    """The digest of each table that a reader sees, opened as a reader does; the manifest's hashes hold."""
    snapshot = (marts / "current").resolve(strict=True)
    manifest = json.loads((snapshot / "manifest.json").read_text(encoding="utf-8"))
    for name, entry in manifest["files"].items():
        found = hashlib.sha256((snapshot / name).read_bytes()).hexdigest()
        assert found == entry["sha256"], f"{name} is not what the manifest says"
    con = duckdb.connect()
    con.execute(f"ATTACH '{snapshot / 'marts.duckdb'}' AS m (READ_ONLY)")
    tables = [
        row[0]
        for row in con.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'm' ORDER BY 1"
        ).fetchall()
    ]
    digests = {}
    for table in tables:
        columns = [row[0] for row in con.execute(f"DESCRIBE m.marts.{table}").fetchall()]
        kept = ", ".join(f'"{column}"' for column in columns if column not in FREE_COLUMNS)
        rows = con.execute(f"SELECT {kept} FROM m.marts.{table} ORDER BY ALL").fetchall()
        digests[table] = hashlib.sha256(repr(rows).encode()).hexdigest()
    con.close()
    return digests

"""One refresh in hand: its settings, its lock, its open warehouse, and what the stages have found so far."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from assets.published import sweep
from assets.warehouse import connect_warehouse
from pipelines.errors import BusyError
from pipelines.journal import Journal
from pipelines.lock import Lock, acquire
from pipelines.settings import Settings

if TYPE_CHECKING:
    from assets.landing import Landing
    from assets.snapshot import Building, Identity
    from checks.invariants import InvariantResult
    from checks.rulebook import Rulebook
    from checks.suites import SuiteResult

MARTS_LOCK = ".refresh.lock"
DAMAGE = (duckdb.InternalException, duckdb.FatalException, duckdb.SerializationException)
DAMAGE_WORDS = ("corrupt", "checksum", "not a valid duckdb", "failed to deserialize", "serialization error")
DAMAGED_ZH = "工作库 {path} 已损坏或上次更新中断，现自动删除并由报送文件重建（不影响已发布的成果）。"


@dataclass
class Session:
    """The state of one refresh, handed from stage to stage.

    Attributes:
        settings: where things lie.
        as_of: the first day of the as-of month.
        make_current: `current` moves even to an earlier month.
        journal: the log.
        con: the open warehouse.
        rulebook: the rulebook in force, once loaded.
        landing: what reading brought, once read.
        identity: what the snapshot will be a function of, once read.
        is_demo: the deliveries are invented.
        building: the snapshot in the making.
        invariants: results, once run.
        suites: results, once run.
        snapshot: name of the snapshot, once published.
        is_new: it was not there before.
        is_current: readers see it.
        error: what stopped a stage.
        notices: Chinese sentences for people.
    """

    settings: Settings
    as_of: date
    journal: Journal
    con: duckdb.DuckDBPyConnection
    make_current: bool = False
    rulebook: Rulebook | None = None
    landing: Landing | None = None
    identity: Identity | None = None
    is_demo: bool = False
    building: Building | None = None
    invariants: list[InvariantResult] | None = None
    suites: list[SuiteResult] | None = None
    summary: dict[str, Any] = field(default_factory=dict)
    snapshot: str | None = None
    is_new: bool = False
    is_current: bool = False
    error: BaseException | None = None
    notices: list[str] = field(default_factory=list)

    @contextmanager
    def phase(self, name: str) -> Iterator[dict[str, Any]]:
        """A phase of the journal; what stops it is kept, for Dagster wraps what it raises."""
        try:
            with self.journal.phase(name) as counts:
                yield counts
        except BaseException as error:
            self.error = self.error or error
            raise


def is_damage(error: BaseException) -> bool:
    """True where the warehouse file itself cannot be read."""
    if isinstance(error, DAMAGE):
        return True
    return isinstance(error, duckdb.Error) and any(word in str(error).lower() for word in DAMAGE_WORDS)


def remove_warehouse(path: Path) -> None:
    """Throw the working database away, with its write-ahead log and spill files."""
    path.unlink(missing_ok=True)
    Path(f"{path}.wal").unlink(missing_ok=True)


def open_warehouse(
    path: Path, journal: Journal, *, is_suspect: bool
) -> tuple[duckdb.DuckDBPyConnection, list[str]]:
    """Open the warehouse; one that is damaged, or was left by an interrupted refresh, is made anew.

    A write-ahead log that lies beside a warehouse nobody holds is the trace of an interruption, or does not
    belong there: neither is worth a doubt, for the deliveries hold everything.

    Args:
        path: the file.
        journal: the log.
        is_suspect: a refresh was interrupted.

    Returns:
        The connection, and what to tell people.

    Raises:
        BusyError: another program has the file open.
        OSError: the folder cannot be written.
    """
    notices: list[str] = []
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and (is_suspect or Path(f"{path}.wal").exists()):
        notices.append(DAMAGED_ZH.format(path=path))
        _check_not_held(path)
        remove_warehouse(path)
    elif not path.exists():
        Path(f"{path}.wal").unlink(missing_ok=True)
    try:
        return connect_warehouse(path), notices
    except duckdb.Error as error:
        if _is_held(error):
            raise _held_by_other(path) from error
        if "permission denied" in str(error).lower():
            raise PermissionError(13, "permission denied", str(path)) from error
        journal.write("warehouse_damaged", error=str(error).splitlines()[0])
        remove_warehouse(path)
        return connect_warehouse(path), [DAMAGED_ZH.format(path=path)]


def _check_not_held(path: Path) -> None:
    """Refuse to throw away what another program has open.

    Raises:
        BusyError: it is open elsewhere.
    """
    try:
        connect_warehouse(path).close()
    except duckdb.Error as error:
        if _is_held(error):
            raise _held_by_other(path) from error


def _is_held(error: duckdb.Error) -> bool:
    return "could not set lock" in str(error).lower()


def _held_by_other(path: Path) -> BusyError:
    return BusyError(
        f"工作库 {path} 正被另一个程序打开（例如 DuckDB 命令行）。"
        "请关闭后重试；查询请打开 data/marts/current。"
    )


@contextmanager
def hold_locks(settings: Settings) -> Iterator[list[Lock]]:
    """Hold the marts folder and the warehouse for one refresh.

    Raises:
        BusyError: another refresh is running.
    """
    locks: list[Lock] = []
    try:
        locks.append(acquire(settings.marts / MARTS_LOCK))
        locks.append(acquire(Path(f"{settings.warehouse}.lock")))
        yield locks
    finally:
        for lock in reversed(locks):
            lock.release()


@contextmanager
def open_session(
    settings: Settings, as_of: date, journal: Journal, locks: list[Lock], *, make_current: bool = False
) -> Iterator[Session]:
    """Sweep what an interrupted refresh left, open the warehouse, and close it when done.

    Raises:
        BusyError: another program has the warehouse open.
        OSError: a folder cannot be written.
    """
    notices = [
        f"上一次更新被中断（{lock.interrupted}），已自动清理。" for lock in locks[:1] if lock.interrupted
    ]
    swept = sweep(settings.marts)
    if swept:
        journal.write("swept", leftovers=swept)
    is_suspect = any(lock.interrupted for lock in locks)
    con, more = open_warehouse(settings.warehouse, journal, is_suspect=is_suspect)
    con.execute("SET memory_limit = ?", [settings.memory])
    session = Session(settings, as_of, journal, con, make_current, notices=notices + more)
    try:
        yield session
    finally:
        if session.building is not None:
            session.building.discard()
        # A damaged file cannot be checkpointed: the next refresh makes it anew.
        with suppress(duckdb.Error), journal.phase("close"):
            con.close()

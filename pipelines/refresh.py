"""The one way to refresh: the command line, Dagster's page and the tests all come here."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import duckdb

from assets.deliveries.pool import warm_up
from assets.published import SNAPSHOTS, read_manifest
from checks import suites
from pipelines.errors import (
    Exit,
    HeldBackError,
    LianbingError,
    UsageError,
    explain_duckdb_error,
    explain_os_error,
)
from pipelines.journal import Journal
from pipelines.last_refresh import write_last_refresh
from pipelines.lock import Lock
from pipelines.outcome import STATUS_OF_EXIT, Outcome
from pipelines.plan import choose_month, is_published, known_identity, look_for_deliveries
from pipelines.session import Session, hold_locks, is_damage, open_session, remove_warehouse
from pipelines.settings import Settings

if TYPE_CHECKING:
    from assets.deliveries.scan import Scan

QUIET_DAGSTER = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
DAMAGED_ON_THE_WAY = "工作库在更新途中读出损坏，已删除并由报送文件重建。"


def refresh(
    settings: Settings, as_of: date | None = None, *, make_current: bool = False, is_quiet: bool = False
) -> Outcome:
    """Read, score, check and publish as of a month, unless that is done already.

    Args:
        settings: where things lie.
        as_of: first day of the month; None: the latest delivered.
        make_current: `current` moves even to an earlier month.
        is_quiet: nothing is shown on the terminal.

    Returns:
        How it ended, also when it failed; `last_refresh.json` says the same (but of a refresh that was
        turned away because another runs, for that file is the other's).
    """
    started = time.perf_counter()
    outcome = Outcome("failed", Exit.INTERNAL, _month(as_of), _now())
    with Journal(settings.log_dir, is_quiet=is_quiet) as journal:
        try:
            with hold_locks(settings) as locks:
                try:
                    _refresh(settings, as_of, make_current, journal, locks, outcome)
                except BaseException as error:
                    _note_failure(outcome, error)
                    raise
                finally:
                    _finish(outcome, journal, started)
                    with suppress(OSError):  # a disk that is full or read-only is the failure itself
                        write_last_refresh(settings.marts, outcome.as_json())
        except Exception as error:  # noqa: BLE001 - whatever it is ends as an outcome with its message
            _note_failure(outcome, error)
            if not outcome.finished_at:
                _finish(outcome, journal, started)
    return outcome


def _refresh(
    settings: Settings,
    as_of: date | None,
    make_current: bool,
    journal: Journal,
    locks: list[Lock],
    outcome: Outcome,
) -> None:
    found = look_for_deliveries(settings.raw)
    month = choose_month(found, as_of, settings)
    outcome.as_of_month = _month(month)
    outcome.strangers = found.strangers
    journal.write("refresh_started", as_of=outcome.as_of_month, files=len(found.deliveries))
    try:
        _attempt(settings, month, make_current, journal, locks, outcome, found)
    except duckdb.Error as error:
        if not is_damage(error):
            raise
        journal.write("warehouse_damaged", error=str(error).splitlines()[0])
        remove_warehouse(settings.warehouse)
        _attempt(settings, month, make_current, journal, locks, outcome, found)
        outcome.notices.append(DAMAGED_ON_THE_WAY)


def _attempt(
    settings: Settings,
    month: date,
    make_current: bool,
    journal: Journal,
    locks: list[Lock],
    outcome: Outcome,
    found: Scan,
) -> None:
    with open_session(settings, month, journal, locks, make_current=make_current) as session:
        with journal.phase("plan"):
            session.identity = known_identity(session.con, settings, found.deliveries, month)
        if session.identity is not None and is_published(settings, session.identity):
            from pipelines.stages import move_current

            session.snapshot = session.identity.name
            session.is_demo = bool(read_manifest(settings.marts, session.snapshot).get("is_demo"))
            move_current(session)
        else:
            if session.identity is None:
                warm_up()  # the reading processes import while Dagster is imported here
            suites.warm_up()  # likewise Great Expectations
            session.identity = None
            try:
                run_job(session)
            finally:
                _collect(session, outcome)
        _conclude(session, outcome)


def run_job(session: Session) -> None:
    """Run the Dagster job for the session's month in this process.

    History is kept where DAGSTER_HOME is set.

    Raises:
        HeldBackError: a blocking check does not hold.
        LianbingError: the month is none of the season, or a step failed without a reason of ours.
    """
    from pipelines.partitions import MONTH
    from pipelines.schedules import JOB
    from pipelines.season import read_season
    from pipelines.stages import failed_checks
    from pipelines.unrecorded import open_instance
    from pipelines.wiring import build

    season = read_season(session.settings)
    if not season.holds(session.as_of):
        raise UsageError(
            f"{session.as_of:%Y-%m} 不在评比年度 {season.year} 内：所用规则 {session.settings.rulebook}。"
        )
    job = build(session.settings, season).resolve_job_def(JOB)
    with open_instance() as instance:
        result = job.execute_in_process(
            partition_key=session.as_of.strftime(MONTH),
            instance=instance,
            resources={"session": session},
            run_config=QUIET_DAGSTER,
            raise_on_error=False,
        )
    if result.success:
        return
    if session.error is not None:
        raise session.error
    failed = failed_checks(session)
    if failed:
        raise HeldBackError(failed)
    steps = [event.step_key for event in result.all_events if event.is_step_failure]
    raise LianbingError(f"Dagster 作业未完成：{'、'.join(str(step) for step in steps) or '未知步骤'}")


@contextmanager
def attended(settings: Settings, as_of: date) -> Iterator[Session]:
    """A session for a run that Dagster started: with lock, log and `last_refresh.json` like any other.

    Raises:
        BusyError: another refresh is running.
    """
    started = time.perf_counter()
    outcome = Outcome("failed", Exit.INTERNAL, _month(as_of), _now())
    with Journal(settings.log_dir, is_quiet=True) as journal, hold_locks(settings) as locks:
        try:
            choose_month(look_for_deliveries(settings.raw), as_of, settings)
            with open_session(settings, as_of, journal, locks) as session:
                try:
                    yield session
                finally:
                    _collect(session, outcome)
                    if session.error is not None or session.snapshot is None:
                        _note_failure(outcome, _reason(session))
                    else:
                        _conclude(session, outcome)
        except BaseException as error:
            _note_failure(outcome, error)
            raise
        finally:
            _finish(outcome, journal, started)
            write_last_refresh(settings.marts, outcome.as_json())


def _reason(session: Session) -> BaseException:
    """Why a run on Dagster's page published nothing."""
    from pipelines.stages import failed_checks

    failed = failed_checks(session)
    if session.error is None and failed:
        return HeldBackError(failed)
    return session.error or LianbingError("本次只运行了部分步骤，没有发布：请选择整个 refresh 作业。")


def _collect(session: Session, outcome: Outcome) -> None:
    """What the session found, whether it was published or not."""
    from pipelines.stages import in_words, warnings

    outcome.is_demo = session.is_demo
    outcome.notices = list(session.notices)
    outcome.waiting = list(session.landing.waiting) if session.landing else []
    outcome.warnings = [
        {"name": result.expectation, "message": in_words(result)} for result in warnings(session)
    ]


def _conclude(session: Session, outcome: Outcome) -> None:
    """The refresh did what it was asked for."""
    marts, name = session.settings.marts, session.snapshot or ""
    manifest: dict[str, Any] = read_manifest(marts, name)
    outcome.status = "published" if session.is_new else "unchanged"
    outcome.exit_code = Exit.PUBLISHED
    outcome.snapshot = name
    outcome.path = str(marts / SNAPSHOTS / name)
    outcome.is_current = session.is_current
    outcome.is_demo = bool(manifest.get("is_demo"))
    outcome.notices = list(session.notices)
    outcome.summary = manifest.get("summary", {})
    outcome.warnings = outcome.warnings or [
        {"name": check["name"], "message": check["message"]}
        for check in manifest.get("checks", [])
        if not check["passed"]
    ]


def _note_failure(outcome: Outcome, error: BaseException) -> None:
    """Put a failure into words, once."""
    if outcome.message_zh:
        return
    code = error.exit_code if isinstance(error, LianbingError) else Exit.INTERNAL
    outcome.exit_code = code
    outcome.status = STATUS_OF_EXIT[code]
    outcome.message_zh = _message(error)
    if isinstance(error, HeldBackError):
        outcome.failed_checks = error.checks


def _message(error: BaseException) -> str:
    if isinstance(error, LianbingError):
        return str(error)
    if isinstance(error, KeyboardInterrupt):
        return "更新被人为中断，原有成果不变；重新运行即可。"
    known = explain_os_error(error) if isinstance(error, OSError) else explain_duckdb_error(str(error))
    if known:
        return known
    if type(error).__name__ == "RulebookError":
        return str(error)
    first_line = str(error).splitlines()[0] if str(error) else ""
    return f"程序内部错误（{type(error).__name__}）：{first_line}。原有成果不变。"


def _finish(outcome: Outcome, journal: Journal, started: float) -> None:
    outcome.finished_at = _now()
    outcome.seconds = round(time.perf_counter() - started, 3)
    outcome.phases = dict(journal.phases)
    outcome.log = str(journal.path) if journal.path else None
    journal.write(
        "refresh_ended",
        status=outcome.status,
        exit_code=int(outcome.exit_code),
        seconds=outcome.seconds,
        snapshot=outcome.snapshot,
    )


def _month(month: date | None) -> str | None:
    return f"{month:%Y-%m}" if month else None


def _now() -> str:
    return datetime.now().isoformat(timespec="seconds")

"""The stages of a refresh: rulebook, deliveries, core, score, marts with their checks, publication.

Each takes the session, does one thing and returns what it made; Dagster's steps and tests call them
alike.
"""

from __future__ import annotations

import calendar
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import duckdb

from assets.models import Model, run_model, run_models
from assets.published import DATABASE, current_name, is_whole, read_manifest, switch_current
from assets.snapshot import (
    PUBLISHED,
    Building,
    Identity,
    publish,
    show_tables,
    start_building,
    write_manifest,
    write_tables,
)
from assets.stages import STAGES, spent_after
from assets.version import code_version
from assets.warehouse import writing_raw
from pipelines.descriptions import INVARIANTS
from pipelines.errors import HeldBackError, LianbingError
from pipelines.session import Session

if TYPE_CHECKING:
    from checks.suites import SuiteResult

COMPUTED = (
    "score",
    "core",
)  # schemas that nothing needs once the marts are written and the invariants judged
FIRST_ROWS = 5
LEAST_MEMORY = "64MB"
SPILL = "spill"  # made by DuckDB where memory does not suffice, and taken away by it


@dataclass(frozen=True)
class Made:
    """A table that a stage made.

    Attributes:
        table: schema and name.
        rows: its rows; None where it was not made yet (a view).
        content_hash: over its rows whatever their order; None where it is not taken.
    """

    table: str
    rows: int | None
    content_hash: str | None = None


def _count(session: Session, table: str) -> Made:
    rows = session.con.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0]  # noqa: S608 - a name of the catalogue
    return Made(table, rows)


def _tables_of(session: Session, schema: str) -> list[str]:
    rows = session.con.execute(
        "SELECT table_name FROM duckdb_tables() WHERE schema_name = ? ORDER BY ALL", [schema]
    ).fetchall()
    return [f"{schema}.{name}" for (name,) in rows]


def load_rulebook(session: Session) -> list[Made]:
    """Read the rulebook and write it into schema `rulebook`.

    Raises:
        checks.rulebook.RulebookError: it does not hold together; the message names file and line.
    """
    from checks.rulebook import install, load

    with session.phase("rulebook"):
        session.rulebook = load(session.settings.rulebook_dir)
        install(session.con, session.rulebook)
        return [_count(session, table) for table in _tables_of(session, "rulebook")]


def read_deliveries(session: Session) -> list[Made]:
    """Bring schema `raw` up to date with the folders up to the as-of month, and say what the refresh is of.

    Raises:
        HeldBackError: demo deliveries lie among real ones.
    """
    from assets.deliveries.identity import raw_sha256
    from assets.deliveries.pool import let_go
    from assets.landing import land

    if session.rulebook is None:
        load_rulebook(session)
    rulebook = session.rulebook
    if rulebook is None:
        raise LianbingError("规则未载入。")
    with session.phase("deliveries") as counts:
        with writing_raw(session.con) as warehouse:
            session.landing = land(
                warehouse,
                session.settings.raw,
                rulebook.reference(),
                through=session.as_of,
                limits=session.settings.limits,
                progress=session.journal.progress,
            )
        let_go()  # what follows needs the room
        found = session.landing
        counts |= {"files": found.files, "opened": found.opened, "parsed": found.parsed, "rows": found.rows}
        counts |= {"refused": len(found.refused), "waiting": found.waiting, "worker": found.worker_seconds}
        session.is_demo = judge_demo(session)
        session.identity = Identity(
            session.as_of,
            raw_sha256(session.con, session.as_of),
            rulebook.id,
            rulebook.sha256,
            code_version(),
        )
        made = [_count(session, table) for table in _tables_of(session, "raw")]
        _write_refresh_row(session, session.identity)
        return made


def judge_demo(session: Session) -> bool:
    """True where the deliveries up to the as-of month are invented ones.

    Raises:
        HeldBackError: some are and some are not.
    """
    from assets.demo.marker import MARKER_COLUMN

    rows = session.con.execute(
        """
        SELECT coalesce(list_contains(p.ignored_columns, $marker), FALSE) AS is_demo, min(d.file) AS file
        FROM raw.delivery AS d
        JOIN raw.content_part AS p USING (content_id)
        WHERE p.status = 'accepted' AND d.delivery_month <= $as_of
        GROUP BY is_demo ORDER BY is_demo
        """,
        {"marker": MARKER_COLUMN, "as_of": session.as_of},
    ).fetchall()
    found = dict(rows)
    if len(found) > 1:
        raise HeldBackError(
            [
                {
                    "name": "demo_not_mixed",
                    "message": "演示数据与真实报送混放在同一文件夹，不能一起计分；请删除其中一种后重新运行。",
                    "first_rows": [f"演示数据，例如 {found[True]}", f"真实报送，例如 {found[False]}"],
                }
            ]
        )
    return True in found


def _write_refresh_row(session: Session, identity: Identity) -> None:
    """Make `core.refresh`: the one row by which the models know the as-of month."""
    last_day = calendar.monthrange(session.as_of.year, session.as_of.month)[1]
    session.con.execute(
        """
        CREATE OR REPLACE TABLE core.refresh AS
        SELECT
            $as_of::DATE AS as_of_month,
            $as_of_day::DATE AS as_of_day,
            make_date(s.season_year, 1, 1) AS year_start,
            s.season_year,
            (
                SELECT max(month) FROM rulebook.month WHERE is_activity_month AND month <= $as_of::DATE
            ) AS activity_until,
            $as_of::DATE = s.final_month AS is_final,
            $is_demo::BOOLEAN AS is_demo,
            $rulebook_id AS rulebook_id,
            $rulebook_sha256 AS rulebook_sha256,
            $raw_sha256 AS raw_sha256,
            $code_version AS code_version,
            $published_at::TIMESTAMP AS published_at
        FROM rulebook.season AS s
        """,
        {
            "as_of": session.as_of,
            "as_of_day": date(session.as_of.year, session.as_of.month, last_day),
            "is_demo": session.is_demo,
            "rulebook_id": identity.rulebook_id,
            "rulebook_sha256": identity.rulebook_sha256,
            "raw_sha256": identity.raw_sha256,
            "code_version": identity.code_version,
            "published_at": datetime.now().replace(microsecond=0),
        },
    )


def run_stage(session: Session, stage: str) -> list[Made]:
    """Run the SQL models of a stage.

    Raises:
        LianbingError: the stages before it were not run.
    """
    from checks.invariants import tables_read

    _identity(session)
    with session.phase(stage) as counts:
        made = run_models(session.con, STAGES[stage], _run)
        counts["tables"] = len(made)
        for table in spent_after(stage, tables_read()):
            session.con.execute(f"DROP TABLE IF EXISTS {table}")
        return made


def _run(con: duckdb.DuckDBPyConnection, model: Model) -> Made:
    rows = run_model(con, model)
    is_hashed = model.table.startswith("score.")
    return Made(model.table, rows, _content_hash(con, model.table) if is_hashed else None)


def _content_hash(con: duckdb.DuckDBPyConnection, table: str) -> str:
    value = con.execute(f"SELECT bit_xor(hash(t)) FROM {table} AS t").fetchall()[0][0]  # noqa: S608 - a name of ours
    return f"{value or 0:016x}"


def _identity(session: Session) -> Identity:
    """What the refresh is of. What is computed lies in memory: a stage stands on those before it in the run.

    Raises:
        LianbingError: the deliveries were not read in this run.
    """
    if session.identity is None:
        raise LianbingError("本次运行没有从读取报送文件开始：请选择整个 refresh 作业。")
    return session.identity


def public_tables() -> list[str]:
    """The marts, by name."""
    return [model.table.removeprefix("marts.") for model in STAGES["marts"]]


def build_candidate(session: Session) -> list[Made]:
    """Write the files of the snapshot, and judge what would be published.

    The SQL invariants judge here; the suites judge the written database in a process of its own, while the
    reports are written here. Of what is published already there are no reports to write.
    """
    from checks.invariants import run_invariants
    from checks.suites import judging

    identity = _identity(session)
    is_published = is_whole(session.settings.marts, identity.name)
    with session.phase("snapshot"):
        building = session.building = start_building(session.settings.marts)
        write_tables(session.con, building, public_tables())
        show_tables(session.con, building)
        made = [
            Made(f"marts.{name}", rows, _content_hash(session.con, f"marts.{name}"))
            for name, rows in building.tables.items()
        ]
    with session.phase("checks") as counts:
        session.invariants = run_invariants(session.con)
        counts["invariants"] = len(session.invariants)
    # Only now: beside what the invariants need, the judge's half a gigabyte may be too much for a machine.
    with judging(building.folder / DATABASE, None if is_published else building.data_docs) as results:
        _give_memory_back(session)
        if not is_published and not failed_checks(session):
            with session.phase("reports"):
                _write_reports(building, session.settings.memory)
        with session.phase("checks") as counts:
            session.suites = results()
            counts["expectations"] = len(session.suites)
            counts["failed"] = [check["name"] for check in failed_checks(session)]
            counts["warnings"] = [result.expectation for result in warnings(session)]
    return made


def _give_memory_back(session: Session) -> None:
    """Forget what was computed, and what DuckDB holds of the files: the reports need the room."""
    for schema in COMPUTED:
        session.con.execute(f"DROP SCHEMA {schema} CASCADE")
    with suppress(duckdb.OutOfMemoryException):  # more than that is in use: it stays
        session.con.execute("SET memory_limit = ?", [LEAST_MEMORY])
    session.con.execute("SET memory_limit = ?", [session.settings.memory])


def _write_reports(building: Building, memory: str) -> None:
    """The workbooks and the pages side by side: the first wait for DuckDB and polars most of the time."""
    from reports import datapackage, feedback, statements
    from reports.queries.connection import open_snapshot
    from reports.queries.stakes import add_up

    building.reports.mkdir()
    limits = {"memory_limit": memory, "temp_directory": str(building.folder / SPILL)}
    with (
        open_snapshot(building.folder, limits=limits) as con,
        ThreadPoolExecutor() as both,
    ):
        add_up(con)
        lists = both.submit(feedback.write, con.cursor(), building.reports)
        statements.write_all(con, building.reports)
        datapackage.write(con, building.folder)
        lists.result()


def failed_checks(session: Session) -> list[dict[str, Any]]:
    """The blocking checks that do not hold, each with its message and first rows."""
    found = [
        {
            "name": result.name,
            "message": f"{INVARIANTS.get(result.name, result.meaning)}（{result.violations} 行）",
            "first_rows": [_row_text(row) for row in result.first_rows[:FIRST_ROWS]],
        }
        for result in session.invariants or []
        if result.violations
    ]
    return found + [
        {
            "name": r.expectation,
            "message": in_words(r),
            "first_rows": list(r.first_rows[:FIRST_ROWS]),
        }
        for r in session.suites or []
        if r.is_blocking and not r.success
    ]


def in_words(result: SuiteResult) -> str:
    """What an expectation that does not hold says: of which mart, what is wrong, and what was seen."""
    from checks.suites.base import MARTS_ZH

    return f"{MARTS_ZH.get(result.mart, result.mart)}：{result.message_zh}（{result.observed}）"


def warnings(session: Session) -> list[SuiteResult]:
    """The expectations that want a look, but hold nothing back."""
    return [r for r in session.suites or [] if not r.is_blocking and not r.success]


def _row_text(row: dict[str, Any]) -> str:
    return "，".join(
        f"{name}={value}" for name, value in row.items() if value is not None and name != "officer_name"
    )


def publish_snapshot(session: Session) -> bool:
    """Put the snapshot in its place and point `current` to it.

    Returns:
        True where something new was published.

    Raises:
        HeldBackError: a blocking check does not hold.
    """
    from pipelines.summary import summarise

    identity, building = _identity(session), session.building
    if building is None:
        raise LianbingError("本次运行没有写出成果：请选择整个 refresh 作业。")
    failed = failed_checks(session)
    if failed:
        raise HeldBackError(failed)
    with session.phase("publish") as counts:
        session.summary = summarise(session.con)
        write_manifest(building, identity, _facts(session))
        session.con.execute(f"DETACH {PUBLISHED}")
        session.is_new = publish(building, identity)
        session.building = None
        session.snapshot = identity.name
        move_current(session)
        counts |= {"snapshot": identity.name, "is_new": session.is_new, "is_current": session.is_current}
    return session.is_new


def _facts(session: Session) -> dict[str, Any]:
    """What the manifest says beside who it is and its files."""
    inputs = session.con.execute(
        "SELECT file, sha256, size FROM raw.delivery WHERE delivery_month <= ? ORDER BY file_seq",
        [session.as_of],
    ).fetchall()
    row = session.con.execute("SELECT is_final, published_at FROM marts.snapshot").fetchall()[0]
    return {
        "is_final": row[0],
        "is_demo": session.is_demo,
        "published_at": row[1].isoformat(),
        "summary": session.summary,
        "checks": [
            {"name": r.name, "kind": "invariant", "is_blocking": True, "passed": not r.violations}
            for r in session.invariants or []
        ]
        + [
            {
                "name": r.expectation,
                "kind": "expectation",
                "is_blocking": r.is_blocking,
                "passed": r.success,
                "message": None if r.success else in_words(r),
            }
            for r in session.suites or []
        ],
        "inputs": [{"file": file, "sha256": sha256, "size": size} for file, sha256, size in inputs],
    }


def move_current(session: Session) -> None:
    """Point `current` to the snapshot, where it may: to the same or a later month, or as asked for."""
    if session.snapshot is None:
        return
    marts, name = session.settings.marts, session.snapshot
    reason = None if session.make_current else reason_to_stay(session, current_name(marts))
    if reason is None:
        switch_current(marts, name)
    else:
        session.notices.append(reason)
    session.is_current = current_name(marts) == name


def reason_to_stay(session: Session, standing: str | None) -> str | None:
    """Why `current` stays where it is, in Chinese; None where it may move."""
    name = session.snapshot or ""
    if standing is None or standing == name:
        return None
    try:
        is_demo = bool(read_manifest(session.settings.marts, standing).get("is_demo"))
    except (OSError, ValueError):
        return None  # it points to nothing that can be read
    if is_demo != session.is_demo:
        if is_demo:
            return None  # real results take the place of invented ones, whatever the month
        return f"current 指向真实成果 {standing}，不会自动改为演示数据；如确需要，请加 --make-current。"
    if name[:7] < standing[:7]:
        return (
            f"current 仍指向较晚月份的 {standing}；如要改为 {name}，"
            "请加 --make-current，或用 lianbing rollback。"
        )
    return None

"""Refreshes seasons as of several months, and says where this calculation differs from them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from checks.invariants import run_invariants
from oracle_all.book import RULEBOOK, Book
from oracle_all.compare import Rows, differences
from oracle_all.evidence import evidence_differences
from oracle_all.invent import invent
from oracle_all.lists import list_differences
from oracle_all.marts import KEY_COLUMNS
from oracle_all.other import write_other_rulebook
from oracle_all.season import Season
from pipelines import stages
from pipelines.journal import Journal
from pipelines.session import hold_locks, open_session
from pipelines.settings import Settings

EXPLAINING = ("quality_issue", "superseded_row", "delivery_file", "points_at_stake", "score_evidence")
YEARS = (2022, 2024, 2021, 2025)  # of seasons under another rulebook
NOVEMBER = 11


@dataclass(frozen=True)
class Refreshed:
    """A season that was refreshed as of several months, up to the marts that a snapshot would copy.

    Attributes:
        warehouse: the working database, closed.
        rulebook: the folder of the rulebook.
        marts: month of the year → mart → rows.
        broken: month of the year → the invariants that do not hold, in words.
    """

    warehouse: Path
    rulebook: Path
    marts: dict[int, dict[str, Rows]]
    broken: dict[int, list[str]]


def refresh_season(raw: Path, place: Path, months: list[int], rulebook: Path = RULEBOOK) -> Refreshed:
    """Refresh stage by stage as of each month.

    Args:
        raw: the deliveries.
        place: folder for the working database and the logs.
        months: of the season's year.
        rulebook: the folder of the rulebook.
    """
    settings = replace(
        Settings(),
        raw=raw,
        marts=place / "marts",
        warehouse=place / "warehouse.duckdb",
        rulebook=str(rulebook),
        workers=1,
    )
    year = Book(rulebook).season["season_year"]
    refreshed = Refreshed(settings.warehouse, rulebook, {}, {})
    for month in sorted(months):
        with (
            Journal(settings.log_dir, is_quiet=True) as journal,
            hold_locks(settings) as locks,
            open_session(settings, date(year, month, 1), journal, locks) as session,
        ):
            stages.read_deliveries(session)
            for stage in stages.STAGES:
                stages.run_stage(session, stage)
            refreshed.broken[month] = [
                str(result) for result in run_invariants(session.con) if result.violations
            ]
            refreshed.marts[month] = {
                table: _rows(session.con, table) for table in (*KEY_COLUMNS, *EXPLAINING)
            }
    return refreshed


def _rows(con: Any, table: str) -> Rows:
    cursor = con.execute(f"SELECT * FROM marts.{table}")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def refresh_differences(refreshed: Refreshed) -> Iterator[str]:
    """Where the marts differ from this calculation, and which invariants do not hold, in words."""
    for month, marts in refreshed.marts.items():
        season = Season(refreshed.warehouse, month, Book(refreshed.rulebook))
        read = marts.__getitem__
        for line in (
            *refreshed.broken[month],
            *differences(season, read),
            *list_differences(season, refreshed.warehouse, read),
            *evidence_differences(season, read),
        ):
            yield f"as of month {month}: {line}"


def refresh_invented(
    seed: int, place: Path, *, is_rulebook_other: bool, months: list[int] | None = None
) -> Refreshed:
    """Draw a season, and where asked for a rulebook and the season's year, from a seed, and refresh it.

    Args:
        seed: what everything is drawn from.
        place: folder for the deliveries, the rulebook and the refresh.
        is_rulebook_other: under a drawn rulebook instead of that of 2022.
        months: refresh as of these; None: November, a month before October and one from October on.
    """
    year, rulebook = 2022, RULEBOOK
    if is_rulebook_other:
        year, rulebook = YEARS[seed % len(YEARS)], place / f"rulebook_{seed}"
        write_other_rulebook(seed, rulebook, year)
    invent(seed, place / "raw", year=year)
    if months is None:
        draw = random.Random(seed)  # noqa: S311 - reproducible test data, nothing secret
        months = sorted({NOVEMBER, draw.choice([12, 10]), draw.randint(1, 9)})
    return refresh_season(place / "raw", place, months, rulebook)

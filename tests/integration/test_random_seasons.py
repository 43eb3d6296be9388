"""Random seasons in random formats: the published monthly scores are those of a second, plain calculation.

`tests/oracle` holds that calculation, and what draws and writes the seasons. `LIANBING_RANDOM_SEASONS` says
how many the long test tries.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from oracle.scores import published
from oracle.seasons import AGENCIES, QUIRKS, YEAR, Plan, season
from oracle.writing import write

from checks.invariants import run_invariants
from pipelines import stages
from pipelines.journal import Journal
from pipelines.session import hold_locks, open_session
from pipelines.settings import Settings

MANY = int(os.environ.get("LIANBING_RANDOM_SEASONS", "200"))
TOLERANCE = 1e-9
ENTITY = {"officer_monthly_record_score": "officer_id"}  # elsewhere region_code
QUIET: dict[str, Any] = {"deadline": None, "database": None, "suppress_health_check": [HealthCheck.too_slow]}

plans = st.builds(
    Plan,
    seed=st.integers(0, 2**32),
    as_of=st.integers(3, 12),
    officers=st.integers(1, 30),
    records=st.integers(0, 150),
    agencies=st.integers(1, len(AGENCIES)),
    quirks=st.frozensets(st.sampled_from(QUIRKS)),
)


def differences(plan: Plan) -> list[str]:
    """Where the marts of a season differ from the plain calculation, or break an invariant, in words.

    The refresh is taken stage by stage, up to the marts that a snapshot would copy.
    """
    deliveries = season(plan)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write(place / "raw", deliveries, plan.seed)
        settings = replace(
            Settings(), raw=place / "raw", marts=place / "marts", warehouse=place / "w.duckdb", workers=1
        )
        month = date(YEAR, plan.as_of, 1)
        with (
            Journal(settings.log_dir, is_quiet=True) as journal,
            hold_locks(settings) as locks,
            open_session(settings, month, journal, locks) as session,
        ):
            stages.read_deliveries(session)
            for stage in stages.STAGES:
                stages.run_stage(session, stage)
            refused = session.con.execute("FROM marts.delivery_file WHERE status = 'refused'").fetchall()
            found = [f"refused: {row}" for row in refused]
            found += [str(result) for result in run_invariants(session.con) if result.violations]
            for table, expected in published(deliveries, YEAR, plan.as_of).items():
                found += _compare(session.con, table, expected)
    return found


def _compare(
    con: duckdb.DuckDBPyConnection, table: str, expected: dict[tuple[Any, ...], dict[str, Any]]
) -> list[str]:
    cursor = con.execute(f"SELECT * FROM marts.{table}")
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    entity = ENTITY.get(table, "region_code")
    actual = {(row["month"], row[entity]): row for row in rows}
    found = [
        f"{table}: twice {key}" for key, n in Counter((r["month"], r[entity]) for r in rows).items() if n > 1
    ]
    found += [f"{table}: missing {key}" for key in expected.keys() - actual.keys()]
    found += [f"{table}: extra {key}" for key in actual.keys() - expected.keys()]
    for key in expected.keys() & actual.keys():
        for name, value in expected[key].items():
            if not _same(value, actual[key][name]):
                found.append(f"{table} {key} {name}: should be {value}, is {actual[key][name]}")
    return found


def _same(expected: Any, actual: Any) -> bool:
    if isinstance(expected, Fraction) and actual is not None:
        return abs(float(expected) - actual) <= TOLERANCE
    if isinstance(expected, Decimal) and actual is not None:
        return expected == Decimal(str(actual))
    return bool(expected == actual)


@hypothesis_settings(max_examples=4, derandomize=True, **QUIET)
@given(plan=plans)
def test_monthly_scores_of_random_seasons(plan: Plan) -> None:
    assert not differences(plan)


def test_monthly_scores_of_a_season_with_everything_in_it() -> None:
    plan = Plan(seed=5, as_of=11, officers=25, records=300, agencies=len(AGENCIES), quirks=frozenset(QUIRKS))
    assert not differences(plan)


@pytest.mark.parametrize(
    ("module", "name", "value"),
    [
        ("oracle.records.IN_TIME", "timeliness", timedelta(hours=48)),
        ("oracle.scores.RECORD_MONTHS", "is_record_month", range(5, 12)),
        ("oracle.scores.LAST_ACTIVITY_MONTH", "region_activity_rate", 10),
    ],
)
def test_a_difference_would_be_seen(
    monkeypatch: pytest.MonkeyPatch, module: str, name: str, value: object
) -> None:
    """Where the calculation is changed, the comparison says so: it does not pass for want of looking."""
    monkeypatch.setattr(module, value)
    plan = Plan(seed=1, as_of=11, officers=6, records=60, agencies=3, quirks=frozenset({"boundary"}))
    assert any(name in line for line in differences(plan))


@pytest.mark.faults
@hypothesis_settings(max_examples=MANY, **QUIET)
@given(plan=plans)
def test_monthly_scores_of_many_random_seasons(plan: Plan) -> None:
    assert not differences(plan)

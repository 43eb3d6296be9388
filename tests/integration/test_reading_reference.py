"""The reference seasons as they are read, against their expected list of deliveries."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from assets.landing import Landing, land
from assets.warehouse import connect_warehouse
from checks.register import CONTRACTS
from checks.rulebook import load

ROOT = Path(__file__).parents[2]
SEASONS = ROOT / "tests" / "reference-season"
REFERENCE = load(ROOT / "sql" / "rulebook" / "xinjiang_2022").reference()
COUNTED = ("rows_below_header", "footer_rows", "blank_rows", "skipped_sheets", "ignored_columns")
OF_FILES = """
    SELECT file, coalesce(source, '') AS source, part.status, sum(rows_below_header), sum(footer_rows),
        sum(blank_rows), (
            SELECT string_agg(other.sheet, '、' ORDER BY other.sheet_no) FROM raw.content_part AS other
            WHERE other.content_id = any_value(delivery.content_id) AND other.status = 'skipped'
        ), flatten(list(ignored_columns ORDER BY sheet_no))
    FROM raw.delivery JOIN raw.content_part AS part USING (content_id)
    WHERE part.status <> 'skipped'
    GROUP BY ALL
"""


@pytest.fixture(scope="module", params=["a-messy-season", "b-damaged-season"])
def season(request: pytest.FixtureRequest):
    folder = SEASONS / request.param
    con = connect_warehouse(":memory:")
    landing = land(con, folder / "raw", REFERENCE)
    yield folder, con, landing
    con.close()


def test_every_file_is_what_it_is_expected_to_be(season) -> None:
    folder, con, _ = season
    with (folder / "expected" / "2022-11" / "delivery_file.csv").open(encoding="utf-8") as file:
        expected = {(row["file"], row["source"]): row for row in csv.DictReader(file)}
    found = {}
    for file, source, status, below, footers, blanks, skipped, ignored in con.execute(OF_FILES).fetchall():
        counts = (below, footers, blanks, skipped or "", "、".join(dict.fromkeys(ignored or [])))
        found[file, source] = (status, dict(zip(COUNTED, map(str, counts), strict=True)))
    assert set(found) == set(expected)
    for key, (status, counts) in found.items():
        wanted = expected[key]
        assert status == wanted["status"], key
        assert {name: count for name, count in counts.items() if wanted[name] != "*"} == {
            name: wanted[name] for name in COUNTED if wanted[name] != "*"
        }, key


def test_rows_are_accounted_for(season) -> None:
    _, con, landing = season
    stored = sum(con.execute(f"SELECT count(*) FROM raw.{source}").fetchone()[0] for source in CONTRACTS)
    assert stored == landing.rows
    left = con.execute(
        """
        SELECT sum(rows_below_header - footer_rows - blank_rows) FROM raw.content_part
        WHERE status = 'accepted'
        """
    ).fetchone()
    assert left == (stored,)


def test_every_refusal_has_a_reason_in_chinese(season) -> None:
    _, _, landing = season
    assert all(re.search("[\u4e00-\u9fff]", reason) for reason in landing.refused.values())


def test_nothing_is_read_twice(season) -> None:
    folder, con, _ = season
    again: Landing = land(con, folder / "raw", REFERENCE, through=date(2022, 6, 1))
    assert (again.opened, again.is_changed) == (0, False)


def test_no_unknown_column_is_stored(season) -> None:
    _, con, _ = season
    for source, contract in CONTRACTS.items():
        stored = [name for name, *_ in con.execute(f"DESCRIBE raw.{source}").fetchall()]
        assert stored == [name for name, _ in contract.duckdb_columns()]

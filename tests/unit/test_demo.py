"""The demo season: deterministic, marked, and as rich as it is said to be."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

import numpy as np
import pytest

from assets import demo
from assets.demo import returns, world
from assets.demo.codes import credit_codes, stream
from assets.demo.files import Writer
from assets.demo.marker import RealDeliveriesError
from checks.register import CONTRACTS

TEXT_ENCODINGS = ("utf-8-sig", "gb18030", "utf-16")


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, demo.DemoReport]:
    raw = tmp_path_factory.mktemp("raw")
    return raw, demo.write_season(raw, scale="small", seed=7)


def hashes(raw: Path) -> dict[str, str]:
    files = (p for p in raw.rglob("*") if p.is_file())
    return {p.relative_to(raw).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def rows_of(path: Path) -> list[list[str]]:
    for encoding in TEXT_ENCODINGS:
        try:
            text = path.read_bytes().decode(encoding)
        except UnicodeError:
            continue
        header = next(
            line for line in text.splitlines() if demo.MARKER_COLUMN in line.split("\t")[-1].split(",")[-1]
        )
        separator = "\t" if "\t" in header else ","
        return list(csv.reader(io.StringIO(text), delimiter=separator))
    msg = f"no encoding fits {path}"
    raise AssertionError(msg)


def test_same_seed_gives_the_same_bytes_and_another_gives_others(
    season: tuple[Path, demo.DemoReport], tmp_path: Path
) -> None:
    raw, report = season
    again = demo.write_season(tmp_path / "again", scale="small", seed=7)
    other = demo.write_season(tmp_path / "other", scale="small", seed=8, months=["2022-03"])
    assert again == report
    assert hashes(tmp_path / "again") == hashes(raw)
    assert other.seed == 8
    kept = {name: value for name, value in hashes(tmp_path / "other").items() if name.startswith("2022-03/")}
    assert kept
    assert not set(kept.values()) & set(hashes(raw).values())


def test_a_month_alone_is_the_month_of_the_whole_season(
    season: tuple[Path, demo.DemoReport], tmp_path: Path
) -> None:
    demo.write_season(tmp_path, scale="small", seed=7, months=["2022-04"])
    whole = {name: value for name, value in hashes(season[0]).items() if name.startswith("2022-04/")}
    assert {n: v for n, v in hashes(tmp_path).items() if n != demo.MARKER} == whole


def test_the_report_counts_what_was_written(season: tuple[Path, demo.DemoReport]) -> None:
    raw, report = season
    files = [p for p in raw.rglob("*") if p.is_file() and p.name != demo.MARKER]
    assert report.files == len(files)
    assert report.size == sum(p.stat().st_size for p in files)
    assert {p.name for p in raw.iterdir() if p.is_dir()} == set(demo.SEASON_MONTHS) == set(report.months)


def test_every_text_table_carries_the_mark(season: tuple[Path, demo.DemoReport]) -> None:
    tables = [p for p in season[0].rglob("*") if p.suffix in (".csv", ".tsv", ".txt") and p.stat().st_size]
    assert len(tables) > 50
    for path in tables:
        header = next(row for row in rows_of(path) if len(row) > 3)
        assert header[-1] == demo.MARKER_COLUMN, path


def test_the_season_has_the_faults_that_offices_make(season: tuple[Path, demo.DemoReport]) -> None:
    raw, report = season
    assert report.forgotten_roster == "653200"
    assert not list((raw / "2022-08" / "名册").glob("*653200*"))
    assert list((raw / "2022-07" / "名册").glob("*653200*"))
    assert list((raw / "2022-06" / "检查记录").glob("* (2).csv"))
    assert list(raw.glob("2022-04/*.pdf"))
    assert (raw / "2022-09/检查记录/空白.csv").stat().st_size == 0
    assert list(raw.rglob("*更正1*"))
    header = rows_of(raw / "2022-06/检查记录/检查记录_缺执法证号.csv")[0]
    assert "执法证号" not in header
    assert "检查记录编号" in header


def test_the_late_counties_upload_late_in_june(season: tuple[Path, demo.DemoReport]) -> None:
    report = season[1]
    drawn = world.World(7, 2022, ["6504", "6505", "6532"], with_corps=False).clean_records[6]
    late = (drawn["uploaded_at"] - drawn["ended_at"]).dt.total_hours() >= 72
    there = drawn["agency_code"].is_in(report.late_counties)
    assert 0.4 < late.filter(there).mean() < 0.8
    assert late.filter(~there).mean() < 0.1


def test_autumn_is_quiet() -> None:
    records = world.World(7, 2022, ["6504", "6505", "6532"], with_corps=False).clean_records
    assert (
        max(records[m].height for m in (8, 9, 10, 11)) < min(records[m].height for m in (4, 5, 6, 7)) * 0.75
    )


def test_enumerations_are_written_as_the_contracts_name_them() -> None:
    season = world.World(7, 2022, ["6504", "6505", "6532"], with_corps=False)
    clean = season.clean_records[5]
    for column in CONTRACTS["inspection_records"].columns:
        if column.values:
            assert set(clean[column.name].drop_nulls()) <= set(column.values)
    nominated = returns.nominations(season)
    kind = next(c for c in CONTRACTS["nominations"].columns if c.name == "nomination_kind")
    assert set(nominated["nomination_kind"]) == set(kind.values)


def test_credit_codes_are_valid_by_gb_32100() -> None:
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    codes = credit_codes(stream(1, "codes"), np.array(["650102", "654326"] * 50))
    assert len(set(codes)) == 100
    for code in codes:
        total = sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate(code[:17]))
        assert alphabet[(31 - total % 31) % 31] == code[17]
    # A code printed in GB 32100-2015's own example of the calculation.
    assert (
        alphabet[
            (31 - sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate("91350100M000100Y4")) % 31) % 31
        ]
        == "3"
    )


def test_a_new_demo_season_takes_the_place_of_the_last(tmp_path: Path) -> None:
    demo.write_season(tmp_path, scale="small", seed=7, months=["2022-01", "2022-02"])
    demo.write_season(tmp_path, scale="small", seed=8, months=["2022-02"])
    assert not list((tmp_path / "2022-01").rglob("*.csv"))
    assert demo.is_demo(tmp_path)


def test_nothing_is_written_beside_real_deliveries(tmp_path: Path) -> None:
    (tmp_path / "2022-01").mkdir()
    (tmp_path / "2022-01" / "检查记录.csv").write_text("检查记录编号\n", encoding="utf-8")
    with pytest.raises(RealDeliveriesError, match=r"2022-01/检查记录\.csv"):
        demo.write_season(tmp_path, scale="small")
    assert not demo.is_demo(tmp_path)
    assert len(list(tmp_path.rglob("*.csv"))) == 1


@pytest.mark.parametrize("months", [["2022-13"], ["2022"], ["2021-12", "2022-01"], ["五月"]])
def test_months_must_be_months_of_one_year(tmp_path: Path, months: list[str]) -> None:
    with pytest.raises(ValueError, match="月份"):
        demo.write_season(tmp_path, scale="small", months=months)


@pytest.mark.parametrize(("ending", "encoding"), [("csv", "utf-8"), ("csv", "gb18030"), ("xlsx", "utf-8")])
def test_bulk_writes_what_was_asked_for(tmp_path: Path, ending: str, encoding: str) -> None:
    volume = demo.Volume(
        records=1000, officers=500, files=3, months=("2022-05", "2022-06"), encoding=encoding, ending=ending
    )
    written = demo.write_bulk(Writer(tmp_path), volume)
    files = list(tmp_path.rglob(f"检查记录_*.{ending}"))
    assert len(files) == 3
    assert written.records == 1000
    if ending == "csv":
        numbers = [row[0] for path in files for row in rows_of(path)[1:] if row[0].startswith("JC")]
        assert 950 <= len(numbers) <= 1000  # a few lost their number: that is one of the slips
        assert len(numbers) == len(set(numbers))


def test_nominees_from_the_office_have_done_nothing_and_so_end_with_equal_totals() -> None:
    season = world.World(7, 2022, ["6504", "6505", "6532"], with_corps=False)
    desk = season.rosters[11].filter("is_desk")["cert_no"].to_list()
    assert set(desk) & set(returns.nominations(season)["officer_cert_no"].drop_nulls())
    for records in season.clean_records.values():
        assert not set(desk) & set(records["inspector_cert_nos"].explode())

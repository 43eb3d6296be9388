"""The self-check says of a file what a refresh says of it, in the same rules and words."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import fastexcel
import openpyxl
import polars as pl
import pytest

from assets.deliveries.exchange import WHOLE_FILE
from assets.deliveries.limits import Limits
from assets.deliveries.reading import read_content
from assets.landing import FileReading
from checks.register import CONTRACTS, RULES
from checks.rulebook import load
from pipelines.selfcheck import JUDGED_HERE, check_files, judge, render, run_check

ROOT = Path(__file__).parents[2]
RULEBOOK = ROOT / "sql/rulebook/xinjiang_2022"
SEASONS = ROOT / "tests/reference-season"
IN_SQL = {rule.rule_id for rule in RULES if rule.in_sql} - JUDGED_HERE
FATAL_IN_SQL = {rule.rule_id for rule in RULES if rule.rule_id in IN_SQL and rule.severity == "fatal"}
EVERY = 6  # of the season's files one in six, so that the test takes seconds
HEADER = (
    "检查记录编号,检查类型,检查方式,填报单位区划代码,检查对象名称,统一社会信用代码,经度,纬度,"
    "检查开始时间,检查结束时间,上传时间,检查人员,执法证号,是否发现问题,上传终端,记录状态,照片数量"
)
RECORD = (
    "JC65010020220403{number:05d},日常检查,现场检查,650100,某厂,91650100MA7777777K,87.6,43.8,"
    "2022-04-03 08:05,2022-04-03 09:00,{uploaded},甲、乙,01、02,否,移动端,有效,3"
)


@pytest.fixture(scope="module")
def reference():
    return load(RULEBOOK).reference()


def reading_of(path: Path, reference) -> FileReading:
    """What reading gives for a file, without the processes around it."""
    found = read_content(
        path.read_bytes(), CONTRACTS, Limits(), int(reference.quality["header_rows_searched"]), 1
    )
    tables: dict[str, list[pl.DataFrame]] = defaultdict(list)
    for source, table in found.tables:
        tables[source].append(table)
    judged = {
        source: CONTRACTS[source].validate(pl.concat(parts), reference) for source, parts in tables.items()
    }
    issues = [v.issues.select(pl.lit(source).alias("source"), pl.all()) for source, v in judged.items()]
    return FileReading(
        tuple(found.parts),
        {source: v.rows for source, v in judged.items()},
        pl.concat(issues) if issues else pl.DataFrame(),
    )


def table(season: str, name: str) -> list[dict[str, str]]:
    with (SEASONS / season / "expected" / "2022-11" / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def replaced_within(season: str) -> set[tuple[str, str, int]]:
    """Rows that a later row of the same file replaces: they are listed by a refresh, not by a self-check."""
    places = defaultdict(list)
    order = {}
    for row in table(season, "superseded_row"):
        key = (row["source"], row["business_key"])
        for prefix in ("", "replaced_by_"):
            place = (row[f"{prefix}file"], row[f"{prefix}sheet"], int(row[f"{prefix}row_number"]))
            places[key, place[0]].append(place)
            order[place] = place[2]
    return {
        place for same in places.values() for place in set(same) if order[place] < max(order[p] for p in same)
    }


@pytest.mark.parametrize("season", ["a-messy-season", "b-damaged-season"])
def test_it_says_of_each_file_what_a_refresh_says(season, reference):
    expected = defaultdict(set)
    hidden = defaultdict(set)
    replaced = replaced_within(season)
    for row in table(season, "quality_issue"):
        place = (row["file"], row["sheet"], int(row["row_number"]))
        if row["rule_id"] in FATAL_IN_SQL:
            hidden[row["file"]].add(place)
        elif row["rule_id"] not in IN_SQL and place not in replaced:
            expected[row["file"]].add((*place, row["rule_id"]))
    accepted = {row["file"] for row in table(season, "delivery_file") if row["status"] == "accepted"}
    compared = 0
    for file in sorted(accepted)[::EVERY]:
        checked = judge(Path(file).name, reading_of(SEASONS / season / "raw" / file, reference), reference)
        found = {
            (file, f.sheet or "", f.row_number, f.rule_id)
            for f in checked.findings
            if (file, f.sheet or "", f.row_number) not in hidden[file]
        }
        # A certificate may be shared with an officer of another file: that a single file cannot show.
        elsewhere = {place for place in expected[file] - found if place[3] == "OR-F2"}
        assert found == expected[file] - elsewhere, file
        compared += len(found)
    assert compared > 400 // EVERY


def write(path: Path, *rows: str, encoding: str = "utf-8") -> Path:
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding=encoding)
    return path


def record(number: int, uploaded: str = "2022-04-03 10:00") -> str:
    return RECORD.format(number=number, uploaded=uploaded)


def test_a_clean_file_ends_with_0(tmp_path, reference, capsys):
    path = write(tmp_path / "检查记录.csv", record(1), record(2))
    assert run_check([path], None, RULEBOOK) == 0
    said = capsys.readouterr().out
    assert "检查记录，表头在第 1 行，其下 2 行：可用 2，强制性错误 0，重复 0" in said
    assert "检查通过" in said
    assert "IR-E5、IR-F5" in said


def test_findings_end_with_4_and_stand_in_the_workbook(tmp_path, capsys):
    late = record(2, "2022-04-07 10:00")
    odd = record(3).replace("JC65010020220403", "=JC")
    path = write(tmp_path / "检查记录.csv", record(1), late, odd, encoding="gb18030")
    assert run_check([path], tmp_path / "out.xlsx", RULEBOOK) == 4
    said = capsys.readouterr().out
    assert "IR-T1" in said
    assert "第 3 行" in said
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    rows = list(book["问题清单"].iter_rows(min_row=2, values_only=True))
    assert {(row[2], row[7]) for row in rows} == {(3, "IR-T1"), (4, "IR-E1")}
    cells = [cell for row in book["问题清单"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    again = fastexcel.read_excel(tmp_path / "out.xlsx").load_sheet("问题清单").to_polars()
    assert "=JC00003" in again["填报内容"].to_list()


def test_repeats_are_counted_and_a_contradiction_is_found(tmp_path, reference):
    changed = record(1).replace("某厂", "某矿")
    (file,) = check_files(
        [write(tmp_path / "a.csv", record(1), record(2), record(2), changed)], reference
    ).files
    assert [(f.rule_id, f.row_number) for f in file.findings] == [("D01", 5)]
    assert (file.parts[0].accepted_rows, file.parts[0].duplicate_rows) == (2, 2)


def test_a_row_with_a_fatal_error_shows_only_that(tmp_path, reference):
    bad = record(1).replace("有效", "作废").replace("甲、乙", "甲")
    (file,) = check_files([write(tmp_path / "a.csv", bad)], reference).files
    assert [f.rule_id for f in file.findings] == ["IR-E3"]
    assert file.parts[0].quarantined_rows == 1


def test_a_certificate_of_two_officers_in_one_roster(tmp_path, reference):
    path = tmp_path / "名册.csv"
    rows = [
        f"2022-04,A{n},某人,650100,是,是,{cert},2020-01-01,2025-01-01"
        for n, cert in ((1, "X"), (2, "X"), (3, "Y"))
    ]
    header = "统计月份,人员编号,姓名,所属单位区划代码,是否在编,是否在岗,执法证号,证件有效期起,证件有效期止"
    path.write_text("\n".join([header, *rows]), encoding="utf-8")
    (file,) = check_files([path], reference).files
    assert [(f.rule_id, f.row_number) for f in file.findings] == [("OR-F2", 2), ("OR-F2", 3)]


def test_a_missing_column_is_named_and_ends_with_3(tmp_path, capsys):
    path = tmp_path / "检查记录.csv"
    path.write_text(HEADER.replace("经度,", "") + "\n", encoding="utf-8")
    assert run_check([path], None, RULEBOOK) == 3
    said = capsys.readouterr().out
    assert "整个文件：无法识别" in said
    assert "经度" in said


def test_an_absent_file_ends_with_3(tmp_path, capsys):
    assert run_check([tmp_path / "无.csv"], None, RULEBOOK) == 3
    assert "找不到文件" in capsys.readouterr().err


def test_ignored_columns_are_named(tmp_path, reference):
    path = tmp_path / "a.csv"
    path.write_text(f"{HEADER},身份证号\n{record(1)},650102199001010000\n", encoding="utf-8")
    check = check_files([path], reference)
    said = render(check)
    assert check.ending == 0
    assert "未读取的列：身份证号" in said
    assert "650102199001010000" not in said


def test_the_whole_file_part_is_the_one_without_a_sheet(reference):
    damaged = sorted((SEASONS / "b-damaged-season" / "raw").rglob("*缺列*"))
    assert damaged
    assert all(p.sheet_no == WHOLE_FILE for path in damaged for p in reading_of(path, reference).parts)

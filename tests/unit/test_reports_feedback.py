"""Problem lists: every failing row once, with all its rules; nothing in a workbook can come alive."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import duckdb
import fastexcel
import openpyxl
import polars as pl
import pytest
import reports_season
from openpyxl.worksheet.worksheet import Worksheet

from reports import feedback, words
from reports.queries.connection import open_snapshot
from reports.shared_texts import CELL_LIMIT
from reports.sheet_rows import column_letters
from reports.workbook import Column, Workbook, file_name

HOSTILE = [
    '=HYPERLINK("x")',
    "+1+1",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "{=1}",
    "007",
    "1E5",
    "2022-04-03",
    "http://x",
    "TRUE",
    "<b>&amp;</b>",
    "第一行\n第二行 ",
    "𠀀·乙",
]
FIGURES = ("severity", "own_points", "prefecture_points", "officer_points", "officers")
# A carriage return becomes the line break of a cell.
SHOWN = [text.replace("\r", "\n") for text in HOSTILE]


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = reports_season.build(tmp_path_factory.mktemp("season") / "marts.duckdb")
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{path}' AS season")
        con.execute(
            """UPDATE season.marts.quality_issue SET business_key = '=1+1', value = '@SUM(A1)'
               WHERE rule_id = 'IR-C1'"""
        )
        con.execute(
            "UPDATE season.marts.quality_issue SET business_key = repeat('长', 40000) WHERE rule_id = 'IR-E1'"
        )
    return path


@pytest.fixture(scope="module")
def written(season: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return feedback.write(open_snapshot(season), tmp_path_factory.mktemp("reports"))


@pytest.fixture(scope="module")
def sheets(written: list[Path]) -> dict[tuple[str, str], Worksheet]:
    return {
        (path.stem, sheet.title): sheet
        for path in written
        for sheet in openpyxl.load_workbook(path).worksheets
    }


def lists(sheets: dict[tuple[str, str], Worksheet]) -> dict[tuple[str, str], list[tuple[object, ...]]]:
    return {key: list(sheet.values)[1:] for key, sheet in sheets.items() if key[1] != "汇总"}


def test_one_workbook_a_prefecture_and_one_for_the_others(written: list[Path]) -> None:
    assert len(written) == 15
    assert written[0].name == "问题清单_650100_乌鲁木齐市.xlsx"
    assert written[-1].name == "问题清单_其他.xlsx"


def test_a_sheet_a_county_and_one_for_the_own_agency(sheets: dict[tuple[str, str], Worksheet]) -> None:
    names = [sheet for book, sheet in sheets if book == "问题清单_652800_巴音郭楞蒙古自治州"]
    assert names[:3] == ["汇总", "巴音郭楞蒙古自治州本级", "库尔勒市"]
    assert len(sheets) == 15 + 14 + 96 + 2
    assert [sheet for book, sheet in sheets if book == "问题清单_其他"] == [
        "汇总",
        "自治区本级",
        "未列明参评地区",
    ]


def test_every_failing_row_stands_once(season: Path, sheets: dict[tuple[str, str], Worksheet]) -> None:
    con = open_snapshot(season)
    rows = con.execute(
        "SELECT DISTINCT file, sheet, row_number FROM marts.quality_issue WHERE NOT superseded"
    ).fetchall()
    listed = [row[1:4] for part in lists(sheets).values() for row in part]
    assert len(listed) == len(rows) > 500
    assert set(listed) == set(rows)


def test_all_rules_of_a_row_stand_together(season: Path, sheets: dict[tuple[str, str], Worksheet]) -> None:
    con = open_snapshot(season)
    rules = dict(
        con.execute(
            """SELECT (file, coalesce(sheet, ''), row_number), list(DISTINCT rule_id ORDER BY rule_id)
               FROM marts.quality_issue WHERE NOT superseded
               GROUP BY ALL HAVING count(DISTINCT rule_id) > 1"""
        ).fetchall()
    )
    assert rules
    shown = {
        (row[1], row[2] or "", row[3]): (row[7], row[8]) for part in lists(sheets).values() for row in part
    }
    for place, ids in rules.items():
        listed, messages = shown[place]
        assert listed == "、".join(ids)
        assert all(f"{rule} " in str(messages) for rule in ids)


def test_words_of_severity_and_consequence(season: Path, sheets: dict[tuple[str, str], Worksheet]) -> None:
    rows = [row for part in lists(sheets).values() for row in part]
    by_severity = {word: {row[10] for row in rows if row[5] == word} for word in {row[5] for row in rows}}
    assert by_severity["强制性错误：不计分，须更正"] == {"不计分，更正后方可计分"}
    assert any(str(text).startswith("更正可挽回 0.") for text in by_severity["质量问题：计分但扣分"])
    assert "不影响得分" in by_severity["提示"]
    con = open_snapshot(season)
    at_stake = con.execute(
        """SELECT sum(p.points_at_stake) FROM marts.points_at_stake AS p
           JOIN marts.division AS d ON d.code = p.entity_id WHERE d.level = 'county'"""
    ).fetchone()
    counties = sum(
        row[9] or 0
        for (_, sheet), part in lists(sheets).items()
        if not sheet.endswith("本级")
        for row in part  # type: ignore[misc]
    )
    assert at_stake == (pytest.approx(counties),)


def test_sorted_by_points_at_stake(sheets: dict[tuple[str, str], Worksheet]) -> None:
    for part in lists(sheets).values():
        points = [row[9] or 0 for row in part]
        assert points == sorted(points, reverse=True)


def test_cover_counts_what_the_sheets_hold(sheets: dict[tuple[str, str], Worksheet]) -> None:
    book = "问题清单_652800_巴音郭楞蒙古自治州"
    cover = {row[0]: row[1:] for row in sheets[book, "汇总"].values if isinstance(row[4], int | float)}
    parts = {sheet: part for (name, sheet), part in lists(sheets).items() if name == book}
    assert {sheet: row[3] for sheet, row in cover.items()} == {
        sheet: len(part) for sheet, part in parts.items()
    }
    assert all(sum(row[:3]) == row[3] for row in cover.values())
    texts = [str(cell) for row in sheets[book, "汇总"].values for cell in row if cell]
    assert "演示数据" in texts
    assert "截至 2022-11（正式成绩所依据的数据）" in texts


def test_header_frozen_filtered_and_reply_columns_blank(sheets: dict[tuple[str, str], Worksheet]) -> None:
    sheet = sheets["问题清单_652800_巴音郭楞蒙古自治州", "库尔勒市"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:O{sheet.max_row}"
    assert [cell.value for cell in sheet[1]][11:] == ["整改情况", "情况说明", "整改人", "整改日期"]
    assert {cell.value for row in sheet.iter_rows(min_row=2, min_col=12) for cell in row} == {None}


def test_no_formula_and_long_texts_say_that_they_were_cut(sheets: dict[tuple[str, str], Worksheet]) -> None:
    kinds = {cell.data_type for sheet in sheets.values() for row in sheet.iter_rows() for cell in row}
    assert kinds == {"s", "n"}
    keys = {str(row[4]) for part in lists(sheets).values() for row in part}
    assert "=1+1" in keys
    assert any(len(key) == CELL_LIMIT and key.endswith("已截断）") for key in keys)


def test_same_snapshot_same_bytes(season: Path, written: list[Path], tmp_path: Path) -> None:
    again = feedback.write(open_snapshot(season), tmp_path)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in written]


def test_inert_in_two_libraries(tmp_path: Path) -> None:
    path = tmp_path / "inert.xlsx"
    with Workbook(path, date(2022, 11, 1)) as book:
        book.add_table("a/b:[c]*?", [Column("列", 20)], pl.DataFrame({"列": HOSTILE}), "")
        book.add_table("A/B:[C]*?", [Column("列", 20)], pl.DataFrame({"列": []}, {"列": pl.String}), "")
    loaded = openpyxl.load_workbook(path)
    assert loaded.sheetnames == ["a_b__c___", "A_B__C___（2）"]
    cells = [row[0] for row in loaded.worksheets[0].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == SHOWN
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.number_format == "@" and cell.quotePrefix for cell in cells)
    read = fastexcel.read_excel(path).load_sheet(0, dtypes="string").to_polars()
    assert list(read["列"]) == SHOWN


def test_file_names_hold_nothing_special() -> None:
    assert file_name("问题清单", "", "a/b\\c:d\n.xlsx") == "问题清单_a_b_c_d_.xlsx"


def test_sheets_written_together_hold_the_cells_of_their_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.sheet_rows.PIECE", 4)
    schema = {"文": pl.String, "数": pl.Float64, "空": pl.String}
    tables = [
        pl.DataFrame(
            {
                "文": [None if row % 3 == 1 else f"第 {row} 行 & 其他" for row in range(height)],
                "数": [None if row % 4 == 2 else row / 4 for row in range(height)],
                "空": [None] * height,
            },
            schema=schema,
        )
        for height in (0, 3, 9, 0, 1, 4, 2)
    ]
    other = pl.DataFrame({"另": ["表"]})
    path = tmp_path / "together.xlsx"
    columns = [Column("文", 20), Column("数", 9), Column("空", 9), Column("整改情况", 9, ("是",))]
    with Workbook(path, date(2022, 11, 1)) as book:
        for number, table in enumerate(tables):
            book.add_table(f"表{number}", columns, table, "")
        book.add_table("另", [Column("另", 9)], other, "")
    sheets = openpyxl.load_workbook(path).worksheets
    read = fastexcel.read_excel(path)
    for number, table in enumerate(tables):
        assert [row[:3] for row in sheets[number].iter_rows(min_row=2, values_only=True)] == table.rows()
        filled = [cell for row in sheets[number].iter_rows(min_row=2, max_col=2) for cell in row]
        assert [cell.number_format for cell in filled] == ["@", "0.####"] * table.height
        text = read.load_sheet(number).to_polars()["文"] if table.height else []
        assert list(text) == table["文"].to_list()
    assert list(sheets[-1].values) == [("另",), ("表",)]


@pytest.mark.parametrize("points", [0.25, 0.5, 0.0104, 1 / 3, 0.123, 1.5, 0.00004, 2.0, 0.1 + 0.2])
def test_the_list_says_points_as_explanations_do(points: float) -> None:
    row = {
        "severity": "problem",
        "own_points": points,
        "prefecture_points": None,
        "officer_points": None,
        "officers": 0,
    }
    schema = {"prefecture_points": pl.Float64, "officer_points": pl.Float64}
    shown = pl.DataFrame([row], schema_overrides=schema).select(feedback.consequence()).item()
    assert shown == words.at_stake(points)


def test_equal_consequences_are_said_as_each_would_be() -> None:
    figures = [None, 0.0, 0.00001, 0.00004, 0.25, 0.250001, 1 / 3]
    rows = pl.DataFrame(
        [
            dict(zip(FIGURES, (severity, own, above, of, n), strict=True))
            for severity in ("fatal", "problem")
            for own in figures
            for above in figures
            for of, n in ((None, 0), (None, None), (0.5, 2), (0.50001, 2), (0.5, 3))
        ],
        infer_schema_length=None,
    )
    rest = ("source", "file", "sheet", "row_number", "business_key", "dimensions", "rules", "messages")
    rows = rows.with_columns(pl.lit("").alias(name) for name in rest)
    each = rows.select(feedback.consequence().alias("consequence"))["consequence"]
    assert feedback.cells(rows)["consequence"].to_list() == each.to_list()


def test_what_xml_cannot_hold_is_shown_as_such(tmp_path: Path) -> None:
    path = tmp_path / "control.xlsx"
    with Workbook(path, date(2022, 11, 1)) as book:
        book.add_table("表", [Column("列", 20)], pl.DataFrame({"列": ["a\x00b\x0bc\uffff", None]}), "")
    assert list(openpyxl.load_workbook(path).worksheets[0].values) == [("列",), ("a�b�c�",), (None,)]


def test_what_looks_like_an_escape_is_none(tmp_path: Path) -> None:
    path = tmp_path / "escape.xlsx"
    with Workbook(path, date(2022, 11, 1)) as book:
        book.add_table("表", [Column("列", 20)], pl.DataFrame({"列": ["_x000A_"]}), "")
    assert list(fastexcel.read_excel(path).load_sheet(0).to_polars()["列"]) == ["_x000A_"]


def test_a_text_stands_once_in_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "once.xlsx"
    texts = pl.DataFrame({"列": ["甲", None, "乙", "甲"], "又": ["乙", "甲", "", "丙"]})
    with Workbook(path, date(2022, 11, 1)) as book:
        book.add_table("一", [Column("列", 20), Column("又", 20)], texts, "")
        book.add_table("二", [Column("列", 20), Column("又", 20)], texts.reverse(), "")
    with zipfile.ZipFile(path) as file:
        shared = file.read("xl/sharedStrings.xml").decode()
    assert 'count="18" uniqueCount="6"' in shared  # two headers and four texts; in four and 14 cells
    assert shared.count("<si>") == 6
    assert [shared.count(f">{text}<") for text in ("甲", "乙", "丙")] == [1, 1, 1]


def test_column_letters() -> None:
    assert [column_letters(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_full_sheet_goes_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.workbook.ROW_LIMIT", 3)
    path = tmp_path / "full.xlsx"
    with Workbook(path, date(2022, 11, 1)) as book:
        book.add_table("表", [Column("列", 20)], pl.DataFrame({"列": ["a", "b", "c"]}), "")
    loaded = openpyxl.load_workbook(path)
    assert {sheet.title: [row[0] for row in sheet.values] for sheet in loaded.worksheets} == {
        "表": ["列", "a", "b"],
        "表（2）": ["列", "c"],
    }

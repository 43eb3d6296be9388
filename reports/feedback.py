"""问题清单: what each bureau must correct, one workbook for each prefecture and one for all others.

A row of a sheet is a failing row of a delivery that was not replaced since, with all its rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from reports import words
from reports.queries import scores, stakes
from reports.workbook import Column, Workbook, file_name

REPLIES = ("已更正并重新报送", "正在核实", "情况属实，无法更正")
COLUMNS = (
    Column("数据来源", 14),
    Column("文件", 34),
    Column("工作表", 12),
    Column("行号", 7),
    Column("业务编号", 26),
    Column("严重程度", 24),
    Column("维度", 10),
    Column("规则编号", 14),
    Column("存在问题与更正办法", 60),
    Column("本单位可挽回分值", 10),
    Column("更正后果", 34),
    Column("整改情况", 18, REPLIES),
    Column("情况说明", 24),
    Column("整改人", 10),
    Column("整改日期", 12),
)
COVER_COLUMNS = (
    "单位",
    "强制性错误（行）",
    "质量问题（行）",
    "提示（行）",
    "合计（行）",
    "本单位可挽回分值合计",
    "已由后续报送更正（行）",
)
COVER_WIDTHS = (26, 12, 12, 12, 12, 14, 16)
LEAST = 1e-9  # points
OTHERS = "其他"
REGION_SHEET = "自治区本级"
UNNAMED_SHEET = "未列明参评地区"
SIDE_BY_SIDE = 2  # packing and queries leave the interpreter to the other
GUIDE = (
    "每一行是一条有问题的填报记录，按更正后可挽回的分值从高到低排列；同一行违反的全部规则列在一起。",
    f"强制性错误：{words.NOT_COUNTED}；质量问题：记录计分，但按月问题占比扣分；提示：不影响得分。",
    "“本单位可挽回分值”是该行单独更正时，当月扣分在本单位问题记录中平均分摊的一份。",
    "请在数据来源系统中更正后，把更正的行按原业务编号重新报送；本清单中的整改栏供反馈使用。",
)


@dataclass(frozen=True)
class _Sheet:
    """A bureau's part of a workbook: the cells of its failing rows, and how many were corrected since."""

    name: str
    rows: pl.DataFrame
    corrected: int


def write(con: duckdb.DuckDBPyConnection, out: Path) -> list[Path]:
    """Write the problem lists of an open snapshot into `out` (made if it is missing).

    Returns:
        The workbooks written, one for each prefecture of the appraisal, then 其他.

    Raises:
        OSError: `out` cannot be written.
    """
    facts = scores.snapshot_facts(con)
    stakes.add_up(con)
    corrected = stakes.corrected_rows(con)
    divisions = stakes.divisions(con)
    out.mkdir(parents=True, exist_ok=True)

    def write_list(prefecture: Mapping[str, Any] | None) -> Path:
        with con.cursor() as cursor:
            if prefecture is None:
                known = {row["code"] for row in divisions}
                return _workbook(out, "", OTHERS, _others(cursor, corrected, known), facts)
            sheets = _sheets(cursor, corrected, divisions, prefecture["code"])
            return _workbook(out, prefecture["code"], prefecture["name"], sheets, facts)

    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:  # one list at a time in memory for each
        prefectures = [row for row in divisions if row["level"] == "prefecture"]
        return list(pool.map(write_list, [*prefectures, None]))


def _sheets(
    con: duckdb.DuckDBPyConnection,
    corrected: Mapping[str | None, int],
    divisions: Sequence[Mapping[str, Any]],
    prefecture: str,
) -> list[_Sheet]:
    """A sheet for each bureau of a prefecture."""
    failing = stakes.problem_list(con, prefecture)
    listed = cells(failing)
    spans = _spans(failing["bureau_code"])
    return [
        _Sheet(_sheet_name(row), listed.slice(*spans.get(row["code"], (0, 0))), corrected.get(row["code"], 0))
        for row in divisions
        if row["prefecture_code"] == prefecture
    ]


def _others(
    con: duckdb.DuckDBPyConnection, corrected: Mapping[str | None, int], bureaus: set[str]
) -> list[_Sheet]:
    """The sheets of the rows that are no bureau's: the region's own agency, and what names none."""
    others = stakes.problem_list(con, None)
    listed = cells(others)
    regions = stakes.region_codes(con)
    is_region = others["region_code"].is_in(sorted(regions)).fill_null(value=False)
    known = bureaus | regions
    return [
        _Sheet(REGION_SHEET, listed.filter(is_region), sum(corrected.get(code, 0) for code in regions)),
        _Sheet(
            UNNAMED_SHEET,
            listed.filter(~is_region),
            sum(count for code, count in corrected.items() if code not in known),
        ),
    ]


def _spans(ordered: pl.Series) -> dict[str | None, tuple[int, int]]:
    """Start and length of the stretches in which a column does not change, by its value."""
    lengths = ordered.rle().struct.unnest()
    starts = lengths["len"].cum_sum() - lengths["len"]
    return {
        value: (start, length)
        for value, start, length in zip(lengths["value"], starts, lengths["len"], strict=True)
    }


def _sheet_name(division: Mapping[str, Any]) -> str:
    return f"{division['name']}本级" if division["level"] == "prefecture" else division["name"]


def _workbook(out: Path, code: str, name: str, sheets: list[_Sheet], facts: Mapping[str, Any]) -> Path:
    as_of: date = facts["as_of_month"]
    path = out / file_name("问题清单", code, f"{name}.xlsx")
    mark = words.DEMO_MARK if facts["is_demo"] else ""
    with Workbook(path, as_of) as book:
        _cover(book, name, sheets, facts)
        for sheet in sheets:
            book.add_table(sheet.name, COLUMNS, sheet.rows, mark)
    return path


def _cover(book: Workbook, name: str, sheets: list[_Sheet], facts: Mapping[str, Any]) -> None:
    sheet = book.add_sheet("汇总")
    kind = "正式" if facts["is_final"] else "阶段"
    book.write_text(sheet, 0, f"{facts['season_year']} 年执法大练兵数据问题清单：{name}", book.title)
    book.write_text(sheet, 1, words.DEMO_MARK if facts["is_demo"] else "", book.mark)
    book.write_text(sheet, 2, f"截至 {words.month(facts['as_of_month'])}（{kind}成绩所依据的数据）")
    start = 3
    for number, text in enumerate(GUIDE, start=start):
        book.write_text(sheet, number, text)
    for number in range(start + len(GUIDE)):
        sheet.merge_range(number, 0, number, len(COVER_COLUMNS) - 1, None)
    header = start + len(GUIDE) + 1
    for index, (title, width) in enumerate(zip(COVER_COLUMNS, COVER_WIDTHS, strict=True)):
        sheet.set_column(index, index, width)
        sheet.write_string(header, index, title, book.header)
    for number, part in enumerate(sheets, start=header + 1):
        counts = [(part.rows["severity"] == word).sum() for word in words.SEVERITIES.values()]
        totals = [*counts, len(part.rows), part.rows["own_points"].sum(), part.corrected]
        book.write_row(sheet, number, [part.name, *totals])
    after = header + len(sheets) + 2
    book.write_text(sheet, after, f"规则 {facts['rulebook_id']}  程序 {facts['code_version'] or ''}")


def cells(rows: pl.DataFrame) -> pl.DataFrame:
    """The cells of failing rows in the order of `COLUMNS`; the reply columns stay blank."""
    return rows.select(
        pl.col("source").replace(words.SOURCES),
        "file",
        "sheet",
        "row_number",
        "business_key",
        pl.col("severity").replace(words.SEVERITIES),
        "dimensions",
        "rules",
        "messages",
        "own_points",
        _consequences(rows),
    )


def _consequences(rows: pl.DataFrame) -> pl.Series:
    """The consequence of each row; of those whose shown figures are the same, one is put into words."""
    figures = rows.select(
        "severity",
        "officers",
        # What is more than nothing but shown as 0.0000 is still said.
        *(
            pl.when(pl.col(name) > 0).then(pl.max_horizontal(pl.col(name).round(words.DECIMALS), LEAST))
            for name in ("own_points", "prefecture_points", "officer_points")
        ),
    )
    said = figures.unique().with_columns(consequence().alias("consequence"))
    found = figures.join(said, on=figures.columns, how="left", nulls_equal=True, maintain_order="left")
    return found["consequence"]


def consequence() -> pl.Expr:
    """What correcting a failing row changes: 更正可挽回 0.25 分, 不计分 …, or nothing."""
    own = _at_stake("own_points", "")
    prefecture = _at_stake("prefecture_points", "所属地州")
    officers = pl.concat_str(
        pl.lit("执法人员 "),
        pl.col("officers").cast(pl.String),
        pl.lit(" 人合计"),
        _at_stake("officer_points", ""),
    )
    together = pl.concat_str(own, prefecture, officers, separator="；", ignore_nulls=True)
    return (
        pl.when(pl.col("severity") == "fatal")
        .then(pl.lit(words.NOT_COUNTED))
        .when(together != "")
        .then(together)
        .otherwise(pl.lit("不影响得分"))
    )


def _at_stake(column: str, before: str) -> pl.Expr:
    """`words.at_stake` for a column of points, null where nothing is at stake."""
    digits = pl.col(column).round(words.DECIMALS).cast(pl.Decimal(18, words.DECIMALS)).cast(pl.String)
    shown = digits.str.replace(words.TRAILING_ZEROS.pattern, "${1}")
    return pl.when(pl.col(column) > 0).then(
        pl.concat_str(pl.lit(f"{before}{words.AT_STAKE} "), shown, pl.lit(" 分"))
    )

"""Tables on the pages and as files: Chinese headings, values kept, nothing that can act as a formula."""

from __future__ import annotations

import csv
import inspect
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import dashboard_season
import openpyxl
import polars as pl
import pytest
from openpyxl.utils.escape import unescape

from dashboard import downloads, explaining, labels, settings, tables
from reports.queries import activity, arrivals, awards, changes, quality, rules
from reports.queries.connection import open_snapshot

NASTY = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1", "plain", None, "http://a.b"]
FRAME = pl.DataFrame(
    {
        "month": [date(2022, 6, 1)] * len(NASTY),
        "region_code": ["650100"] * len(NASTY),
        "business_key": NASTY,
        "activity_rate": [0.123456789] * len(NASTY),
        "points": [Decimal("1.2345")] * len(NASTY),
        "is_vetoed": [True] * len(NASTY),
        "source": ["referrals"] * len(NASTY),
    }
)


def test_headings_codes_and_months_are_in_words_and_figures_keep_their_value() -> None:
    shown = tables.in_chinese(FRAME)
    assert shown.columns == ["月份", "区划代码", "业务编号", "活跃率", "得分", "一票否决", "数据类别"]
    first = shown.row(6, named=True)
    assert first == {
        "月份": "2022-06", "区划代码": "650100", "业务编号": "plain", "活跃率": 0.123456789, "得分": 1.2345,
        "一票否决": "是", "数据类别": "移送登记",
    }  # fmt: skip


def test_workbook_holds_the_values_as_they_are_and_no_formula() -> None:
    shown = tables.in_chinese(FRAME)
    book = openpyxl.load_workbook(io.BytesIO(downloads.workbook(shown, "表")))
    sheet = book["表"]
    rows = list(sheet.iter_rows(values_only=True))
    assert list(rows[0]) == shown.columns
    assert [row[2] and unescape(row[2]) for row in rows[1:]] == NASTY
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} <= {"s", "n"}
    assert all(row[3] == 0.123456789 and row[1] == "650100" for row in rows[1:])
    assert sheet.freeze_panes == "A2"


def test_csv_opens_in_chinese_and_nothing_acts() -> None:
    content = downloads.csv(tables.in_chinese(FRAME))
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    for row, text in zip(rows, NASTY, strict=True):
        expected = f"'{text}" if text and text[0] in "=+-@\t\r" else (text or "")
        assert row["业务编号"] == expected


def test_html_escapes_what_the_data_hold() -> None:
    frame = pl.DataFrame({"file": ["<script>alert(1)</script>"], "region_name": ["a&b"]})
    html = tables.html_table(frame, {"region_name": lambda _: 'x"y'})
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert 'href="x&quot;y"' in html


@pytest.mark.parametrize(
    ("value", "name", "written"),
    [
        (None, "points", "—"),
        (0, "records", "0"),
        (Decimal("1.5000"), "points", "1.5000"),
        (0.94996, "activity_rate", "94.9960%"),
        (0.95, "activity_rate", "95.00%"),
        (0.12345, "activity_rate", "12.35%"),
        (2.9967, "per_capita", "2.9967"),
        (3.0, "per_capita", "3.00"),
        (True, "is_vetoed", "是"),
        (date(2022, 6, 1), "month", "2022-06"),
        (date(2022, 5, 25), "due_on", "2022-05-25"),
        ("fatal", "severity", "强制性错误"),
    ],
)
def test_cells_are_written_as_people_write_them(value: object, name: str, written: str) -> None:
    assert tables.cell(value, tables.label(name)) == written


def frames(path: Path, earlier: Path) -> Iterator[tuple[str, pl.DataFrame]]:
    """Every table that a page may show, by the query that makes it."""
    con = open_snapshot(path, earlier=earlier)
    for module in (activity, arrivals, awards, changes, quality, rules):
        for name, query in inspect.getmembers(module, inspect.isfunction):
            hints = inspect.get_annotations(query)
            if (
                query.__module__ != module.__name__
                or hints.get("return") != "pl.DataFrame"
                or "con" not in hints
            ):
                continue
            arguments = {"level": "county"} if "level" in inspect.signature(query).parameters else {}
            yield f"{module.__name__}.{name}", query(con, **arguments)


def test_every_column_of_every_query_has_a_chinese_heading(tmp_path: Path) -> None:
    path = dashboard_season.build(tmp_path / "now.duckdb")
    earlier = dashboard_season.build(tmp_path / "then.duckdb", as_of="2022-10")
    seen = dict(frames(path, earlier))
    assert len(seen) >= 20
    # `source` of a clause is where its wording stands: the page calls it `origin`.
    internal = {"subject", "source", "rule_source", "change"}
    unknown = {
        (query, column)
        for query, frame in seen.items()
        for column in frame.columns
        if column not in labels.COLUMNS and column not in internal
    }
    assert not unknown


def test_every_parameter_of_the_rulebook_has_a_word(tmp_path: Path) -> None:
    con = open_snapshot(dashboard_season.build(tmp_path / "now.duckdb"))
    names = [*rules.parameters(con)["label_zh"], *rules.thresholds(con)["label_zh"]]
    assert names
    untranslated = {name for name in names if labels.parameter(name).isascii()}
    assert not untranslated


@pytest.mark.parametrize(
    ("setting", "on_officer_page", "elsewhere"),
    [(None, True, False), ("", True, False), ("1", True, False), ("0", True, True), ("all", False, False),
     ("ja", False, False)],
)  # fmt: skip
def test_names_are_masked_as_the_setting_says(monkeypatch, setting, on_officer_page, elsewhere) -> None:
    monkeypatch.delenv("LIANBING_MASK_NAMES", raising=False)
    if setting is not None:
        monkeypatch.setenv("LIANBING_MASK_NAMES", setting)
    assert settings.are_names_shown(on_officer_page=True) is on_officer_page
    assert settings.are_names_shown(on_officer_page=False) is elsewhere


def test_a_masked_name_keeps_its_first_character() -> None:
    assert settings.mask("古丽·买买提") == "古＊＊＊＊＊"
    assert settings.mask("") == ""


def test_cells_with_names_are_not_quoted_on_a_bureaus_page() -> None:
    messages = "IR-F4 个数不一致。（填报值：张三、李四）\nIR-C8 没有照片。（填报值：0）"
    kept = explaining.without_names({"IR-F4"}, messages)
    assert kept == "IR-F4 个数不一致。\nIR-C8 没有照片。（填报值：0）"
    assert explaining.without_names(frozenset(), messages) == messages

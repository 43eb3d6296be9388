"""Which rows are rows: footers, blank rows, the end of a sheet, and their counts."""

import pytest
from reading_fixtures import HEADER, ROW, csv_bytes, part, table

MEASURES = ["区划代码", "事项代码", "完成情况", "填报日期", "佐证材料"]


@pytest.mark.parametrize(
    "first",
    [
        "合计",
        " 合 计\u3000",
        "总计",
        "小计",
        "备注",
        "注",
        "备注：以上",
        "备注:以上",
        "注：x",
        "注: x",
        "说明：x",
        "填表人",
        "填表人：张三",
        "审核人 李四",
        "制表日期",
    ],
)
def test_footers(first: str) -> None:
    for row in ([first, "1", "2", "3", "4"], ["", "-", first, "x", ""]):
        found = part(csv_bytes(HEADER, ROW, row, ROW))
        assert (found.rows_below_header, found.footer_rows, found.blank_rows) == (3, 1, 0)
        assert table(csv_bytes(HEADER, ROW, row, ROW))["row_number"].to_list() == [2, 4]


@pytest.mark.parametrize(
    "first",
    ["合计数", "备注以上", "注意", "说明", "说明书：", "总计：", "未填表人", "WS合计", "审核", "（合计）"],
)
def test_what_is_no_footer(first: str) -> None:
    assert part(csv_bytes(HEADER, [first, *ROW[1:]])).footer_rows == 0


def test_the_first_cell_that_is_not_blank_decides_unknown_columns_included() -> None:
    data = csv_bytes(["序号", *HEADER], ["1", "合计", *ROW[1:]], ["无", "合计", *ROW[1:]], ["合计", *ROW])
    assert part(data).footer_rows == 2
    assert table(data)["row_number"].to_list() == [2]


@pytest.mark.parametrize(
    "blank",
    ["", " ", "-", "－", "--", "/", "／", "—", "无", "NULL", "null", "N/A", "#N/A", "\x00-", "\u3000"],
)
def test_blank_rows(blank: str) -> None:
    data = csv_bytes(HEADER, ROW, [blank] * 5, ROW)
    assert (part(data).rows_below_header, part(data).blank_rows) == (3, 1)


@pytest.mark.parametrize("cell", ["0", "×", "一", "N", "Null", "---", ".", "无无"])
def test_what_is_not_blank(cell: str) -> None:
    data = csv_bytes(HEADER, ["", "", cell, "", ""], ROW)
    assert part(data).blank_rows == 0


def test_an_unknown_column_fills_a_row() -> None:
    data = csv_bytes([*HEADER, "填报人"], ["", "", "", "", "", "某"], ROW)
    assert (part(data).blank_rows, part(data).rows_below_header) == (0, 2)


def test_none_is_a_value_where_it_says_no_and_in_free_text() -> None:
    found = part(
        csv_bytes(MEASURES, ["", "", "无", "", ""], ["", "", "", "", "无"], ["", "无", "", "", ""], ["a"] * 5)
    )
    assert (found.rows_below_header, found.blank_rows) == (4, 1)


def test_rows_after_the_last_that_is_not_empty_are_none() -> None:
    empty = [["", "", "", "", ""], [""], [" ", "\u3000"], ["\x00", "\x7f", "\x85"]]
    assert part(csv_bytes(HEADER, ROW, *empty)).rows_below_header == 1
    assert part(csv_bytes(HEADER, *empty * 3)).rows_below_header == 0
    found = part(
        csv_bytes(HEADER, ROW, *empty, ["-", "", "", "", ""], *empty)
    )  # a dash is not empty, but blank
    assert (found.rows_below_header, found.blank_rows) == (6, 5)


def test_a_long_empty_tail() -> None:
    assert part(csv_bytes(HEADER, ROW, *[["", "", "", "", ""]] * 20_000)).rows_below_header == 1

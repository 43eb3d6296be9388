"""Workbooks: every cell as a second reader has it, sheets, and what is put right after fastexcel."""

import datetime as dt
import io
import warnings
from decimal import Decimal

import openpyxl
import polars as pl
import pytest
import xlsxwriter
from reading_fixtures import (
    HEADER,
    ROW,
    number_cell,
    reading,
    reason,
    row_xml,
    sheet,
    table,
    text_cell,
    xlsx,
    xlsx_of_xml,
)

from assets.deliveries.limits import Limits
from assets.deliveries.workbook import Workbook

RATES = ["统计月份", "区划代码", "应传数据量", "即时有效数据量", "补全有效数据量", "即时有效传输率"]
EPOCH = {False: dt.datetime(1899, 12, 30), True: dt.datetime(1904, 1, 1)}


def evidence(document_id: str, made_at: str) -> list[str]:
    return [document_id, *ROW[1:4], made_at]


@pytest.mark.parametrize("strict", [False, True])
def test_cells_arrive_as_text(strict: bool) -> None:
    rows = table(
        xlsx(
            HEADER,
            evidence(number_cell("1234567890123457"), number_cell("44654.336909722222", 1)),
            evidence('t="b"><v>1</v>', number_cell("44654", 1)),
            evidence('t="str"><f>"a"</f><v>a</v>', number_cell("44654.3368")),
            evidence("00123", 't="d"><v>2022-04-03T08:05:09</v>'),
            evidence(
                't="inlineStr"><is><r><t>富</t></r><r><t xml:space="preserve"> 文本</t></r></is>',
                "2022/4/3 8:05",
            ),
            strict=strict,
        )
    )
    assert rows["document_id"].to_list() == ["1234567890123457", "true", "a", "00123", "富 文本"]
    assert rows["made_at"].to_list() == [
        "2022-04-03 08:05:09",
        "2022-04-03 00:00:00",
        "44654.3368",
        "2022-04-03T08:05:09",
        "2022/4/3 8:05",
    ]


def test_date_cells_go_to_the_nearest_second_and_texts_keep_their_fraction() -> None:
    rows = table(
        xlsx(
            HEADER,
            evidence("1", number_cell("44654.3368", 1)),  # 08:04:59.52
            evidence("2", number_cell("44654.33679", 1)),  # 08:04:58.656
            evidence("3", number_cell("44654.999998", 1)),  # 23:59:59.83
            evidence("4", "2022-04-03 08:04:59.520"),
            evidence("5", 't="d"><v>2022-04-03T08:04:59.52</v>'),
        )
    )
    assert rows["made_at"].to_list() == [
        "2022-04-03 08:05:00",
        "2022-04-03 08:04:59",
        "2022-04-04 00:00:00",
        "2022-04-03 08:04:59.520",
        "2022-04-03 08:05:00",
    ]


def test_the_1904_system_has_its_own_epoch() -> None:
    rows = table(
        xlsx(
            HEADER,
            evidence("1", number_cell("43192.5", 1)),
            evidence("43192", number_cell("43192.25")),
            evidence("3", "43192"),
            evidence("4", "2022-04-03"),
            evidence("5", number_cell("20220403")),
            is_1904=True,
        )
    )
    assert rows["made_at"].to_list() == ["2022-04-03 12:00:00", "44654.25", "44654", "2022-04-03", "20220403"]
    assert rows["document_id"].to_list()[1] == "43192"  # a code is no date


def test_numbers_are_as_exact_as_the_file() -> None:
    cells = [
        "0.97512345678901",
        "1.0000000000001",
        "1E-10",
        "0.975",
        "87.612300000000005",
        "97",
        "1234567890123456789",
    ]
    rows = table(
        xlsx(RATES, *[["2022-04", "650102", "100", "90", "95", number_cell(cell, 2)] for cell in cells])
    )
    assert rows["immediate_rate"].to_list() == [
        "0.97512345678901",
        "1.0000000000001",
        "0.0000000001",
        "0.975",
        "87.6123",
        "97",
        "1234567890123456768",
    ]


@pytest.mark.parametrize("cell", ["1.2.3e-5", "..e-1", "-1.e-", "12345.12345678901x"])
def test_number_cells_that_hold_no_number_are_their_text(cell: str) -> None:
    rows = table(xlsx(RATES, ["2022-04", "650102", "100", "90", "95", number_cell(cell)]))
    assert rows["immediate_rate"].to_list() == [cell]


def test_texts_that_look_like_numbers_stay_as_they_are() -> None:
    rows = table(
        xlsx(
            RATES,
            ["2022-04", "650102", "100", "90", "95", number_cell("0.97512345678901")],
            ["2022-04", "650102", "007", "1.50", "95 ", "97.5%"],
        )
    )
    assert rows["expected_count"].to_list() == ["100", "007"]
    assert rows["immediate_count"].to_list() == ["90", "1.50"]
    assert rows["immediate_rate"].to_list() == ["0.97512345678901", "97.5%"]


def test_error_cells_are_their_text() -> None:
    rows = table(
        xlsx(
            HEADER,
            evidence('t="e"><f>1/0</f><v>#DIV/0!</v>', 't="e"><v>#N/A</v>'),
            evidence("2", "2022-04-03"),
        )
    )
    assert rows["document_id"].to_list() == ["#DIV/0!", "2"]
    assert rows["made_at"].to_list() == ["#N/A", "2022-04-03"]


def test_row_numbers_are_those_of_the_spreadsheet() -> None:
    xml = row_xml(3, [text_cell(name) for name in HEADER]) + row_xml(7, [text_cell(cell) for cell in ROW])
    assert table(xlsx_of_xml(xml))["row_number"].to_list() == [7]
    (part,) = reading(xlsx_of_xml(xml)).parts
    assert (part.header_row, part.rows_below_header, part.blank_rows) == (3, 4, 3)


def test_leading_empty_columns_and_rows_out_of_order() -> None:
    shifted = xlsx([None, None, *HEADER], [None, None, *ROW])
    assert table(shifted)["document_id"].to_list() == ["WS1"]
    upside_down = row_xml(2, [text_cell(cell) for cell in ROW]) + row_xml(
        1, [text_cell(name) for name in HEADER]
    )
    assert table(xlsx_of_xml(upside_down))["document_id"].to_list() == ["WS1"]


def test_sheets_each_for_itself() -> None:
    both = [
        *("发布级别", "采纳形式", "发布日期", "案例名称", "案件文号", "承办单位区划代码"),
        *("线索来源", "是否公开", "案件类型", "决定日期", "办案单位区划代码"),
    ]
    found = reading(
        xlsx_of_xml(sheet(["填报说明"]), sheet(HEADER, ROW), "", sheet(both), sheet(HEADER, ROW, ROW))
    )
    assert [(part.sheet_no, part.sheet, part.status) for part in found.parts] == [
        (1, "表1", "skipped"),
        (2, "表2", "accepted"),
        (3, "表3", "skipped"),
        (4, "表4", "refused"),
        (5, "表5", "accepted"),
    ]
    assert [(source, rows.height, rows["sheet_no"][0]) for source, rows in found.tables] == [
        ("evidence_documents", 1, 2),
        ("evidence_documents", 2, 5),
    ]


def test_a_workbook_without_a_sheet_that_fits() -> None:
    assert "最接近“调查取证文书”" in reason(xlsx_of_xml(sheet(["说明"]), sheet(HEADER[:4], ROW[:4])))
    assert "没有可以识别的表头" in reason(xlsx_of_xml(""))


def test_hidden_sheets_are_read_and_charts_skipped() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    first, hidden = book.add_worksheet("说明"), book.add_worksheet("藏")
    first.write(0, 0, "说明")
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=藏!$A$1:$A$2"})
    book.add_chartsheet("图").set_chart(chart)
    for number, row in enumerate([HEADER, ROW]):
        hidden.write_row(number, 0, row)
    hidden.very_hidden()
    book.close()
    found = reading(target.getvalue())
    assert [(part.sheet, part.status) for part in found.parts] == [
        ("说明", "skipped"),
        ("藏", "accepted"),
        ("图", "skipped"),
    ]


FORMATS = [
    *(
        "General",
        "0.00",
        "0.00%",
        "@",
        '0"天"',
        '"第"0"名"',
        '0.00"m"',
        "#,##0_);[Red](#,##0)",
        r"0\d",
        "0.0E+00",
    ),
    *("yyyy-mm-dd hh:mm:ss", 'yyyy"年"m"月"d"日"', "yyyy/m/d", "m月d日", "[$-804]yyyy/m/d", "mmm-yy"),
    *("hh:mm", "[h]:mm:ss", "yyyy-mm-dd hh:mm:ss.000"),
]
NUMBERS = [
    44654.0,
    44654.336909722,
    44654.3368,
    36526.5,
    73050.0,
    0.975,
    97.5,
    3.0,
    12345.678901234,
    20220403.0,
]


@pytest.mark.parametrize("is_1904", [False, True])
def test_cell_for_cell_as_openpyxl_reads_it(is_1904: bool) -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"date_1904": is_1904})
    page = book.add_worksheet()
    for column, written in enumerate(FORMATS):
        style = book.add_format({"num_format": written})
        for row, number in enumerate(NUMBERS):
            page.write_number(row, column, number, style)
        page.write_boolean(len(NUMBERS), column, row % 2 == 0, style)
        page.write_string(len(NUMBERS) + 1, column, " 文 本\n1 ", style)
        page.write_formula(len(NUMBERS) + 2, column, "=1/0", style, "#DIV/0!")
        page.write_formula(len(NUMBERS) + 3, column, "=NA()", style, "#N/A")
        page.write_formula(len(NUMBERS) + 4, column, '="公"&"式"', style, "公式")
    book.close()
    data = target.getvalue()
    ours = Workbook(data, Limits())
    grid = ours.grid(0)
    grid = ours.put_right(0, grid, numbers=grid.columns, dates=[])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets[0]
    for column in range(len(FORMATS)):
        for row, text in enumerate(grid[f"c{column}"]):
            cell = theirs.cell(row + 1, column + 1)
            wanted = _as_text(cell, is_1904)
            if wanted == "#VALUE!":  # openpyxl's word for a date cell beyond its calendar: we have the number
                wanted = str(int(NUMBERS[row]))
            assert text == wanted, (FORMATS[column], row)


def _as_text(cell: openpyxl.cell.Cell, is_1904: bool) -> str | None:
    """What openpyxl has, in our writing."""
    value = cell.value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.time):
        value = dt.datetime.combine(EPOCH[is_1904] + dt.timedelta(days=0 if is_1904 else 1), value)
    if isinstance(value, dt.timedelta):
        if value.days > 3_000_000:
            return "#VALUE!"
        value = EPOCH[is_1904] + value + dt.timedelta(days=0 if is_1904 or value.days > 60 else 1)
    if isinstance(value, dt.datetime):
        return (value + dt.timedelta(milliseconds=500)).replace(microsecond=0).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, float | int):
        return str(int(value)) if value == int(value) else format(Decimal(repr(value)), "f")
    return value


def test_frames_are_text_whatever_stands_in_them() -> None:
    grid = Workbook(xlsx(["1", number_cell("2"), number_cell("3", 1)]), Limits()).grid(0)
    assert set(grid.dtypes) == {pl.String}

"""Reading of cells: text, codes, numbers, yes/no, enumerations, lists (SOURCES 1, Cells)."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks import cells, credit_code


def text(*values: str | None) -> pl.Series:
    return pl.Series(values, dtype=pl.String)


@pytest.mark.parametrize(
    "blank",
    ["", "  ", "-", "--", "/", "—", "无", "NULL", "null", "N/A", "#N/A", "－", "／", "\u3000", " - ", None],
)
def test_blank_forms(blank: str | None) -> None:
    assert cells.code(text(blank)).to_list() == [None]
    assert cells.text(text(blank)).to_list() == [None]
    assert cells.number(text(blank)).to_list() == [None]
    assert cells.split(text(blank)).to_list() == [None]


@pytest.mark.parametrize("value", ["——", "Null", "n/a", "0", "无。", "---"])
def test_what_is_not_blank(value: str) -> None:
    assert cells.code(text(value)).to_list() == [value]


def test_none_is_a_text_in_free_text_only() -> None:
    assert cells.text(text("无", "-"), free=True).to_list() == ["无", None]


def test_codes_are_compatible_and_trimmed_within_left_alone() -> None:
    assert cells.code(text(" ＪＣ１２３　", "a b", "00123", "abc")).to_list() == [
        "JC123",
        "a b",
        "00123",
        "abc",
    ]


def test_texts_keep_their_writing_but_for_ends_and_line_breaks() -> None:
    found = cells.text(text("　Ａ厂（一）\n", "一\r\n二\n\n三", "a  b", "x\u2028y"))
    assert found.to_list() == ["Ａ厂（一）", "一 二 三", "a  b", "x y"]


def test_long_texts_stay_whole() -> None:
    assert cells.text(text("长" * 100_000)).str.len_chars().to_list() == [100_000]


@pytest.mark.parametrize("dot", "·•‧・．")
def test_separator_of_names(dot: str) -> None:
    assert cells.name(text(f"阿不都{dot}热合曼")).to_list() == ["阿不都·热合曼"]


def test_control_characters_go_white_space_stays() -> None:
    assert cells.clean(text("a\x00b\x1fc\x7fd\x9f", "a\tb\nc\x85d", None)).to_list() == [
        "abcd",
        "a\tb\nc\x85d",
        None,
    ]


@pytest.mark.parametrize(
    "written",
    [
        "乌环罚〔2022〕1号",
        "乌环罚[2022]1号",
        "乌环罚(2022)1号",
        "乌环罚（2022）1号",
        "乌环罚【2022】１号",
        "乌环罚［2022］ 1\n号",
    ],
)
def test_case_no(written: str) -> None:
    assert cells.case_no(text(written)).to_list() == ["乌环罚〔2022〕1号"]


def test_case_no_other_brackets_stay() -> None:
    assert cells.case_no(text("乌环（罚）(22)1号", "（无）")).to_list() == ["乌环(罚)(22)1号", "(无)"]


@pytest.mark.parametrize(
    "yes", ["是", "有", "已", "Y", "y", "Yes", "TRUE", "true", "1", "１", "√", "✓", " 是 "]
)
def test_yes(yes: str) -> None:
    assert cells.yes_no(text(yes)).to_list() == [True]


@pytest.mark.parametrize("no", ["否", "无", "未", "N", "no", "False", "0", "０", "×", "✗"])
def test_no(no: str) -> None:
    assert cells.yes_no(text(no)).to_list() == [False]


@pytest.mark.parametrize("neither", ["-", "是否", "2", "1.0", "x", None, ""])
def test_neither_yes_nor_no(neither: str | None) -> None:
    assert cells.yes_no(text(neither)).to_list() == [None]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12", 12.0),
        ("1,234.5", 1234.5),
        ("1，234", 1234.0),
        ("1,234,567", 1234567.0),
        ("97.5%", 97.5),
        ("97.5％", 97.5),
        ("１２．５", 12.5),
        ("-3", -3.0),
        ("+3", 3.0),
        (".5", 0.5),
        ("12,34", None),
        ("1,2345", None),
        ("1e3", None),
        ("1E3", None),
        ("inf", None),
        ("NaN", None),
        ("9" * 400, None),
        ("1 234", None),
        ("12米", None),
        ("٣", None),
        ("%", None),
    ],
)
def test_number(written: str, value: float | None) -> None:
    assert cells.number(text(written)).to_list() == [value]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("3", 3),
        ("3.0", 3),
        ("3.00", 3),
        ("3.5", None),
        ("-2", -2),
        ("1,000", 1000),
        ("5%", 5),
        ("9223372036854775807", 2**63 - 1),
        ("9" * 20, 2**63 - 1),
        ("-" + "9" * 20, -(2**63 - 1)),
        ("9" * 400, 2**63 - 1),
        ("1e3", None),
        ("3.", 3),
    ],
)
def test_whole(written: str, value: int | None) -> None:
    assert cells.whole(text(written)).to_list() == [value]


@given(st.integers(min_value=-(2**63), max_value=2**63 - 1))
def test_every_whole_number_with_or_without_separators(value: int) -> None:
    assert cells.whole(text(str(value), f"{value:,}", f"{value}.0")).to_list() == [value] * 3


@given(st.decimals(min_value=-1000, max_value=1000, places=6))
def test_marks_are_exact(value: Decimal) -> None:
    assert cells.mark(text(f"{value:f}", f"{value:,f}")).to_list() == [value, value]


def test_mark_beyond_its_digits_is_no_blank() -> None:
    found = cells.mark(text("9" * 30, "-" + "9" * 30, "0" * 30 + "1", "85.30000000000001")).to_list()
    assert found == [Decimal("9" * 16), Decimal("-" + "9" * 16), 1, Decimal("85.3")]


def test_enumeration() -> None:
    assert cells.enumeration(text(" 有效 ", "作废", "有 效", None), ("有效",)).to_list() == [
        "有效",
        None,
        None,
        None,
    ]


def test_region_and_its_old_code() -> None:
    found = cells.region(
        text("６５０４０２", "652101", "650402.0", "999999"), {"650402"}, {"652101": "650402"}
    )
    assert found.to_list() == ["650402", "650402", None, None]


@pytest.mark.parametrize("separator", ["、", "，", ",", "；", ";", "/", "|", "\n", "\r\n", " 、 "])
def test_lists_are_separated_by(separator: str) -> None:
    assert cells.code_list(text(f"A{separator}B")).to_list() == [["A", "B"]]
    assert cells.name_list(text(f"甲{separator}乙")).to_list() == [["甲", "乙"]]


def test_repeats_go_in_codes_and_stay_in_names() -> None:
    assert cells.code_list(text("B、A、Ｂ", "A、B")).to_list() == [["B", "A"], ["A", "B"]]
    assert cells.name_list(text("甲、乙、甲")).to_list() == [["甲", "乙", "甲"]]


def test_blank_elements_are_none() -> None:
    written = text("A、、B、", "、", "-、无", "/", "A、－、ＮＵＬＬ、 B")
    assert cells.code_list(written).to_list() == [["A", "B"], None, None, None, ["A", "B"]]
    assert cells.name_list(written).to_list() == [["A", "B"], None, None, None, ["A", "B"]]


def test_white_space_does_not_separate() -> None:
    assert cells.name_list(text("甲 乙")).to_list() == [["甲 乙"]]


def test_list_of_values_drops_what_is_unknown_and_says_so() -> None:
    cell = text("限产停产、x、限产停产", "x", "限产停产", None)
    assert cells.enumeration_list(cell, ("限产停产",)).to_list() == [["限产停产"], None, ["限产停产"], None]
    assert cells.has_stranger(cell, ("限产停产",)).to_list() == [True, True, False, False]


def test_list_of_whole_numbers() -> None:
    cell = text("1、2.0，1", "5;2", "一", None)
    assert cells.whole_list(cell, range(1, 5)).to_list() == [[1, 2], [2], None, None]
    assert cells.has_other_whole(cell, range(1, 5)).to_list() == [False, True, True, False]


EMPTY_READINGS = (
    cells.code,
    cells.text,
    cells.name,
    cells.case_no,
    cells.yes_no,
    cells.number,
    cells.whole,
    cells.mark,
    cells.code_list,
    cells.name_list,
)


@pytest.mark.parametrize("read", EMPTY_READINGS)
def test_no_cells_and_no_text_at_all(read: object) -> None:
    assert callable(read)
    assert read(text()).to_list() == []
    assert read(text(None, None)).to_list() == [None, None]


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), st.text(max_size=12)), max_size=20))
def test_any_text_is_read_row_by_row(values: list[str | None]) -> None:
    """What a cell gives does not depend on the cells beside it."""
    column = cells.clean(text(*values))
    for read in EMPTY_READINGS:
        assert read(column).to_list() == [read(cells.clean(text(value))).to_list()[0] for value in values]


def check_character(body: str) -> str:
    """GB 32100-2015, written out as the standard does."""
    total = sum(credit_code.ALPHABET.index(letter) * 3**place % 31 for place, letter in enumerate(body))
    return credit_code.ALPHABET[(31 - total % 31) % 31]


@given(
    st.text(alphabet=credit_code.ALPHABET, min_size=17, max_size=17), st.integers(0, 17), st.integers(1, 30)
)
def test_credit_code(body: str, place: int, step: int) -> None:
    good = body + check_character(body)
    changed = credit_code.ALPHABET[(credit_code.ALPHABET.index(good[place]) + step) % 31]
    bad = good[:place] + changed + good[place + 1 :]
    assert credit_code.is_valid(text(good, bad, None, good[:-1], good + "0")).to_list() == [
        True,
        False,
        None,
        False,
        False,
    ]


@pytest.mark.parametrize(
    "code", ["91350100m000100y43", "9135010OM000100Y43", "９1350100M00010Y43", "", "甲" * 6]
)
def test_credit_code_out_of_its_alphabet(code: str) -> None:
    assert credit_code.is_valid(text(code)).to_list() == [False]

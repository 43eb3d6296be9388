"""Recognising a source by its header row."""

import pytest
from reading_fixtures import HEADER, REFERENCE, ROW, csv_bytes, part, reading, reason, table

from assets.deliveries.header import Header, normalised, recognise
from checks.register import CONTRACTS

LIMIT = int(REFERENCE.quality["header_rows_searched"])


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=lambda one: one.source)
def test_every_source_by_its_first_headers_and_by_its_last(contract) -> None:
    for which in (0, -1):
        header = [column.headers[which] for column in contract.columns]
        found = recognise([header], CONTRACTS)
        assert isinstance(found, Header)
        assert found.contract is contract
        assert found.columns == {column.name: at for at, column in enumerate(contract.columns)}
        assert found.ignored == ()


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=lambda one: one.source)
def test_each_required_column_is_required_and_no_other(contract) -> None:
    for left_out in contract.columns:
        header = [column.headers[0] for column in contract.columns if column is not left_out]
        found = recognise([header], CONTRACTS)
        assert isinstance(found, Header) is not left_out.is_required
        if left_out.is_required:
            assert contract.title_zh in found.reason
            assert left_out.headers[0] in found.reason


@pytest.mark.parametrize(
    "written",
    [
        "文书编号",
        " 文书\n编号\u3000",
        "*文书编号",
        "**文书编号（必填）",
        "文书编号(必填)*",
        "（必填）＊ 文书编号 ",
        "文书\x00编号",
        "\ufeff文书编号",
        "文书 编 号",
    ],
)
def test_how_a_header_may_be_written(written: str) -> None:
    assert normalised(written) == "文书编号"


@pytest.mark.parametrize("written", ["文书编号必填", "文*书编号", "文书编号（选填）", "(文书编号)"])
def test_how_it_may_not(written: str) -> None:
    assert normalised(written) != "文书编号"


def test_titles_above_and_the_last_row_that_is_searched() -> None:
    above = [["标题"]] * (LIMIT - 1)
    assert part(csv_bytes(*above, HEADER, ROW)).header_row == LIMIT
    assert "没有可以识别的表头" in reason(csv_bytes(["标题"], *above, HEADER, ROW))


def test_blank_rows_count_among_the_first() -> None:
    assert part(csv_bytes([""], [""], HEADER, ROW)).header_row == 3


def test_columns_in_any_order_unknown_ones_ignored_and_never_kept() -> None:
    data = csv_bytes(
        ["身份证号", *reversed(HEADER), " 填报人\u3000", ""], ["650102", *reversed(ROW), "某", "x"]
    )
    found = part(data)
    assert found.ignored_columns == ["身份证号", "填报人"]
    row = table(data).row(0, named=True)
    assert [
        row[name] for name in ("document_id", "document_type", "made_with", "maker_cert_nos", "made_at")
    ] == ROW
    assert row["case_no"] is None
    assert "650102" not in row.values()


def test_of_two_headers_of_one_meaning_the_leftmost_is_read() -> None:
    data = csv_bytes([*HEADER, "执法证号", "制作时间"], [*ROW, "另一个", "2000-01-01"])
    assert part(data).ignored_columns == ["执法证号", "制作时间"]
    assert table(data)["maker_cert_nos"].to_list() == ["6501001"]
    swapped = csv_bytes(["执法证号", *HEADER], ["另一个", *ROW])
    assert part(swapped).ignored_columns == ["制作人执法证号"]
    assert table(swapped)["maker_cert_nos"].to_list() == ["另一个"]


def test_a_header_of_two_sources_is_refused() -> None:
    both = [
        column.headers[0] for name in ("typical_cases", "penalty_cases") for column in CONTRACTS[name].columns
    ]
    why = reason(csv_bytes(both, ["x"] * len(both)))
    assert "典型案例发布" in why
    assert "行政处罚案件登记" in why


def test_nearest_source_and_what_is_missing() -> None:
    assert "缺少必需的列：制作时间" in reason(csv_bytes(HEADER[:-1], ROW[:-1]))
    assert reading(csv_bytes(["甲", "乙"], ["1", "2"])).parts[0].reason == "前 2 行中没有可以识别的表头。"


def test_a_header_without_rows_is_accepted() -> None:
    assert part(csv_bytes(HEADER)).rows_below_header == 0
    assert table(csv_bytes(HEADER)).height == 0

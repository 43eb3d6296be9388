"""Text files: encodings, delimiters, quotes, ragged rows, row numbers."""

import csv
import io

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_fixtures import HEADER, ROW, csv_bytes, part, reason, table

from assets.deliveries import plain
from assets.deliveries.plain import decoded
from assets.deliveries.refusal import RefusalError


def row_of(document_id: str) -> list[str]:
    return [document_id, *ROW[1:]]


@pytest.mark.parametrize(
    ("codec", "mark", "named"),
    [
        ("utf-8", b"", "UTF-8"),
        ("utf-8", b"\xef\xbb\xbf", "UTF-8 BOM"),
        ("gb18030", b"", "GB18030"),
        ("gbk", b"", "GB18030"),
        ("utf-16-le", b"\xff\xfe", "UTF-16"),
        ("utf-16-be", b"\xfe\xff", "UTF-16"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_encodings_and_delimiters(codec: str, mark: bytes, named: str, delimiter: str) -> None:
    data = mark + csv_bytes(HEADER, ROW, delimiter=delimiter, codec=codec, end="\r\n")
    assert part(data).encoding == named
    assert table(data)["document_type"].to_list() == ["调查询问笔录"]


def test_four_byte_characters_survive_both_encodings() -> None:
    for codec in ("utf-8", "gb18030"):
        assert table(csv_bytes(HEADER, row_of("𠮷😀ئۇيغۇر"), codec=codec))["document_id"].to_list() == [
            "𠮷😀ئۇيغۇر"
        ]


def test_what_cannot_be_decoded_is_refused_with_the_offset() -> None:
    data = csv_bytes(HEADER, ROW)
    broken = data + b"\xff\xfe\xff"
    assert f"第 {len(data)} 字节" in reason(broken)
    assert "UTF-16" in reason(b"\xff\xfe" + b"\x00\xd8\x00\x00" * 20)


def test_utf8_with_one_broken_byte_is_not_read_as_another_encoding() -> None:
    data = csv_bytes(HEADER, ROW) + "完".encode()[:2] + b"\n"
    assert "UTF-8" in reason(data)


def test_an_offset_beyond_the_first_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "_PIECE", 5)
    text = "编码" * 7
    assert decoded(text.encode("gb18030")) == ("gb18030", text.encode())
    assert decoded(text.encode()) == ("utf-8", text.encode())
    with pytest.raises(RefusalError, match="UTF-8 读到第 42 字节"):
        decoded(text.encode() + b"\xff\xff\xff")


@pytest.mark.parametrize("look", [1, 2, 7, 40, 1 << 20])
def test_faults_and_marks_of_broken_text_in_any_piece(monkeypatch: pytest.MonkeyPatch, look: int) -> None:
    monkeypatch.setattr(plain, "_LOOK", look)
    lines = [HEADER, *(row_of(f"编号{number}") for number in range(9)), row_of("锟斤拷\ufffd")]
    data = csv_bytes(*lines)
    assert "2 处文字在报送前已损坏" in part(data).reason
    assert part(csv_bytes(*lines[:-1])).reason is None
    for fault in (len(data), data.index("编号8".encode())):
        assert f"第 {fault} 字节" in reason(data[:fault] + b"\xff\n" + data[fault:])


def test_row_numbers_are_ordinals_of_records() -> None:
    data = csv_bytes(
        ["标题"], HEADER, row_of("1"), [""], row_of('"a\n\nb"'), ["", "", ""], row_of("3"), [""], ["", ""]
    )
    found = part(data)
    assert (found.header_row, found.rows_below_header, found.blank_rows) == (2, 5, 2)
    rows = table(data)
    assert rows["row_number"].to_list() == [3, 5, 7]
    assert rows["document_id"].to_list() == ["1", "a\n\nb", "3"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    data = csv_bytes(HEADER, row_of("1"), [""], row_of(f'"x{end}y"'), end=end)
    assert table(data)["row_number"].to_list() == [2, 4]
    assert table(data)["document_id"].to_list() == ["1", "x\ny"]
    assert table(data.removesuffix(end.encode())).equals(table(data))


def test_quotes_by_the_book() -> None:
    data = csv_bytes(HEADER, row_of('"a,""b"""'), row_of('""'), row_of('""""'))
    assert table(data)["document_id"].to_list() == ['a,"b"', "", '"']


def test_quotes_within_an_unquoted_cell_are_text() -> None:
    data = csv_bytes(HEADER, row_of('5" 管'), row_of('a"b"c'), [""], row_of('"x\ny"'))
    assert table(data)["document_id"].to_list() == ['5" 管', 'a"b"c', "x\ny"]
    assert table(data)["row_number"].to_list() == [2, 3, 5]


@pytest.mark.parametrize(
    ("bad", "row"),
    [
        ([row_of("1"), row_of('"2'), row_of("3")], 3),  # never closed
        ([row_of("1"), [""], row_of('"2"x')], 4),  # closed within the cell
        ([row_of('"1'), row_of("2"), row_of('3"'), row_of("4")], 2),  # two that swallow a row
        ([row_of("1"), [*ROW[:4], '"2022-04-03'], row_of("2"), [*ROW[:4], '2022"']], 3),
    ],
)
def test_unpaired_quotes_are_refused_with_their_row(bad: list[list[str]], row: int) -> None:
    assert f"第 {row} 行的引号不成对" in reason(csv_bytes(HEADER, *bad))


def test_rows_longer_and_shorter_than_the_header() -> None:
    data = csv_bytes(
        HEADER, [*row_of("1"), "", ""], row_of("2")[:3], [*row_of("3"), "多"], [*row_of("4"), "", "余"]
    )
    found = part(data)
    assert found.rows_below_header == 4
    assert found.reason is not None
    assert "有 2 行比表头长（最先为第 4 行）" in found.reason
    rows = table(data)
    assert rows["document_id"].to_list() == ["1", "2", "3", "4"]
    assert rows["made_at"].to_list() == [ROW[4], None, ROW[4], ROW[4]]


def test_text_damaged_at_the_source_is_reported() -> None:
    found = part(csv_bytes(HEADER, row_of("锟斤拷锟斤拷"), row_of("\ufffd")))
    assert found.reason is not None
    assert "3 处文字在报送前已损坏" in found.reason
    assert part(csv_bytes(HEADER, ROW)).reason is None


def test_a_file_that_may_be_cut_off_is_reported() -> None:
    whole = csv_bytes(HEADER, ROW, row_of("2"))
    cut = part(whole[:-22])
    assert cut.reason is not None
    assert "文件可能不完整" in cut.reason
    for data in (whole, whole[:-1], whole + "填表人：某".encode(), whole + b"3,x\n", whole + b"  "):
        assert part(data).reason is None


@pytest.mark.parametrize("line", [b"a" * 3_000_000, b"," * 3_000_000, b'"' + b"a" * 3_000_000])
def test_one_endless_line(line: bytes) -> None:
    assert "第 1 行过长" in reason(line)


def test_however_long_a_text_is_it_is_kept_whole() -> None:
    long = "长" * 400_000
    assert table(csv_bytes(HEADER, row_of(long)))["document_id"].to_list() == [long]
    assert table(csv_bytes(HEADER, row_of(f'a"{long}')))["document_id"].to_list() == [f'a"{long}']


def test_nul_and_other_control_characters_reach_the_cells() -> None:
    data = csv_bytes([HEADER[0] + "\x00", *HEADER[1:]], row_of("a\x00\x01b"))
    assert table(data)["document_id"].to_list() == ["a\x00\x01b"]  # taken away with the cells (checks.cells)


CELLS = st.text(alphabet=['"', ",", "\n", "a", "合", " ", "-", ";"], max_size=5)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=6))
def test_whatever_a_csv_writer_writes_is_read_back(rows: list[list[str]]) -> None:
    target = io.StringIO(newline="")
    csv.writer(target, lineterminator="\n").writerows(rows)
    frame = plain._frame(target.getvalue().encode(), ",", 8)
    wanted = [[*(cell or None for cell in row), *[None] * (8 - len(row))] for row in rows]
    assert [[cell or None for cell in row] for row in frame.rows()] == wanted


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet=['"', ",", "\n", "a"], max_size=14))
def test_any_text_is_read_as_the_csv_module_reads_it_or_refused(text: str) -> None:
    try:
        wanted = list(csv.reader(io.StringIO(text, newline="\n"), strict=True))
    except csv.Error:
        with pytest.raises(RefusalError, match="引号不成对"):
            plain._frame(text.encode(), ",", 16)
        return
    frame: pl.DataFrame = plain._frame(text.encode(), ",", 16)
    got = [[cell or None for cell in row] for row in frame.rows()]
    assert got == [[*(cell or None for cell in row), *[None] * (16 - len(row))] for row in wanted]

"""What a file really is, and what is refused before it is parsed."""

import io
import zipfile
from dataclasses import replace

import pytest
import xlsxwriter
from reading_fixtures import (
    HEADER,
    ROW,
    csv_bytes,
    part,
    reading,
    reason,
    row_xml,
    sheet,
    table,
    xlsx,
    xlsx_of_xml,
    zipped,
)

from assets.deliveries.limits import Limits

BOOK = xlsx(HEADER, ROW)


@pytest.mark.parametrize(
    "data", [b"", b"   \r\n\t ", b"\xef\xbb\xbf\n", b"\xff\xfe", b"\x00" * 100_000, b"\n" * 70_000]
)
def test_empty_files(data: bytes) -> None:
    assert "空文件" in reason(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"\x89PNG\r\n\x1a\n...", "图片"),
        (b"\xff\xd8\xff\xe0...", "图片"),
        (b"Rar!\x1a\x07", "压缩包"),
        (b"<html><table>...", "网页"),
        (b"\xef\xbb\xbf <!DOCTYPE html>...", "网页"),
        (b'<?xml version="1.0"?><Workbook/>', "XML"),
        (b"\xff\xfe\x00\x00" + "a,b".encode("utf-32-le"), "UTF-32"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le"), "加密"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "已损坏"),
        (zipped({}), "空的压缩包"),
        (zipped({"word/document.xml": "<a/>"}), "Word"),
        (zipped({"xl/workbook.bin": b"x"}), "xlsb"),
        (zipped({"content.xml": "<a/>", "mimetype": "x"}), "OpenDocument"),
        (zipped({"a.csv": "1,2"}), "压缩包"),
        (BOOK[:-100], "已损坏"),
        (BOOK[: len(BOOK) // 2], "已损坏"),
        (BOOK[:8], "已损坏"),
    ],
)
def test_what_is_no_table(data: bytes, words: str) -> None:
    assert words in reason(data)


def test_a_workbook_with_a_broken_part() -> None:
    start = BOOK.index(b"xl/worksheets/sheet1.xml") + len("xl/worksheets/sheet1.xml")
    broken = BOOK[: start + 10] + b"\xff" * 30 + BOOK[start + 40 :]
    assert "已损坏" in reason(broken)


def test_a_changed_bit_is_found_in_whatever_part_it_is() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)  # writes its texts into a part of their own
    page = book.add_worksheet()
    for number, row in enumerate([HEADER, *[[f"WS{n}", *ROW[1:]] for n in range(200)]]):
        page.write_row(number, 0, row)
    book.close()
    data = target.getvalue()
    whole = table(data)
    parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    for info in parts:
        if not info.filename.startswith("xl/"):
            continue
        start = info.header_offset + 30 + len(info.filename)
        for place in range(start, start + info.compress_size, max(info.compress_size // 25, 1)):
            flipped = bytearray(data)
            flipped[place] ^= 1 << place % 8
            found = reading(bytes(flipped))
            is_same = len(found.tables) == 1 and found.tables[0][1].equals(whole)
            assert is_same or found.parts[0].status == "refused", (info.filename, place)


def test_a_text_with_the_name_of_a_workbook_is_read_as_what_it_is() -> None:
    # The ending is no argument here: reading goes by content alone.
    assert part(csv_bytes(HEADER, ROW)).encoding == "UTF-8"
    assert part(BOOK).encoding is None


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]>',
        "<?xml version='1.0'?><!-- x --><!doctype a>",
        '<!ENTITY a SYSTEM "/etc/passwd">',
    ],
)
def test_declared_entities(declaration: str) -> None:
    assert "实体声明" in reason(xlsx(HEADER, ROW, before=declaration))


def test_zip_bombs() -> None:
    packed = zipped({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": b"0" * 3_000_000})
    assert "压缩炸弹" in reason(packed, Limits(zip_ratio_from_bytes=1_000_000))
    assert "压缩炸弹" in reason(packed, Limits(unzipped_bytes=2_000_000))
    many = zipped({"xl/workbook.xml": "<workbook/>"} | {f"x{number}": b"" for number in range(50)})
    assert "部件过多" in reason(many, Limits(zip_entries=50))


def test_an_honest_small_workbook_that_packs_well_is_no_bomb() -> None:
    rows = sheet(HEADER, *[ROW] * 3000)
    assert table(xlsx_of_xml(rows)).height == 3000


def test_an_encrypted_zip() -> None:
    data = bytearray(zipped({"xl/workbook.xml": "<workbook/>"}, zipfile.ZIP_STORED))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "加密" in reason(bytes(data))


def test_too_many_columns() -> None:
    wide = csv_bytes([*HEADER, *["x"] * 100], ROW)
    assert "列数过多（105 列，上限 104 列）" in reason(wide, Limits(columns=104))
    assert part(wide, Limits(columns=105)).status == "accepted"
    cells = row_xml(1, []).replace("</row>", "") + "".join(
        f'<c r="{column}1" t="inlineStr"><is><t>{name}</t></is></c>'
        for column, name in [*zip("ABCDE", HEADER, strict=True), ("ZZ", "x")]
    )
    assert "列数过多" in reason(xlsx_of_xml(cells + "</row>"), Limits(columns=104))


def test_lying_dimensions_change_nothing() -> None:
    for dimension in ('<dimension ref="A1:XFD1048576"/>', '<dimension ref="A1"/>'):
        assert table(xlsx(HEADER, ROW, dimension=dimension)).equals(table(BOOK))


def test_limits_that_decide_are_part_of_the_version() -> None:
    plain = Limits()
    assert replace(plain, columns=5).deciding() != plain.deciding()
    assert replace(plain, workers=5, batch_bytes=5).deciding() == plain.deciding()

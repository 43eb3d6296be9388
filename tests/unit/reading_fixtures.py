"""Deliveries written by code, for the tests of reading."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import polars as pl

from assets.deliveries.exchange import Part
from assets.deliveries.limits import Limits
from assets.deliveries.reading import Reading, read_content
from checks.register import CONTRACTS
from checks.rulebook import load

REFERENCE = load(Path(__file__).parents[2] / "sql" / "rulebook" / "xinjiang_2022").reference()
HEADER_ROWS = int(REFERENCE.quality["header_rows_searched"])

# The smallest source: evidence documents.
HEADER = ["文书编号", "文书类型", "制作方式", "制作人执法证号", "制作时间"]
ROW = ["WS1", "调查询问笔录", "移动执法系统", "6501001", "2022-04-03 08:05:09"]


def csv_bytes(*rows: Sequence[str], delimiter: str = ",", end: str = "\n", codec: str = "utf-8") -> bytes:
    """Rows joined as they are: quotes are the test's own."""
    return "".join(delimiter.join(row) + end for row in rows).encode(codec)


def reading(data: bytes, limits: Limits | None = None) -> Reading:
    return read_content(data, CONTRACTS, limits or Limits(), HEADER_ROWS, 7)


def table(data: bytes) -> pl.DataFrame:
    """The only table of a file that is accepted."""
    found = reading(data)
    assert [part.status for part in found.parts] == ["accepted"], found.parts
    ((_, rows),) = found.tables
    return rows


def part(data: bytes, limits: Limits | None = None) -> Part:
    """The only part of a file."""
    (only,) = reading(data, limits).parts
    return only


def reason(data: bytes, limits: Limits | None = None) -> str:
    """Why a file is refused as a whole."""
    only = part(data, limits)
    assert (only.status, only.sheet_no) == ("refused", 0), only
    assert only.reason
    return only.reason


_TRANSITIONAL = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
)
_STRICT = (
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def text_cell(text: str) -> str:
    return f't="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is>'


def number_cell(number: str, style: int = 0) -> str:
    """A number as it stands in the file; style 1 is a date and time, 2 a percentage, 3 a time."""
    return f's="{style}"><v>{number}</v>'


def row_xml(number: int, cells: Sequence[str | None], *, prefix: str = "") -> str:
    inner = "".join(
        f'<{prefix}c r="{chr(65 + at)}{number}" {cell}</{prefix}c>' for at, cell in enumerate(cells) if cell
    )
    return f'<{prefix}row r="{number}">{inner}</{prefix}row>'


def xlsx_of_xml(
    *sheets: str, strict: bool = False, is_1904: bool = False, before: str = "", dimension: str = ""
) -> bytes:
    """A workbook whose sheets hold the given XML of rows, as bare as a workbook can be."""
    main, relations = _STRICT if strict else _TRANSITIONAL
    numbers = range(1, len(sheets) + 1)
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
            + "".join(
                f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
                for n in numbers
            )
            + "</Types>"
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>"
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{main}" xmlns:r="{relations}"><workbookPr date1904="{int(is_1904)}"/><sheets>'
            + "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
            + "</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships">'
            + "".join(
                f'<Relationship Id="rId{n}" Type="{relations}/worksheet" Target="worksheets/sheet{n}.xml"/>'
                for n in numbers
            )
            + f'<Relationship Id="rIdS" Type="{relations}/styles" Target="styles.xml"/></Relationships>'
        ),
        "xl/styles.xml": (
            f'<styleSheet xmlns="{main}"><numFmts count="2">'
            '<numFmt numFmtId="164" formatCode="yyyy-mm-dd hh:mm:ss"/>'
            '<numFmt numFmtId="165" formatCode="hh:mm"/></numFmts>'
            '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
            '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
            '<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/>'
            '<xf numFmtId="10" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/></cellXfs>'
            "</styleSheet>"
        ),
    }
    for n, rows in zip(numbers, sheets, strict=True):
        parts[f"xl/worksheets/sheet{n}.xml"] = (
            f'{before}<worksheet xmlns="{main}">{dimension}<sheetData>{rows}</sheetData></worksheet>'
        )
    return zipped(parts)


def zipped(parts: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def xlsx(*rows: Sequence[str | None], **how: object) -> bytes:
    """A workbook with one sheet of text cells (or cells given as XML, beginning with an attribute)."""
    return xlsx_of_xml(sheet(*rows), **how)  # type: ignore[arg-type]


def sheet(*rows: Sequence[str | None]) -> str:
    return "".join(
        row_xml(
            number, [cell if cell is None or cell[:3] in ('s="', 't="') else text_cell(cell) for cell in row]
        )
        for number, row in enumerate(rows, 1)
    )

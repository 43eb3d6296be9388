"""Text files: encoding, delimiter, and a frame in which every record keeps its ordinal (SOURCES 1)."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from assets.deliveries.header import Header, header_in, no_header
from assets.deliveries.limits import MIB, Limits
from assets.deliveries.refusal import RefusalError
from assets.deliveries.source import Sources

csv.field_size_limit(sys.maxsize)  # however long a text is, it is kept whole

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_NAMES = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "gb18030": "GB18030"}
_DELIMITERS = (",", "\t", ";")
_PIECE = 4 * MIB
_HEAD = MIB
_LOOK = MIB
_QUOTE, _NEWLINE = 0x22, 0x0A
SURPLUS = 2  # columns read beyond the header, to see whether rows are longer than it
DAMAGE_MARKS = ("\ufffd", "锟斤拷")  # what is left of text that was broken before it was delivered
DAMAGED = "|".join(DAMAGE_MARKS)


@dataclass(frozen=True)
class PlainTable:
    """A text file as read.

    Attributes:
        header: the header row found.
        frame: every record of the file from the first, a String column `c<n>` per cell; `SURPLUS` columns
            beyond the header's width hold what stands there.
        encoding: as it is named to people.
        damaged: how often the marks of text broken at the source stand in it.
        is_cut: its last record is shorter than the header and has no end of line: the file may be cut off.
    """

    header: Header
    frame: pl.DataFrame
    encoding: str
    damaged: int
    is_cut: bool


def read_plain(data: bytes, contracts: Sources, limits: Limits, header_rows: int) -> PlainTable:
    """Read a text file.

    Raises:
        RefusalError: it cannot be decoded, holds no header, or its quotes do not pair.
    """
    codec, text = decoded(data)
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        delimiter, header = _find_header(text, contracts, header_rows)
    except RefusalError as error:
        if codec == "gb18030" and (fault := _broken_utf8(data, contracts, header_rows)) is not None:
            raise RefusalError(f"似为 UTF-8 编码，但第 {fault} 字节处已损坏（字节从 0 数起）。") from error
        raise
    if header.width > limits.columns:
        raise RefusalError(f"列数过多（{header.width} 列，上限 {limits.columns} 列）。")
    frame = _frame(text, delimiter, header.width + SURPLUS)
    if b'"' in text:
        _refuse_swallowed_rows(frame, delimiter, header)
    mark = " BOM" if data.startswith(codecs.BOM_UTF8) else ""
    last = text[text.rfind(b"\n") + 1 :]
    return PlainTable(
        header,
        frame,
        encoding=_NAMES[codec] + mark,
        damaged=_damaged(text),
        is_cut=bool(last.strip()) and last.count(delimiter.encode()) < header.width - 1,
    )


def decoded(data: bytes) -> tuple[str, bytes]:
    """The codec of a text, and the text as UTF-8 without its byte order mark.

    A byte order mark decides; without one, strict UTF-8, else strict GB18030. UTF-16 needs its mark.

    Raises:
        RefusalError: it is neither, with the offset of the byte at fault.
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            text, fault = _transcoded(data[len(mark) :], codec)
            if text is None:
                raise RefusalError(f"带有 {_NAMES[codec]} 标记，但第 {fault + len(mark)} 字节起无法解码。")
            return codec, text
    text, utf8_fault = _transcoded(data, "utf-8")
    if text is not None:
        return "utf-8", text
    text, fault = _transcoded(data, "gb18030")
    if text is None:
        raise RefusalError(
            f"编码无法识别：按 UTF-8 读到第 {utf8_fault} 字节、"
            f"按 GB18030 读到第 {fault} 字节处出错（字节从 0 数起）。"
        )
    return "gb18030", text


def _broken_utf8(data: bytes, contracts: Sources, header_rows: int) -> int | None:
    """The offset at which a text that is UTF-8 by its header stops being so."""
    try:
        _find_header(data[:_HEAD].decode("utf-8", "replace").encode(), contracts, header_rows)
    except RefusalError:
        return None
    return _transcoded(data, "utf-8")[1]


def _transcoded(data: bytes, codec: str) -> tuple[bytes | None, int]:
    """The text as UTF-8, or None and the offset of the first byte that cannot be decoded."""
    if codec == "utf-8" and _is_utf8(data):
        return data, 0
    decoder = codecs.getincrementaldecoder(codec)("strict")
    pieces: list[bytes] = []
    for start in range(0, len(data), _PIECE):
        pending = len(decoder.getstate()[0])
        is_last = start + _PIECE >= len(data)
        try:
            piece = decoder.decode(data[start : start + _PIECE], is_last)
            pieces.append(piece.encode("utf-8"))
        except UnicodeDecodeError as error:
            return None, start - pending + error.start
        except UnicodeEncodeError:  # a lone surrogate: GB18030 can spell it, UTF-8 cannot
            return None, start
    return b"".join(pieces), 0


def _is_utf8(text: bytes) -> bool:
    """Whether all of it is UTF-8: polars tells it ten times faster than decoding does."""
    try:
        for _ in _cells(text):
            pass
    except pl.exceptions.ComputeError:
        return False
    return True


def _damaged(text: bytes) -> int:
    """How often the marks of broken text stand in it; most have none, and one look tells that."""
    if not any(piece.str.contains(DAMAGED).item() for piece in _cells(text)):
        return 0
    return sum(text.count(mark.encode()) for mark in DAMAGE_MARKS)


def _cells(text: bytes) -> Iterator[pl.Series]:
    """The text in pieces that end with a line, each the only cell of a Series."""
    end = 0
    while end < len(text):
        start, end = end, text.find(b"\n", end + _LOOK) + 1 or len(text)
        yield pl.Series([text[start:end]], dtype=pl.Binary).cast(pl.String)


def _find_header(text: bytes, contracts: Sources, header_rows: int) -> tuple[str, Header]:
    """The delimiter is the one with which a header row is found."""
    is_whole = len(text) <= _HEAD
    errors = "strict" if is_whole else "ignore"
    tried = []
    for delimiter in _DELIMITERS:
        head = io.TextIOWrapper(io.BytesIO(text[:_HEAD]), "utf-8", errors, newline="\n")
        reader = csv.reader(head, delimiter=delimiter)
        rows = list(itertools.islice(reader, header_rows + 1))
        if not is_whole and len(rows) <= header_rows:
            rows.pop()  # the piece ends within it
            if not rows:
                raise RefusalError(f"第 1 行过长（超过 {_HEAD // MIB} MB），不是表格。")
        tried.append(rows[:header_rows])
        found = header_in(tried[-1], contracts)
        if found is not None:
            return delimiter, found
    reasons = [no_header(rows, contracts) for rows in tried]
    raise RefusalError(max(reasons, key=lambda one: (one.is_ambiguous, one.matched)).reason)


def _frame(text: bytes, delimiter: str, width: int) -> pl.DataFrame:
    has_quotes = b'"' in text
    if has_quotes and not _is_quoted_by_the_book(text, delimiter):
        text = _requoted(text, delimiter)
    # polars takes the number of columns from the first record: one of our own tells it, and is dropped.
    first = delimiter.encode() * (width - 1) + b"\n"
    try:
        frame = pl.read_csv(
            first + text,
            has_header=False,
            infer_schema=False,
            separator=delimiter,
            quote_char='"' if has_quotes else None,
            truncate_ragged_lines=True,
            schema={f"c{number}": pl.String for number in range(width)},
        )
    except pl.exceptions.PolarsError as error:
        raise RefusalError("内容无法按表格读取：请用 Excel 或 WPS 打开后另存再报送。") from error
    return frame.slice(1)


def _is_quoted_by_the_book(text: bytes, delimiter: str) -> bool:
    """Whether every quote opens a cell at its beginning, closes it at its end, or is one of a pair within.

    Taken in turn, quotes open and close; a doubled one within a cell closes and opens again at once.
    """
    cells = np.frombuffer(text, dtype=np.uint8)
    places = np.concatenate(
        [
            np.flatnonzero(cells[start : start + _PIECE] == _QUOTE) + start
            for start in range(0, len(cells), _PIECE)
        ]
    )
    if len(places) % 2:
        return False
    opening, closing = places[0::2], places[1::2]
    limit = ord(delimiter)
    before = cells[np.maximum(opening - 1, 0)]
    after = cells[np.minimum(closing + 1, len(cells) - 1)]
    reopens = np.zeros(len(opening), dtype=bool)
    reopens[1:] = opening[1:] == closing[:-1] + 1
    opens_well = reopens | (opening == 0) | (before == limit) | (before == _NEWLINE)
    is_reopened = np.append(reopens[1:], False)
    closes_well = is_reopened | (closing == len(cells) - 1) | (after == limit) | (after == _NEWLINE)
    return bool(opens_well.all() and closes_well.all())


def _requoted(text: bytes, delimiter: str) -> bytes:
    """The same records, quoted by the book; quotes within an unquoted cell are text.

    Raises:
        RefusalError: a quote that opens a cell is never closed, or is closed within the cell.
    """
    counter = itertools.count()
    target = io.StringIO(newline="\n")
    reader = csv.reader(io.StringIO(text.decode("utf-8"), newline="\n"), delimiter=delimiter, strict=True)
    try:
        csv.writer(target, delimiter=delimiter, lineterminator="\n").writerows(
            map(lambda row, _: row, reader, counter)
        )
    except csv.Error as error:
        row = next(counter) + 1
        raise RefusalError(
            f"第 {row} 行的引号不成对，其后的内容无法可靠读取：请检查该行的双引号。"
        ) from error
    return target.getvalue().encode("utf-8")


def _refuse_swallowed_rows(frame: pl.DataFrame, delimiter: str, header: Header) -> None:
    """A cell with line breaks and a whole row's delimiters is an unpaired quote that met another one.

    An honest text may look so in a narrow table: what swallowed a row cannot be told from it, and a row lost
    in silence is worse than a file refused with the row's number.
    """
    with_breaks = frame.with_row_index("record", offset=1).filter(
        pl.any_horizontal(pl.col(name).str.contains("\n", literal=True) for name in frame.columns)
    )
    separators = max(header.width - 1, 1)
    guilty = with_breaks.filter(
        pl.any_horizontal(
            pl.col(name).str.contains("\n", literal=True)
            & (pl.col(name).str.count_matches(delimiter, literal=True) >= separators)
            for name in frame.columns
        )
    )
    if not guilty.is_empty():
        raise RefusalError(
            f"第 {guilty['record'][0]} 行的引号不成对，把后面的行并进了一个单元格：请检查该行的双引号。"
        )

"""The texts of a workbook's tables, each written once; their cells hold its number.

Most texts of a problem list are repeated, and what stands in every cell is made, copied and packed each time.
A text among these is never a formula.
"""

from __future__ import annotations

import re

import polars as pl

from checks.cells import where

PART = "xl/sharedStrings.xml"
CELL_LIMIT = 32_767  # characters that Excel keeps in a cell
CUT_MARK = "……（过长，已截断）"
# What XML 1.0 cannot hold.
UNWRITABLE = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFE}\x{FFFF}]"
NEEDS_CARE = r"[&<>\r\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFE}\x{FFFF}]|_x"
COUNTS = re.compile(r'count="(\d+)" uniqueCount="(\d+)"')
BEFORE, AFTER = '<si><t xml:space="preserve">', "</t></si>"


class SharedTexts:
    """The texts of the tables of a workbook.

    Attributes:
        known: how many texts the workbook has of its own; those of the tables are numbered after them.
    """

    def __init__(self, shared_xml: bytes) -> None:
        """Begin with the workbook's own part of texts.

        Raises:
            ValueError: it does not say how many there are.
        """
        self._xml = shared_xml.decode()
        counts = COUNTS.search(self._xml)
        if counts is None:
            raise ValueError(f"no counts in {self._xml[:200]!r}")
        self._cells, self.known = int(counts[1]), int(counts[2])
        self._type = pl.Categorical(pl.Categories.random())
        self._numbered: list[pl.Series] = []  # categories last as long as a series of them

    def numbered(self, table: pl.DataFrame) -> pl.DataFrame:
        """The table with categories for its texts: of each the number, less `known`, and null for null."""
        # One column after the other, so that the numbers are the same at every run.
        return pl.DataFrame([self._number(c) if c.dtype == pl.String else c for c in table])

    def _number(self, texts: pl.Series) -> pl.Series:
        numbered = texts.cast(self._type)
        self._numbered.append(numbered)
        self._cells += len(texts) - texts.null_count()
        return numbered

    def xml(self) -> bytes:
        """The part of texts with those of the tables."""
        highest = pl.concat([pl.Series(dtype=self._type), *self._numbered]).to_physical().max()
        count = 0 if highest is None else int(highest) + 1  # type: ignore[arg-type]  # numbers have a number
        texts = pl.int_range(count, dtype=pl.UInt32, eager=True).cat.to(self._type).cast(pl.String)
        each = pl.select(pl.concat_str(pl.lit(BEFORE), inert(texts), pl.lit(AFTER))).to_series()
        head, end, _ = self._xml.rpartition("</sst>")
        counts = f'count="{self._cells}" uniqueCount="{self.known + count}"'
        head = COUNTS.sub(counts, head, count=1)
        return b"".join([head.encode(), each.str.join("").cast(pl.Binary).item(), end.encode()])


def inert(texts: pl.Series) -> pl.Series:
    """Texts as they stand in the XML: cut to a cell's length, marks escaped, line breaks as Excel's."""
    return where(texts, texts.str.contains(NEEDS_CARE) | (texts.str.len_bytes() > CELL_LIMIT), _escaped)


def _escaped(texts: pl.Series) -> pl.Series:
    texts = texts.str.replace_all("\r\n", "\n", literal=True).str.replace_all("\r", "\n", literal=True)
    shortened = texts.str.slice(0, CELL_LIMIT - len(CUT_MARK)) + CUT_MARK
    return (
        shortened.zip_with(texts.str.len_chars() > CELL_LIMIT, texts)
        .str.replace_all(UNWRITABLE, "\N{REPLACEMENT CHARACTER}")
        # Excel reads _x000A_ in a text as an escape: an underscore escaped itself says that it is none.
        .str.replace_all("_(x[0-9A-Fa-f]{4}_)", "_x005F_${1}")
        .str.replace_all("&", "&amp;", literal=True)
        .str.replace_all("<", "&lt;", literal=True)
        .str.replace_all(">", "&gt;", literal=True)
    )

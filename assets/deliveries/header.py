"""Recognising a source by its header row (SOURCES 1)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from assets.deliveries.source import Source, Sources

if TYPE_CHECKING:
    from checks.contracts.model import Column

_NOT_SHOWN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200d\u2060\ufeff]")
_WHITE = re.compile(r"\s+")
_MARKS = re.compile(r"^(?:\*|\(必填\))+|(?:\*|\(必填\))+$")


@dataclass(frozen=True)
class Header:
    """A header row that was found.

    Attributes:
        contract: the source it belongs to.
        row_number: as a spreadsheet shows it, from 1.
        columns: column of the contract → position in the row, from 0.
        ignored: headers that are not read, in the order of the file, as they stand there.
        width: cells of the row, up to the last one with text.
    """

    contract: Source
    row_number: int
    columns: Mapping[str, int]
    ignored: tuple[str, ...]
    width: int


@dataclass(frozen=True)
class NoHeader:
    """No row holds all required columns of a source, or one holds those of two.

    Attributes:
        reason: why the sheet is refused or skipped, in Chinese.
        is_ambiguous: the row fits two sources (the sheet is refused even where others are accepted).
        matched: how many required columns the nearest source found (to compare readings of one text).
    """

    reason: str
    is_ambiguous: bool
    matched: int


@lru_cache(maxsize=4096)
def normalised(header: str) -> str:
    """A header as it is compared: NFKC, without white space, control characters and marks of 必填."""
    text = unicodedata.normalize("NFKC", _NOT_SHOWN.sub("", header))
    return _MARKS.sub("", _WHITE.sub("", text))


def recognise(rows: Sequence[Sequence[str | None]], contracts: Sources) -> Header | NoHeader:
    """Find the first row that holds all required columns of a source, or say why there is none.

    Args:
        rows: the first rows of the sheet, only as many as may hold the header, blank ones included.
        contracts: the sources, by name.
    """
    return header_in(rows, contracts) or no_header(rows, contracts)


def header_in(rows: Sequence[Sequence[str | None]], contracts: Sources) -> Header | None:
    """The first row that holds all required columns of a source; None where there is none, or it fits two."""
    for row_number, row in enumerate(rows, 1):
        places = _places(row)
        fitting = [contract for contract in contracts.values() if places and _fits(contract, places)]
        if fitting:
            return _header(fitting[0], row_number, row, places) if len(fitting) == 1 else None
    return None


def no_header(rows: Sequence[Sequence[str | None]], contracts: Sources) -> NoHeader:
    """Say why no row is the header of a source."""
    nearest: tuple[int, int, Source | None, list[str]] = (0, 0, None, [])
    for row_number, row in enumerate(rows, 1):
        places = _places(row)
        if not places:
            continue
        fitting = []
        for contract in contracts.values():
            missing, required = _missing(contract, places)
            if not missing:
                fitting.append(contract)
            found = required - len(missing)
            if found and (found, -len(missing)) > nearest[:2]:
                nearest = (found, -len(missing), contract, missing)
        if len(fitting) > 1:
            names = "、".join(contract.title_zh for contract in fitting)
            reason = f"第 {row_number} 行的表头同时符合{names}，无法判断属于哪一类：请按来源分开填报。"
            return NoHeader(reason, is_ambiguous=True, matched=nearest[0])
    return NoHeader(
        _nearest_reason(len(rows), nearest[2], nearest[3]), is_ambiguous=False, matched=nearest[0]
    )


def _places(row: Sequence[str | None]) -> dict[str, int]:
    places: dict[str, int] = {}
    for position, cell in enumerate(row):
        if cell:
            places.setdefault(normalised(cell), position)
    places.pop("", None)
    return places


def _is_named(column: Column, places: Mapping[str, int]) -> bool:
    return any(normalised(name) in places for name in column.headers)


def _fits(contract: Source, places: Mapping[str, int]) -> bool:
    return all(_is_named(column, places) for column in contract.columns if column.is_required)


def _missing(contract: Source, places: Mapping[str, int]) -> tuple[list[str], int]:
    required = [column for column in contract.columns if column.is_required]
    missing = [column.headers[0] for column in required if not _is_named(column, places)]
    return missing, len(required)


def _header(
    contract: Source, row_number: int, row: Sequence[str | None], places: Mapping[str, int]
) -> Header:
    columns: dict[str, int] = {}
    for column in contract.columns:
        found = [places[name] for name in map(normalised, column.headers) if name in places]
        if found:
            columns[column.name] = min(found)
    read = set(columns.values())
    ignored = tuple(
        _WHITE.sub(" ", _NOT_SHOWN.sub("", cell)).strip()
        for position, cell in enumerate(row)
        if cell and normalised(cell) and position not in read
    )
    width = max((position for position, cell in enumerate(row) if cell), default=-1) + 1
    return Header(contract, row_number, columns, ignored, width)


def _nearest_reason(searched: int, contract: Source | None, missing: list[str]) -> str:
    if contract is None:
        return f"前 {searched} 行中没有可以识别的表头。"
    return f"没有可以识别的表头：最接近“{contract.title_zh}”，缺少必需的列：{'、'.join(missing)}。"

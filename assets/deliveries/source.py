"""What reading needs to know of a source: the part of a contract that it uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias

import polars as pl

from checks.contracts.base import Column, Reference, Validated


class Source(Protocol):
    """A contract, as far as reading is concerned."""

    @property
    def source(self) -> str:
        """Name of the source and of its table."""

    @property
    def title_zh(self) -> str:
        """What people call it."""

    @property
    def columns(self) -> Sequence[Column]:
        """Its columns with the headers that mean them."""

    def validate(self, text: pl.DataFrame, reference: Reference) -> Validated:
        """Type and check a table of text."""

    def duckdb_definition(self) -> str:
        """The columns of its table, as CREATE TABLE wants them."""

    def duckdb_repeated(self) -> Mapping[str, str]:
        """Those that are not stored, because they say what others do."""


Sources: TypeAlias = Mapping[str, Source]

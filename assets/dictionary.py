"""The data dictionary of the marts: `sql/marts/dictionary.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Words:
    """What a table or a column means, in Chinese and in English."""

    zh: str
    en: str

    @property
    def comment(self) -> str:
        """The text of `COMMENT ON`."""
        return f"{self.zh} | {self.en}"


@dataclass(frozen=True)
class Table:
    """A table of the marts.

    Attributes:
        name: without the schema.
        words: what one row is.
        key: the columns that tell its rows apart, and by which they are ordered.
        columns: the meaning of each column.
    """

    name: str
    words: Words
    key: tuple[str, ...]
    columns: dict[str, Words]


@cache
def read_dictionary() -> dict[str, Table]:
    """Every table of the marts, by name.

    Raises:
        KeyError: an entry lacks one of its parts.
    """
    text = files("sql").joinpath("marts", "dictionary.toml").read_text(encoding="utf-8")
    return {
        name: Table(
            name,
            Words(entry["zh"], entry["en"]),
            tuple(entry["key"]),
            {column: Words(words["zh"], words["en"]) for column, words in entry["columns"].items()},
        )
        for name, entry in tomllib.loads(text).items()
    }

"""Reading TOML files strictly: every value with its place, every fault as a sentence with file and line."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

Path_ = tuple[str | int, ...]
HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\-]+)\s*\]\]?")
KEY = re.compile(r"^\s*([A-Za-z0-9_.\-]+)\s*=")
AT_LINE = re.compile(r"\(at line (\d+)")


@dataclass(frozen=True, order=True)
class Problem:
    """A fault of a rulebook.

    Attributes:
        file: the file, relative to the rulebook's folder.
        line: its line, from 1.
        message_zh: what is wrong, for the person who edits the file.
    """

    file: str
    line: int
    message_zh: str

    def __str__(self) -> str:
        """One line for a terminal: file, line, sentence."""
        return f"{self.file} 第{self.line}行：{self.message_zh}"


def places(text: str) -> dict[Path_, int]:
    """The line of every table and every key that a TOML text writes at the start of a line."""
    lines: dict[Path_, int] = {}
    arrays: dict[Path_, int] = {}
    prefix: Path_ = ()
    for number, line in enumerate(text.splitlines(), start=1):
        header = HEADER.match(line)
        if header:
            path: Path_ = ()
            names = header[2].split(".")
            for position, name in enumerate(names):
                path = (*path, name)
                if header[1] == "[[" and position == len(names) - 1:
                    arrays[path] = arrays.get(path, -1) + 1
                if path in arrays:
                    path = (*path, arrays[path])
            prefix = path
            lines[prefix] = number
            continue
        key = KEY.match(line)
        if key:
            lines[(*prefix, *key[1].split("."))] = number
    return lines


@dataclass
class Document:
    """A TOML file that was read.

    Attributes:
        name: its path relative to the rulebook's folder.
        data: what it holds.
        lines: the line of each table and key.
        problems: where faults are gathered, shared by all files of a rulebook.
    """

    name: str
    data: dict[str, Any]
    lines: dict[Path_, int]
    problems: list[Problem]

    def line(self, path: Path_) -> int:
        """The line of a value, or of the nearest table around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def report(self, path: Path_, message_zh: str) -> None:
        """Add a fault."""
        self.problems.append(Problem(self.name, self.line(path), message_zh))

    @property
    def root(self) -> Node:
        """The table of the whole file."""
        return Node(self, self.data, ())


def read_document(folder: Path, name: str, problems: list[Problem]) -> Document:
    """Read a file of a rulebook; a missing, unreadable or malformed one is a fault and reads as empty."""
    try:
        text = (folder / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        problems.append(Problem(name, 1, "缺少这个文件"))
        return Document(name, {}, {}, problems)
    except UnicodeDecodeError:
        problems.append(Problem(name, 1, "不是UTF-8编码的文本"))
        return Document(name, {}, {}, problems)
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        at = AT_LINE.search(str(error))
        problems.append(Problem(name, int(at[1]) if at else 1, f"TOML语法错误：{error}"))
        data = {}
    return Document(name, data, places(text), problems)


@dataclass
class Node:
    """A table of a document, read key by key; what nobody asked for is reported by `finish`."""

    document: Document
    data: dict[str, Any]
    path: Path_
    known: set[str] = field(default_factory=set)

    def report(self, message_zh: str, key: str | None = None) -> None:
        """Add a fault of this table, or of one of its keys."""
        self.document.report(self.path if key is None else (*self.path, key), message_zh)

    def _take(self, key: str, kind: type | tuple[type, ...], kind_zh: str, *, required: bool) -> Any:  # noqa: ANN401 - a TOML value
        self.known.add(key)
        if key not in self.data:
            if required:
                self.report(f"缺少 {key}（{kind_zh}）")
            return None
        value = self.data[key]
        is_flag_as_number = isinstance(value, bool) and kind is not bool
        if not isinstance(value, kind) or is_flag_as_number:
            self.report(f"{key} 应当是{kind_zh}", key)
            return None
        return value

    def text(self, key: str, *, required: bool = True) -> str:
        """A text that is not blank; empty where it is missing or wrong."""
        value = self._take(key, str, "文字", required=required)
        if value is not None and not value.strip():
            self.report(f"{key} 不能为空", key)
        return value or ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A text, or a list of texts."""
        value = self._take(key, (str, list), "文字或文字列表", required=True)
        values = [value] if isinstance(value, str) else value or []
        if value is not None and (
            not values or not all(isinstance(each, str) and each.strip() for each in values)
        ):
            self.report(f"{key} 应当是一个或几个不为空的文字", key)
            return ()
        return tuple(values)

    def number(self, key: str, *, required: bool = True) -> Decimal | None:
        """A number that is not negative."""
        value = self._take(key, (int, Decimal), "数字", required=required)
        if value is None:
            return None
        number = Decimal(value)
        if not number.is_finite() or number < 0:
            self.report(f"{key} 应当是不小于0的数字", key)
            return None
        return number

    def whole(self, key: str) -> int:
        """A whole number that is not negative; 0 where it is missing or wrong."""
        value = self._take(key, int, "整数", required=True)
        if value is not None and value < 0:
            self.report(f"{key} 应当是不小于0的整数", key)
            return 0
        return value or 0

    def wholes(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers."""
        value = self._take(key, list, "整数列表", required=True)
        if value is None:
            return ()
        if not all(isinstance(each, int) and not isinstance(each, bool) for each in value):
            self.report(f"{key} 应当是整数列表", key)
            return ()
        return tuple(value)

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """A flag; required where there is no default."""
        value = self._take(key, bool, "true 或 false", required=default is None)
        return bool(default) if value is None else bool(value)

    def day(self, key: str) -> date | None:
        """A date."""
        return self._take(key, date, "日期（如 2022-09-01）", required=True)

    def table(self, key: str) -> Node:
        """A table under a key; an empty one where there is none."""
        value = self._take(key, dict, "表", required=False)
        return Node(self.document, value or {}, (*self.path, key))

    def tables(self, key: str, *, required: bool = False) -> list[Node]:
        """A list of tables under a key."""
        value = self._take(key, list, "表的列表", required=required)
        found = []
        for position, each in enumerate(value or []):
            if isinstance(each, dict):
                found.append(Node(self.document, each, (*self.path, key, position)))
            else:
                self.report(f"{key} 的每一项应当是表", key)
        return found

    def finish(self) -> None:
        """Report the keys that mean nothing here."""
        for key in self.data:
            if key not in self.known:
                self.report(f"不认识的键 {key}", key)

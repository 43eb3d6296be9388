"""Finding the deliveries: what lies in the month folders, without opening anything."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from assets.deliveries.order import natural_key

_MONTH_FOLDER = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_IGNORED_BEGINNINGS = (".", "~$")
DEMO_MARKER = "演示数据.json"  # says at the top of the raw folder that the season is invented; no delivery
TEXT_ENDINGS = frozenset({".csv", ".tsv", ".txt"})
WORKBOOK_ENDINGS = frozenset({".xlsx", ".xls"})
ACCEPTED_ENDINGS = TEXT_ENDINGS | WORKBOOK_ENDINGS


@dataclass(frozen=True)
class Found:
    """One entry of a month folder.

    Attributes:
        file: path below the raw folder with `/`, fit to be shown and stored (bytes that are no UTF-8
            stand in hexadecimal).
        location: where it is opened.
        month: the delivery month, its first day.
        size: bytes.
        mtime_ns: when it was last written, nanoseconds.
        ending: lower-case with the point, or "" where it is none that is read.
        refusal: why it is not even opened (a link, a pipe), or None.
    """

    file: str
    location: str
    month: date
    size: int
    mtime_ns: int
    ending: str
    refusal: str | None = None


@dataclass
class Scan:
    """What a look at the raw folder found: deliveries in natural order, and entries that are no month."""

    deliveries: list[Found] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)


def scan(raw: Path) -> Scan:
    """List every delivery below `raw` in natural order (delivery month, then path below it).

    Names that begin with `.` or `~$` are passed over. Links, pipes and devices are never opened or
    followed: they are listed with the reason for which they are refused.

    Raises:
        FileNotFoundError: there is no such folder.
    """
    found = Scan()
    with os.scandir(raw) as entries:
        for entry in entries:
            if entry.name.startswith(_IGNORED_BEGINNINGS) or entry.name == DEMO_MARKER:
                continue
            month = _MONTH_FOLDER.fullmatch(entry.name)
            if month and entry.is_dir(follow_symlinks=False):
                first_day = date(int(month[1]), int(month[2]), 1)
                found.deliveries.extend(_below(entry.path, entry.name, first_day))
            else:
                found.strangers.append(shown(entry.name))
    found.deliveries.sort(key=lambda one: (one.month, natural_key(one.file)))
    found.strangers.sort()
    return found


def shown(name: str) -> str:
    """A name from the file system as text that can be stored and printed."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def ending_of(name: str) -> str:
    """The ending by which a file is read, lower-case, or "" for one that is never read."""
    ending = Path(name).suffix.lower()
    return ending if ending in ACCEPTED_ENDINGS else ""


def _below(folder: str, inside: str, month: date) -> Iterator[Found]:
    waiting = [(folder, inside)]
    while waiting:
        folder, inside = waiting.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(_IGNORED_BEGINNINGS):
                    continue
                path = f"{inside}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, path))
                    continue
                try:
                    status = entry.stat(follow_symlinks=False)
                except FileNotFoundError:
                    continue  # taken away between the listing and the look: it was never here
                yield Found(
                    file=shown(path),
                    location=entry.path,
                    month=month,
                    size=status.st_size,
                    mtime_ns=status.st_mtime_ns,
                    ending=ending_of(entry.name),
                    refusal=_not_regular(status.st_mode),
                )


def _not_regular(mode: int) -> str | None:
    if stat.S_ISREG(mode):
        return None
    if stat.S_ISLNK(mode):
        return "是链接，不是文件：请把文件本身放进来。"
    return "不是普通文件（管道、设备或套接字），不打开。"

"""Writes a random season to files, each in a format and in ways of writing of its own."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

from checks.register import CONTRACTS
from oracle.season import Delivery, Row, Table, Wrong

BLANKS = ("", "", "-", "--", "/", "—", "NULL", "null", "N/A", "#N/A")
MARKS = ("", "*", "（必填）", "(必填)", " ")
YES_NO = (
    ("是", "否"),
    ("有", "无"),
    ("Y", "N"),
    ("yes", "no"),
    ("true", "FALSE"),
    ("1", "0"),
    ("√", "×"),
    ("✓", "✗"),
)
BETWEEN = ("、", "，", ",", "；", ";", "/", "|", "\n")
DOTS = ("·", "•", "‧", "・", "．")
MONTHS = ("{y}-{m:02}", "{y}/{m}", "{y}.{m:02}", "{y}{m:02}", "{y}年{m}月", "{y}年{m:02}月", "{y}-{m:02}-15")
DAYS = ("{y}-{m:02}-{d:02}", "{y}/{m}/{d}", "{y}.{m}.{d}", "{y}{m:02}{d:02}", "{y}年{m}月{d}日")
CLOCKS = ("{H:02}:{M:02}:{S:02}", "{H}:{M:02}:{S:02}", "{H}时{M}分{S}秒", "{H:02}:{M:02}:{S:02}.5")
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16")
FOOTERS = ([["合计", "12"]], [["填表人：甲"], ["审核人：乙"]], [["备注"]], [["小 计"]])
EPOCH = datetime(1899, 12, 30)


@dataclass(frozen=True)
class Habits:
    """How one file is written."""

    random: Random
    is_workbook: bool
    yes_no: tuple[str, str]
    between: str
    dot: str
    month: str
    day: str
    clock: str
    joint: str
    has_cells: bool

    @staticmethod
    def of(random: Random, *, is_workbook: bool) -> Habits:
        """Drawn for a file."""
        day = random.choice(DAYS)
        return Habits(
            random,
            is_workbook,
            random.choice(YES_NO),
            random.choice(BETWEEN),
            random.choice(DOTS),
            random.choice(MONTHS),
            day,
            random.choice(CLOCKS),
            random.choice(("", " ", "T") if day.endswith("日") else (" ", "T", "  ")),
            random.random() < 0.6,
        )


def write(raw: Path, deliveries: list[Delivery], seed: int) -> None:
    """Write every delivery below `raw`."""
    for number, delivery in enumerate(deliveries):
        path = raw / delivery.month / delivery.path
        path.parent.mkdir(parents=True, exist_ok=True)
        random = Random(f"{seed}/{number}")  # noqa: S311 - a test's dice
        if delivery.path.endswith(".xlsx"):
            path.write_bytes(_workbook(random, delivery.tables))
        else:
            path.write_bytes(_text(random, delivery.tables[0], delivery.path))


def _text(random: Random, table: Table, name: str) -> bytes:
    delimiter = "\t" if name.endswith(".tsv") else random.choice((",", "\t", ";"))
    body = io.StringIO()
    writer = csv.writer(
        body,
        delimiter=delimiter,
        lineterminator=random.choice(("\n", "\r\n")),
        quoting=random.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
    )
    writer.writerows(_grid(Habits.of(random, is_workbook=False), table))
    return body.getvalue().encode(random.choice(ENCODINGS))


def _workbook(random: Random, tables: list[Table]) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(
        content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    styles = {
        date: book.add_format({"num_format": "yyyy/m/d"}),
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
    }
    if random.random() < 0.3:
        book.add_worksheet("说明").write(0, 0, "填报说明")
    for table in tables:
        sheet = book.add_worksheet()
        for row_number, row in enumerate(_grid(Habits.of(random, is_workbook=True), table)):
            for column, value in enumerate(row):
                sheet.write(row_number, column, value, styles.get(type(value)))
    book.close()
    return content.getvalue()


def _grid(habits: Habits, table: Table) -> list[list[Any]]:
    """Titles, header, rows and what stands between and below them."""
    random = habits.random
    contract = CONTRACTS[table.source]
    columns = [c for c in contract.columns if any(c.name in row for row in table.rows)]
    random.shuffle(columns)
    header = [
        random.choice(MARKS[:3]) * (random.random() < 0.3) + random.choice(c.headers) + random.choice(MARKS)
        for c in columns
    ]
    grid = [[contract.title_zh], ["单位：条", "导出时间：2022-12-01"]][: random.randint(0, 2)]
    extra = random.random() < 0.3  # a column that nobody knows
    grid.append([*header, "联系电话"] if extra else header)
    for row in table.rows:
        cells = [_cell(habits, column.kind.name, row, column.name) for column in columns]
        grid.append([*cells, "0991-0000000"] if extra else cells)
        if random.random() < 0.05:
            grid.append([""] * len(columns))
    if random.random() < 0.3:
        grid += random.choice(FOOTERS)
    return grid


def _cell(habits: Habits, kind: str, row: Row, name: str) -> Any:
    value = row.get(name)
    random = habits.random
    if isinstance(value, Wrong):
        return value.text
    if value is None:
        return random.choice(BLANKS)
    if isinstance(value, bool):
        return habits.yes_no[0] if value else habits.yes_no[1]
    if isinstance(value, datetime):
        return _time(habits, value)
    if isinstance(value, date):
        return _date(habits, kind, value)
    if isinstance(value, list):
        if kind == "NAME_LIST":
            value = [part.replace("·", habits.dot) for part in value]
        return habits.between.join(value) or random.choice(BLANKS)
    if isinstance(value, int | Decimal):
        return _number(habits, value, kind)
    text = value.replace("·", habits.dot) if kind == "NAME" else value
    if kind in ("CODE", "REGION", "ENUM") and random.random() < 0.1:
        return f" {text}　"
    if kind == "CODE" and random.random() < 0.1:
        return text.translate({ord("0") + n: 0xFF10 + n for n in range(10)})
    if kind == "REGION" and habits.is_workbook and text.isdigit() and random.random() < 0.5:
        return int(text)
    return text


def _number(habits: Habits, value: int | Decimal, kind: str) -> Any:
    random = habits.random
    if habits.is_workbook and random.random() < 0.5:
        return float(value) if isinstance(value, Decimal) else value
    if kind == "WHOLE":
        return random.choice((str(value), f"{value:,}", f"{value}.0"))
    return random.choice(
        (str(value), f"{value}", str(value).translate({ord("0") + n: 0xFF10 + n for n in range(10)}))
    )


def _date(habits: Habits, kind: str, value: date) -> Any:
    if habits.is_workbook and habits.has_cells:
        return datetime(value.year, value.month, value.day)
    style = habits.month if kind == "MONTH" else habits.day
    return style.format(y=value.year, m=value.month, d=value.day)


def _time(habits: Habits, value: datetime) -> Any:
    if habits.is_workbook and habits.has_cells:
        if habits.random.random() < 0.2:
            return (value - EPOCH).total_seconds() / 86400  # a serial number without a date format
        return value
    if habits.random.random() < 0.1:
        return f"{value:%Y%m%d%H%M%S}"
    day = habits.day.format(y=value.year, m=value.month, d=value.day)
    return day + habits.joint + habits.clock.format(H=value.hour, M=value.minute, S=value.second)

"""Which inspection records are effective, and which quality rules they break (SOURCES 3.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from oracle.ledger import as_read, winners
from oracle.rosters import Officer, holders, in_force
from oracle.season import Delivery, Divisions, Row, Wrong

TYPES = ("双随机抽查", "专项检查", "信访核查", "日常检查", "执法监测", "排污许可检查", "交叉检查", "其他")
MODES = ("现场检查", "非现场检查")
TERMINALS = ("移动端", "电脑端")
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
DAY = timedelta(hours=24)
IN_TIME = timedelta(hours=72)
BOUNDS = {"longitude": (Decimal("73.40"), Decimal("96.40")), "latitude": (Decimal("34.30"), Decimal("49.20"))}


@dataclass(frozen=True)
class Record:
    """An effective record: what counts of it, whom it credits, the dimensions of its problems."""

    month: date
    agency: str
    is_on_site: bool
    is_mobile: bool
    officers: frozenset[str]
    problems: frozenset[str]


def effective(
    deliveries: list[Delivery], as_of: str, divisions: Divisions, officers: list[Officer]
) -> list[Record]:
    """The effective records, of whatever month."""
    records = []
    force: dict[date, dict[str, list[Officer]]] = {}
    for row, is_conflicting in winners(deliveries, "inspection_records", as_of, divisions):
        uploaded = as_read(row, "uploaded_at", divisions)
        agency = as_read(row, "agency_code", divisions)
        numbers = _distinct(row.get("inspector_cert_nos"))
        if not re.fullmatch(r"JC[0-9]{6}[0-9]{8}[0-9]{5}", row["record_id"]):  # IR-E1
            continue
        if uploaded is None or agency is None:  # IR-E2, IR-E4
            continue
        if row.get("record_status") != "有效":  # IR-E3
            continue
        month = date(uploaded.year, uploaded.month, 1)
        if month not in force:
            force[month] = holders(in_force(officers, month))
        found = [officer for number in numbers for officer in force[month].get(number, [])]
        if not found:  # IR-E5
            continue
        problems = _problems(row, numbers, force[month], divisions)
        if is_conflicting:
            problems.add(("D01", "规范性"))
        records.append(
            Record(
                month,
                agency,
                row.get("inspection_mode") == "现场检查",
                row.get("upload_terminal") == "移动端",
                frozenset(o.officer_id for o in found),
                frozenset(dimension for _, dimension in problems),
            )
        )
    return records


def _distinct(value: Any) -> list[str]:
    return list(dict.fromkeys(value)) if value else []


def _problems(
    row: Row, numbers: list[str], holding: dict[str, list[Officer]], divisions: Divisions
) -> set[tuple[str, str]]:
    broken: set[str] = set()

    def value(column: str) -> Any:
        return as_read(row, column, divisions)

    def is_blank(column: str) -> bool:
        """Nothing was filled in: what was, and cannot be read, is not blank for the rules on completeness."""
        return row.get(column) is None

    started, ended, uploaded = value("started_at"), value("ended_at"), value("uploaded_at")
    for rule, columns in {
        "IR-C1": ["site_name"],
        "IR-C2": ["site_uscc"],
        "IR-C3": ["started_at", "ended_at"],
        "IR-C4": ["longitude", "latitude"],
        "IR-C9": ["inspection_mode", "inspection_type", "problem_found", "upload_terminal"],
    }.items():
        if any(is_blank(column) for column in columns):
            broken.add(rule)
    if len(numbers) < 2:
        broken.add("IR-C5")
    if value("problem_found") is True:
        if is_blank("problem_text"):
            broken.add("IR-C6")
        if is_blank("disposal"):
            broken.add("IR-C7")
    if row.get("inspection_mode") == "现场检查":
        photos = value("photo_count")
        if is_blank("photo_count") or (photos is not None and photos <= 0):
            broken.add("IR-C8")
    code = value("site_uscc")
    if code is not None and not _is_credit_code(code):
        broken.add("IR-F1")
    for column, (low, high) in BOUNDS.items():
        if value(column) is not None and not low <= value(column) <= high:
            broken.add("IR-F2")
    if started is not None and ended is not None and (ended < started or ended - started > DAY):
        broken.add("IR-F3")
    names = row.get("inspector_names")
    if names and len(names) != len(numbers):
        broken.add("IR-F4")
    day = (started or uploaded).date()
    for number in numbers:
        if not any(officer.is_valid_on(day) for officer in holding.get(number, [])):
            broken.add("IR-F5")
    for column, known in (
        ("inspection_type", TYPES),
        ("inspection_mode", MODES),
        ("upload_terminal", TERMINALS),
    ):
        if not is_blank(column) and row[column] not in known:
            broken.add("IR-F6")
    if not is_blank("site_region_code") and value("site_region_code") is None:
        broken.add("IR-F7")
    made = ended or started
    if made is not None and uploaded - made > IN_TIME:
        broken.add("IR-T1")
    if started is not None and uploaded < started:
        broken.add("IR-T2")
    if any(isinstance(row.get(column), Wrong) for column in _X01):
        broken.add("X01")
    return {(rule, _DIMENSIONS[rule[3] if "-" in rule else "F"]) for rule in broken}


# Cells that, filled in and unreadable, break no rule of their own (X01).
_X01 = (
    "longitude", "latitude", "started_at", "ended_at", "problem_found", "has_transcript", "photo_count",
)  # fmt: skip
_DIMENSIONS = {"C": "完整性", "F": "规范性", "T": "时效性"}


def _is_credit_code(code: str) -> bool:
    if len(code) != 18 or any(c not in ALPHABET for c in code):
        return False
    total = sum(ALPHABET.index(c) * 3**i for i, c in enumerate(code[:17]))
    return ALPHABET[(31 - total % 31) % 31] == code[17]

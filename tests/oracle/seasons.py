"""Random small seasons: what they mean, drawn from a plan that hypothesis can shrink."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from oracle.season import Delivery, Row, Table, Wrong

YEAR = 2022
AGENCIES = ("650421", "650400", "653221", "650422", "653200", "650000", "659001", "652902")
OLD_CODES = {"652902": "652923"}
CREDIT_CODES = ("91650100AAAAAAAAAB", "916504210PTYXWUHHT")
FIRST_DAYS = (None, date(2020, 1, 1), date(2022, 4, 15), date(2022, 5, 1))
LAST_DAYS = (None, date(2025, 1, 1), date(2022, 4, 30), date(2022, 5, 30), date(2022, 5, 31))
FILE_NAMES = ("表_2", "表_10", "表", "表 (2)", "表_更正1", "b/表_9", "10/表", "9/表", "表A", "表_02")

# What may go wrong or stand differently in a row: a failing season shrinks to the few it needs.
QUIRKS = (
    "blank",
    "wrong",
    "unknown",
    "boundary",
    "certificates",
    "shared_certificate",
    "same_key_in_file",
    "corrections",
    "status",
    "other_month",
    "moves",
    "forgotten_roster",
    "old_code",
    "names",
    "bad_code",
    "counts",
)


@dataclass(frozen=True)
class Plan:
    """How large a season is and what may happen in it; the seed settles the rest."""

    seed: int
    as_of: int
    officers: int
    records: int
    agencies: int
    quirks: frozenset[str]


class _Draw:
    """Random choices of one plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.random = plan, Random(plan.seed)  # noqa: S311 - a test's dice
        self.agencies = AGENCIES[: plan.agencies]

    def now(self, quirk: str, chance: float = 0.15) -> bool:
        """Whether a quirk of the plan strikes here."""
        return self.random.random() < chance and quirk in self.plan.quirks

    def agency(self) -> str:
        code = self.random.choice(self.agencies)
        return OLD_CODES.get(code, code) if self.now("old_code", 0.5) else code

    def one(self, *values: Any) -> Any:
        return self.random.choice(values)


def season(plan: Plan) -> list[Delivery]:
    """The deliveries of a season: rosters, records and transmission counts, in files of several months."""
    draw = _Draw(plan)
    placed: list[tuple[str, str, str, Row]] = []  # delivery month, file, source, row
    for month, row in _rosters(draw):
        placed.append((month, f"名册/{draw.one('甲', '乙', *FILE_NAMES)}", "officer_roster", row))
    for month, row in _records(draw):
        file = f"记录/{draw.one(*FILE_NAMES)}"
        placed.append((month, file, "inspection_records", row))
        if draw.now("same_key_in_file", 0.1):
            placed.append(
                (month, file, "inspection_records", _changed(draw, row) if draw.one(0, 1) else dict(row))
            )
        if draw.now("corrections", 0.2):
            later = draw.one(month, _month(min(plan.as_of + 1, 12)), _month(plan.as_of), "2022-01")
            file = f"记录/{draw.one(*FILE_NAMES)}"
            placed.append((later, file, "inspection_records", _changed(draw, row)))
    for month, row in _counts(draw):
        placed.append((month, draw.one("传输率", "传输率_补"), "transmission_rates", row))
    return _files(draw, placed)


def _files(draw: _Draw, placed: list[tuple[str, str, str, Row]]) -> list[Delivery]:
    files: dict[tuple[str, str], Delivery] = {}
    for month, name, source, row in placed:
        delivery = files.setdefault(
            (month, name), Delivery(month, f"{name}.{draw.one('csv', 'xlsx', 'txt', 'tsv')}", [])
        )
        if not delivery.tables or (
            delivery.path.endswith("xlsx") and len(delivery.tables) < 2 and draw.one(0, 0, 0, 1)
        ):
            delivery.tables.append(Table(source))
        delivery.tables[-1].rows.append(row)
    return list(files.values())


def _month(number: int) -> str:
    return f"{YEAR}-{number:02}"


def _rosters(draw: _Draw) -> list[tuple[str, Row]]:
    plan = draw.plan
    rows = []
    home = [draw.agency() for _ in range(plan.officers)]
    for month in range(0, min(plan.as_of + 1, 12) + 1):
        if draw.now("forgotten_roster", 0.3):
            continue
        for number in range(plan.officers):
            if draw.now("moves", 0.1):
                home[number] = draw.agency()
            if draw.now("forgotten_roster", 0.03):
                continue
            rows.append((_month(max(month, 1)), _roster_row(draw, number, home[number], month)))
    return rows


def _roster_row(draw: _Draw, number: int, agency: str, month: int) -> Row:
    certificate: str | None = f"Z{number:04}"
    if draw.now("certificates", 0.04):
        certificate = None
    elif draw.now("shared_certificate", 0.04):
        certificate = "Z0000"
    row: Row = {
        "month": date(YEAR, month, 1) if month else date(YEAR - 1, 12, 1),
        "officer_id": f"R{number:03}",
        "officer_name": draw.one("王军", "买买提·吐尔逊", "叶尔兰"),
        "agency_code": "659999" if draw.now("unknown", 0.05) else agency,
        "in_establishment": draw.one(True, True, True, False),
        "on_post": draw.one(True, True, True, False),
        "cert_no": certificate,
        "cert_valid_from": draw.one(*FIRST_DAYS) if draw.now("certificates", 0.08) else date(2020, 1, 1),
        "cert_valid_to": draw.one(*LAST_DAYS) if draw.now("certificates", 0.08) else date(2025, 1, 1),
    }
    if draw.now("blank", 0.05):
        row[draw.one("in_establishment", "on_post", "officer_name")] = None
    if draw.now("wrong", 0.05):
        row[draw.one("cert_valid_from", "cert_valid_to")] = Wrong(draw.one("待定", "2022-02-30"))
    return row


def _records(draw: _Draw) -> list[tuple[str, Row]]:
    rows = []
    for number in range(draw.plan.records):
        month = draw.random.randint(max(1, draw.plan.as_of - 2), draw.plan.as_of)
        row = _record(draw, number, month)
        uploaded = row["uploaded_at"]
        rows.append(
            (
                _month(month)
                if isinstance(uploaded, Wrong)
                else _month(draw.one(month, month, draw.plan.as_of)),
                row,
            )
        )
    return rows


def _record(draw: _Draw, number: int, month: int) -> Row:
    agency = draw.agency()
    day = datetime(
        YEAR, month, draw.random.randint(1, 28), draw.random.randint(8, 20), draw.random.randint(0, 59)
    )
    started = day - timedelta(hours=draw.random.randint(2, 60))
    ended = started + timedelta(minutes=draw.random.randint(10, 110))
    if draw.now("other_month", 0.1):
        day = draw.one(day.replace(year=YEAR - 1), datetime(YEAR, month, 1), day + timedelta(days=31))
    if draw.now("boundary", 0.15):
        second = timedelta(seconds=1)
        ended = draw.one(day - timedelta(hours=72), day - timedelta(hours=72) - second)
        started = draw.one(
            ended, ended + second, ended - timedelta(hours=24), ended - timedelta(hours=24) - second
        )
    known = draw.plan.officers + draw.now("unknown", 0.1)
    officers = draw.random.sample(range(known), min(draw.one(1, 2, 2, 2, 2, 2, 2, 3), known))
    numbers = [f"Z{n:04}" for n in officers]
    found = draw.one(True, False)
    row: Row = {
        "record_id": f"JC{agency}{day:%Y%m%d}{number:05}",
        "inspection_type": draw.one("日常检查", "双随机抽查"),
        "inspection_mode": draw.one("现场检查", "现场检查", "非现场检查"),
        "agency_code": agency,
        "agency_name": "某局",
        "site_name": draw.one("天山化工", "塔河乳业"),
        "site_uscc": draw.one(*CREDIT_CODES),
        "site_region_code": agency,
        "longitude": Decimal("87.5"),
        "latitude": Decimal("43.25"),
        "started_at": started,
        "ended_at": ended,
        "uploaded_at": day,
        "inspector_names": [f"王军{n}" for n in officers],
        "inspector_cert_nos": numbers,
        "problem_found": found,
        "problem_text": "台账不全" if found else None,
        "disposal": "限期改正" if found else None,
        "has_transcript": draw.one(True, False),
        "photo_count": draw.random.randint(1, 9),
        "upload_terminal": draw.one("移动端", "移动端", "移动端", "电脑端"),
        "record_status": "有效",
    }
    for quirk, chance, change in _CHANGES:
        if draw.now(quirk, chance):
            change(draw, row)
    return row


def _blank(draw: _Draw, row: Row) -> None:
    kept = ("record_id", "uploaded_at", "agency_code", "record_status")
    row[draw.one(*(column for column in row if column not in kept or draw.one(0, 0, 0, 1)))] = None


def _wrong(draw: _Draw, row: Row) -> None:
    column, *texts = draw.one(
        ("started_at", "2022-04-31 08:00:00", "上午", "2022-05-03 24:00:00"),
        ("ended_at", "2022-13-01", "8点"),
        ("uploaded_at", "待定"),
        ("longitude", "八十七", "1e2"),
        ("latitude", "北纬", "nan"),
        ("problem_found", "可能"),
        ("has_transcript", "不详"),
        ("photo_count", "3.5", "若干"),
    )
    row[column] = Wrong(draw.one(*texts))


def _unknown(draw: _Draw, row: Row) -> None:
    column, value = draw.one(
        ("inspection_type", "联合检查"),
        ("inspection_mode", "视频检查"),
        ("upload_terminal", "手机"),
        ("site_region_code", "110000"),
        ("agency_code", "659999"),
        (
            "inspector_cert_nos",
            ["Z9999", row["inspector_cert_nos"][0]] if row["inspector_cert_nos"] else ["Z9999"],
        ),
    )
    row[column] = value


def _limits(draw: _Draw, row: Row) -> None:
    column, value = draw.one(
        ("longitude", Decimal("73.4")),
        ("longitude", Decimal("96.4000001")),
        ("longitude", Decimal("73.39")),
        ("latitude", Decimal("49.20")),
        ("latitude", Decimal("34.2999")),
        ("photo_count", 0),
        ("photo_count", -1),
    )
    row[column] = value


def _status(draw: _Draw, row: Row) -> None:
    row["record_status"] = draw.one("作废", "草稿", None, "其它")


def _names(draw: _Draw, row: Row) -> None:
    names = row["inspector_names"] or []
    row["inspector_names"] = draw.one([*names, "李红"], names[:1], [*names[:1], *names[:1]])
    numbers = row["inspector_cert_nos"] or []
    row["inspector_cert_nos"] = draw.one(numbers, [*numbers, *numbers[:1]])


def _bad_code(draw: _Draw, row: Row) -> None:
    row["site_uscc"] = draw.one(CREDIT_CODES[0][:17] + "0", CREDIT_CODES[0][:17], "9165010OAAAAAAAAAB")
    if draw.one(0, 0, 1):
        row["record_id"] = draw.one(row["record_id"] and row["record_id"][1:], f"{row['record_id']}1")


_CHANGES: tuple[tuple[str, float, Callable[[_Draw, Row], None]], ...] = (
    ("blank", 0.2, _blank),
    ("wrong", 0.08, _wrong),
    ("unknown", 0.08, _unknown),
    ("boundary", 0.08, _limits),
    ("names", 0.08, _names),
    ("status", 0.1, _status),
    ("bad_code", 0.1, _bad_code),
)


def _changed(draw: _Draw, row: Row) -> Row:
    """The same record, filled in differently."""
    other = dict(row)
    column, value = draw.one(
        ("disposal", "已改正"),
        ("photo_count", 0),
        ("upload_terminal", "电脑端"),
        ("record_status", "作废"),
        ("site_name", None),
        ("inspector_cert_nos", ["Z0001"]),
        ("started_at", Wrong("不详")),
    )
    other[column] = value
    return other


def _counts(draw: _Draw) -> list[tuple[str, Row]]:
    rows = []
    for month in range(1, min(draw.plan.as_of + 1, 12) + 1):
        for agency in draw.agencies:
            if draw.random.random() < 0.5:
                continue
            expected = draw.one(1000, 200, 0, 99999)
            completed = min(expected, draw.random.randint(900, 1000) * expected // 1000)
            immediate = min(completed, draw.random.randint(850, 1000) * expected // 1000)
            row: Row = {
                "month": date(YEAR, month, 1),
                "region_code": agency,
                "expected_count": expected,
                "immediate_count": immediate,
                "completed_count": completed,
            }
            if draw.now("counts"):
                column = draw.one("expected_count", "immediate_count", "completed_count")
                row[column] = draw.one(None, Wrong("约千"), -1, expected + 1, 0)
            rows.append((_month(month), row))
            if draw.now("corrections", 0.1):
                rows.append(
                    (_month(draw.one(month, min(month + 1, 12))), row | {"completed_count": expected})
                )
    return rows

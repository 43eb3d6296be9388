"""The monthly scores of officers and bureaus (RULES I3.1, C5.1, C7.1, C7.2; MARTS)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from oracle.ledger import as_read, winners
from oracle.records import Record, effective
from oracle.rosters import Officer, accepted, in_force, rosters_in_force
from oracle.season import Delivery, Divisions

RECORD_MONTHS = range(4, 12)
LAST_ACTIVITY_MONTH = 11
CORPS = "659000"
Rows = dict[tuple[Any, ...], dict[str, Any]]


def published(deliveries: list[Delivery], year: int, month: int) -> dict[str, Rows]:
    """The four monthly marts as of a month, each row by (first day of its month, officer or region)."""
    divisions = Divisions()
    as_of = f"{year}-{month:02}"
    officers = accepted(deliveries, as_of, divisions)
    records = effective(deliveries, as_of, divisions, officers)
    force = {m: in_force(officers, date(year, m, 1)) for m in range(1, month + 1)}
    bureaus = divisions.prefectures | {
        o.agency
        for m in force
        for o in rosters_in_force(officers, date(year, m, 1))
        if o.agency in divisions.counties
    }
    covers = {bureau: divisions.cover(bureau) for bureau in bureaus}
    return {
        "officer_monthly_record_score": _officers(year, force, records),
        "region_monthly_record_score": _bureaus(year, force, records, covers),
        "region_activity_rate": _activity(year, force, records, covers),
        "region_transmission_rate": _transmission(deliveries, year, month, covers, divisions),
    }


def half_up(value: Fraction) -> Decimal:
    """Rounded half up to four decimals."""
    scaled = (2 * 10**4 * value.numerator + value.denominator) // (2 * value.denominator)
    return Decimal(scaled) / Decimal(10**4)


def _counted(counting: list[Record]) -> dict[str, Any]:
    """How many of the records have a problem, in all and by dimension."""
    wrong = sum(1 for r in counting if r.problems)
    return {
        "problem_records": wrong,
        "completeness_problem_records": sum(1 for r in counting if "完整性" in r.problems),
        "format_problem_records": sum(1 for r in counting if "规范性" in r.problems),
        "timeliness_problem_records": sum(1 for r in counting if "时效性" in r.problems),
        "problem_share": Fraction(wrong, len(counting)) if counting else None,
    }


def _points(base: Fraction, counting: list[Record], is_record_month: bool) -> dict[str, Any]:
    """Base, deduction (by the share of records with a problem) and points of a month."""
    base = base if is_record_month else Fraction(0)
    wrong = sum(1 for r in counting if r.problems)
    deduction = half_up(base * Fraction(wrong, len(counting))) if counting else Decimal(0)
    as_decimal = half_up(base)
    return {"base_points": as_decimal, "deduction": deduction, "points": as_decimal - deduction}


def _officers(year: int, force: dict[int, dict[str, Officer]], records: list[Record]) -> Rows:
    rows: Rows = {}
    for month, standing in force.items():
        first = date(year, month, 1)
        for officer in standing.values():
            if officer.unit == CORPS:
                continue
            credited = [r for r in records if r.month == first and officer.officer_id in r.officers]
            mobile = [r for r in credited if r.is_mobile]
            base = Fraction(min(len(mobile), 2))
            rows[first, officer.officer_id] = {
                "region_code": officer.agency,
                "is_record_month": month in RECORD_MONTHS,
                "records": len(credited),
                "mobile_records": len(mobile),
                **_counted(mobile),
                **_points(base, mobile, month in RECORD_MONTHS),
            }
    return rows


def _bureaus(
    year: int, force: dict[int, dict[str, Officer]], records: list[Record], covers: dict[str, set[str]]
) -> Rows:
    rows: Rows = {}
    for month, standing in force.items():
        first = date(year, month, 1)
        for bureau, cover in covers.items():
            head = sum(1 for o in standing.values() if o.agency in cover and o.in_establishment and o.on_post)
            own = [r for r in records if r.month == first and r.agency in cover]
            base = Fraction(0)
            if head and len(own) >= 2 * head:
                base = Fraction(3, 2)
            elif head and len(own) >= head:
                base = Fraction(1)
            rows[first, bureau] = {
                "is_record_month": month in RECORD_MONTHS,
                "headcount": head,
                "records": len(own),
                "per_capita": Fraction(len(own), head) if head else None,
                **_counted(own),
                **_points(base, own, month in RECORD_MONTHS),
            }
    return rows


def _activity(
    year: int, force: dict[int, dict[str, Officer]], records: list[Record], covers: dict[str, set[str]]
) -> Rows:
    rows: Rows = {}
    for month, standing in force.items():
        if month > LAST_ACTIVITY_MONTH:
            continue
        first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
        active_ids = {
            officer
            for r in records
            if r.is_on_site and date(year, 1, 1) <= r.month <= first
            for officer in r.officers
        }
        for bureau, cover in covers.items():
            holding = [o for o in standing.values() if o.agency in cover and o.is_valid_on(last)]
            active = [o for o in holding if o.officer_id in active_ids]
            share = Fraction(len(active), len(holding)) if holding else None
            points = Decimal(0)
            for limit, given in ((Fraction(1), "2"), (Fraction(95, 100), "1.5"), (Fraction(90, 100), "1")):
                if share is not None and share >= limit:
                    points = Decimal(given)
                    break
            rows[first, bureau] = {
                "cert_holders": len(holding),
                "active_holders": len(active),
                "activity_rate": share,
                "points": points,
            }
    return rows


def _transmission(
    deliveries: list[Delivery], year: int, until: int, covers: dict[str, set[str]], divisions: Divisions
) -> Rows:
    counts = ("expected_count", "immediate_count", "completed_count")
    good = []
    for row, _ in winners(deliveries, "transmission_rates", f"{year}-{until:02}", divisions):
        expected, immediate, completed = (as_read(row, c, divisions) for c in counts)
        if None in (expected, immediate, completed):  # TR-E2
            continue
        if min(expected, immediate, completed) < 0 or not immediate <= completed <= expected:  # TR-E3
            continue
        good.append((row["month"], as_read(row, "region_code", divisions), (expected, immediate, completed)))
    rows: Rows = {}
    for bureau, cover in covers.items():
        for month in range(1, until + 1):
            first = date(year, month, 1)
            own = [c for m, region, c in good if m == first and region in cover]
            if not own:
                continue
            to_date = [c for m, region, c in good if date(year, 1, 1) <= m <= first and region in cover]
            expected, immediate, completed = (sum(c[i] for c in own) for i in range(3))
            all_expected, all_immediate, all_completed = (sum(c[i] for c in to_date) for i in range(3))
            rows[first, bureau] = {
                "expected_count": expected,
                "immediate_count": immediate,
                "completed_count": completed,
                "immediate_rate": Fraction(immediate, expected) if expected else None,
                "completed_rate": Fraction(completed, expected) if expected else None,
                "ytd_immediate_rate": Fraction(all_immediate, all_expected) if all_expected else None,
                "ytd_completed_rate": Fraction(all_completed, all_expected) if all_expected else None,
            }
    return rows

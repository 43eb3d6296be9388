"""One season as of a month: accepted rows, rosters in force, records, the marts of single months."""

from __future__ import annotations

import calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from oracle_all.book import Book
from oracle_all.rows import ALL_RULES, SOURCES, Regions, Row, judge, load, settle

PLACES = 10**4
CORPS = "6590"  # the Corps' cities, which are not appraised
Mart = dict[Any, dict[str, Any]]  # key → columns


def rounded(points: Fraction | int) -> Fraction:
    """Points to four places, half up."""
    exact = Fraction(points)
    return Fraction((2 * PLACES * exact.numerator + exact.denominator) // (2 * exact.denominator), PLACES)


def ratio(part: int, whole: int) -> Fraction | None:
    """A share; None of nothing."""
    return Fraction(part, whole) if whole else None


def last_day(month: date) -> date:
    """The last day of a month."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def _day(time: date) -> date:
    return time.date() if isinstance(time, datetime) else time


@dataclass
class Record:
    """An accepted inspection record.

    Attributes:
        row: the delivered row.
        month: of its upload.
        officers: ids of the officers for whom it counts.
        dimensions: those of the problems it has.
    """

    row: Row
    month: date
    officers: set[str]
    dimensions: set[str]


@dataclass
class InForce:
    """The rosters in force in a month, of all units together.

    Attributes:
        officers: officer → row.
        holders: certificate number → officers.
        terms: certificate number → first and last days of validity.
        agencies: those that have a row.
    """

    officers: dict[str, Row]
    holders: dict[str, set[str]]
    terms: dict[str, list[tuple[date | None, date | None]]]
    agencies: set[str]


class Season:
    """What the clauses are worked out from.

    Attributes:
        book: the rulebook.
        regions: the divisions.
        month: number of the as-of month; `as_of` its first day.
        start: the first day counted; `end` the last.
        rows: every delivered row; `accepted` those that count, by source.
        records: the accepted inspection records.
        officers: the officers appraised, with their rows in force.
        bureaus: the bureaus appraised; `covers` the agencies of each.
        cases: the accepted penalty cases by number.
        officer_month: mart `officer_monthly_record_score`, and so on.
    """

    def __init__(self, warehouse: Path, month: int, book: Book) -> None:
        """Read the rows from a closed working database and work out everything but the clauses."""
        self.book = book
        self.regions = Regions(book.folder, book.season["division"]["file"])
        self.month = month
        self.year = book.season["season_year"]
        self.record_months = book.season["record_months"]
        self.activity_months = book.season["activity_months"]
        self.as_of = date(self.year, month, 1)
        self.start, self.end = date(self.year, 1, 1), last_day(self.as_of)
        self.months = [date(self.year, number, 1) for number in range(1, month + 1)]
        self.rows = [row for row in load(warehouse) if row.month <= self.as_of]
        settle(self.rows)
        for row in self.rows:
            row.broken = judge(row, self.regions, book.items)
        self.rows_of = {source: [row for row in self.rows if row.source == source] for source in SOURCES}
        self._keep_rosters()
        self._judge_by_other_rows()
        self.accepted = {source: [row for row in self.rows_of[source] if row.accepted] for source in SOURCES}
        self.cases = {row.case_no: row for row in self.accepted["penalty_cases"]}
        self.records = [self._record(row) for row in self.accepted["inspection_records"]]
        self.officers = {
            officer: row
            for officer, row in self.in_force(self.as_of).officers.items()
            if not row.agency_code.startswith(CORPS)
        }
        agencies = set().union(*(self.in_force(month).agencies for month in self.months))
        self.bureaus = self.regions.prefectures + [code for code in self.regions.counties if code in agencies]
        self.covers = {bureau: self.regions.cover(bureau) for bureau in self.bureaus}
        self.officer_month: Mart = {}
        self.region_month: Mart = {}
        for first in self.months:
            self._score_records(first)
        self.activity = self._activity()
        self.transmission = self._transmission()

    def _keep_rosters(self) -> None:
        """The rosters of each unit and month, and who holds a certificate number (OR-F2)."""
        rows = [row for row in self.rows_of["officer_roster"] if row.accepted]
        self._cert = {id(row): row.cert_no for row in rows}
        self.unit_months: dict[str, dict[date, list[Row]]] = defaultdict(lambda: defaultdict(list))
        bearing = defaultdict(list)
        for row in rows:
            self.unit_months[self.regions.unit(row.agency_code)][row.month_].append(row)
            if row.cert_no:
                bearing[row.month_, row.cert_no].append(row)
        for same in bearing.values():
            ids = {row.officer_id for row in same}
            for row in same if len(ids) > 1 else []:
                row.broken.add("OR-F2")
                if row.officer_id != min(ids):
                    self._cert[id(row)] = None
        claims = defaultdict(list)
        for row in rows:
            if self._cert[id(row)]:
                claims[self._cert[id(row)]].append(row)
        self.register = {}  # certificate number → the roster row of its holder
        for cert, claiming in claims.items():
            month = _latest_or_first([row.month_ for row in claiming], self.as_of)
            self.register[cert] = min(
                (row for row in claiming if row.month_ == month), key=lambda row: row.officer_id
            )
        self._in_force: dict[date, InForce] = {}

    def roster_month(self, unit: str, month: date) -> date:
        """The month of the roster that is in force for a unit."""
        return _latest_or_first(list(self.unit_months[unit]), month)

    def in_force(self, month: date) -> InForce:
        """The rosters in force; an officer in two of them counts where the roster is newer."""
        if month not in self._in_force:
            rows = [
                row
                for unit, rosters in list(self.unit_months.items())
                for row in rosters[self.roster_month(unit, month)]
            ]
            officers: dict[str, Row] = {}
            for row in rows:
                if row.officer_id not in officers or row.month_ > officers[row.officer_id].month_:
                    officers[row.officer_id] = row
            holders, terms = defaultdict(set), defaultdict(list)
            for officer, row in officers.items():
                if self._cert[id(row)]:
                    holders[self._cert[id(row)]].add(officer)
                    terms[self._cert[id(row)]].append((row.cert_valid_from, row.cert_valid_to))
            self._in_force[month] = InForce(officers, holders, terms, {row.agency_code for row in rows})
        return self._in_force[month]

    def is_cert_valid(self, month: date, cert: str | None, day: date) -> bool:
        """By the rosters in force in a month, the certificate is valid on a day; an open end is no limit."""
        return any(
            (first is None or first <= day) and (last is None or day <= last)
            for first, last in self.in_force(month).terms.get(cert, [])
        )

    def holds_valid_cert(self, month: date, officer: str) -> bool:
        """The officer holds a certificate that is valid on the last day of a month."""
        row = self.in_force(month).officers[officer]
        return self.is_cert_valid(month, self._cert[id(row)], last_day(month))

    def is_counted(self, day: date | None) -> bool:
        """The day lies in the season, up to the end of the as-of month."""
        return day is not None and self.start <= _day(day) <= self.end

    def officer_of(self, cert: str | None) -> str | None:
        """The officer who holds a certificate number."""
        return self.register[cert].officer_id if cert in self.register else None

    def officers_of(self, certs: list[str] | None) -> set[str | None]:
        """The officers who hold certificate numbers."""
        return {self.officer_of(cert) for cert in certs or []}

    def _judge_by_other_rows(self) -> None:
        """The rules that ask the rosters: IR-E5, IR-F5, CR-E2, MR-E2, CS-E6, NM-E3."""
        for row in self.rows_of["inspection_records"]:
            certs = row.inspector_cert_nos or []
            if row.uploaded_at is None:
                row.broken |= set() if certs else {"IR-E5"}
                continue
            month = _day(row.uploaded_at).replace(day=1)
            known = self.in_force(month).holders
            day = _day(row.started_at or row.uploaded_at)
            if not any(cert in known for cert in certs):
                row.broken.add("IR-E5")
            if any(cert not in known or not self.is_cert_valid(month, cert, day) for cert in certs):
                row.broken.add("IR-F5")
        for source, rule in (("case_file_reviews", "CR-E2"), ("material_reviews", "MR-E2")):
            for row in self.rows_of[source]:
                if row.entrant_kind == "个人" and row.officer_cert_no not in self.register:
                    row.broken.add(rule)
        for row in self.rows_of["campaign_service"]:
            if row.officer_cert_no is not None and row.officer_cert_no not in self.register:
                row.broken.add("CS-E6")
        for row in self.rows_of["nominations"]:
            if row.nomination_kind in ("现场执法能手", "组织宣传表现突出个人"):
                holder = self.register.get(row.officer_cert_no)
                if holder is None or (
                    row.nominated_by is not None and holder.agency_code[:4] != row.nominated_by[:4]
                ):
                    row.broken.add("NM-E3")

    def _record(self, row: Row) -> Record:
        month = _day(row.uploaded_at).replace(day=1)
        holders = self.in_force(month).holders
        officers = set().union(*(holders.get(cert, set()) for cert in row.inspector_cert_nos))
        rules = [ALL_RULES[row.source][rule] for rule in row.listed]
        return Record(
            row, month, officers, {dimension for dimension, severity in rules if severity == "problem"}
        )

    def _score_records(self, month: date) -> None:
        """I3.1 and C7.1 of a month."""
        is_record_month = month.month in self.record_months
        in_force = self.in_force(month)
        records = [record for record in self.records if record.month == month]
        for officer, row in in_force.officers.items():
            if row.agency_code.startswith(CORPS):
                continue
            own = [record for record in records if officer in record.officers]
            mobile, base = [], Fraction(0)
            if "I3.1" in self.book.clauses:
                terminals = self.book.terms("I3.1", "upload_terminal")
                mobile = [record for record in own if record.row.upload_terminal in terminals]
                if is_record_month:
                    base = self.book.band("I3.1", Fraction(len(mobile)))
            self.officer_month[month, officer] = {
                "officer_name": row.officer_name,
                "region_code": row.agency_code,
                "is_record_month": is_record_month,
                "records": len(own),
                "mobile_records": len(mobile),
            } | self._problem_share(mobile, base, "I3.1")
        for bureau in self.bureaus:
            own = [record for record in records if record.row.agency_code in self.covers[bureau]]
            headcount = sum(
                bool(row.in_establishment and row.on_post)
                for row in in_force.officers.values()
                if row.agency_code in self.covers[bureau]
            )
            base = Fraction(0)
            if headcount and is_record_month and "C7.1" in self.book.clauses:
                base = self.book.band("C7.1", Fraction(len(own), headcount))
            self.region_month[month, bureau] = {
                "region_name": self.regions.rows[bureau]["name"],
                "level": self.regions.level(bureau),
                "is_record_month": is_record_month,
                "headcount": headcount,
                "records": len(own),
                "per_capita": ratio(len(own), headcount),
            } | self._problem_share(own, base, "C7.1")

    def _problem_share(self, records: list[Record], base: Fraction, clause: str) -> dict[str, Any]:
        """The deduction in proportion to the share of problem records, at most the base points."""
        problems = sum(bool(record.dimensions) for record in records)
        deduction = Fraction(0)
        if records and clause in self.book.clauses:
            share = Fraction(problems, len(records))
            deduction = rounded(min(base, base * share * self.book.number(clause, "factor")))
        return {
            "problem_records": problems,
            "completeness_problem_records": sum("完整性" in record.dimensions for record in records),
            "format_problem_records": sum("规范性" in record.dimensions for record in records),
            "timeliness_problem_records": sum("时效性" in record.dimensions for record in records),
            "problem_share": ratio(problems, len(records)),
            "base_points": base,
            "deduction": deduction,
            "points": base - deduction,
        }

    def _activity(self) -> Mart:
        """C7.2: of those with a valid certificate at a month's end, who was on site in activity months."""
        found: Mart = {}
        active: set[str] = set()
        for month in self.months:
            if "C7.2" not in self.book.clauses or month.month not in self.activity_months:
                continue
            modes = self.book.terms("C7.2", "inspection_mode")
            for record in self.records:
                if record.month == month and record.row.inspection_mode in modes:
                    active |= record.officers
            for bureau in self.bureaus:
                holders = {
                    officer
                    for officer, row in self.in_force(month).officers.items()
                    if row.agency_code in self.covers[bureau] and self.holds_valid_cert(month, officer)
                }
                rate = ratio(len(holders & active), len(holders))
                found[month, bureau] = {
                    "region_name": self.regions.rows[bureau]["name"],
                    "level": self.regions.level(bureau),
                    "cert_holders": len(holders),
                    "active_holders": len(holders & active),
                    "activity_rate": rate,
                    "points": Fraction(0) if rate is None else self.book.band("C7.2", 100 * rate),
                }
        return found

    def transmission_counts(self, bureau: str, first: date, last: date) -> tuple[int, int, int] | None:
        """Data expected, valid at once and valid after completion, from month to month; None of no rows."""
        rows = [
            row
            for row in self.accepted["transmission_rates"]
            if row.region_code in self.covers[bureau] and first <= row.month_ <= last
        ]
        names = ("expected_count", "immediate_count", "completed_count")
        return tuple(sum(row.columns[name] for row in rows) for name in names) if rows else None

    def _transmission(self) -> Mart:
        """C5.1 by month and since January."""
        found: Mart = {}
        for bureau in self.bureaus:
            for month in self.months:
                counts = self.transmission_counts(bureau, month, month)
                if counts is None:
                    continue
                expected, immediate, completed = counts
                all_expected, all_immediate, all_completed = self.transmission_counts(
                    bureau, self.start, month
                )
                found[month, bureau] = {
                    "region_name": self.regions.rows[bureau]["name"],
                    "level": self.regions.level(bureau),
                    "expected_count": expected,
                    "immediate_count": immediate,
                    "completed_count": completed,
                    "immediate_rate": ratio(immediate, expected),
                    "completed_rate": ratio(completed, expected),
                    "ytd_immediate_rate": ratio(all_immediate, all_expected),
                    "ytd_completed_rate": ratio(all_completed, all_expected),
                }
        return found


def _latest_or_first(months: list[date], limit: date) -> date:
    """The latest month up to a limit; where there is none, the first after it."""
    early = [month for month in months if month <= limit]
    return max(early) if early else min(months)

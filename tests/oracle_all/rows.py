"""Typed delivered rows: their order, the winner of each key, what is quarantined, what is a problem."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb

from oracle_all.book import RULEBOOK

HOUSEKEEPING = (  # columns of schema `raw` that were not delivered
    "content_id",
    "sheet_no",
    "row_number",
    "business_key",
    "is_key_readable",
    "content_hash",
    "row_region",
)
USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # characters of a unified social credit code
RULES = {  # source → dimension and severity → rules
    "inspection_records": {
        ("规范性", "fatal"): "IR-E1 IR-E3 IR-E4 IR-E5",
        ("时效性", "fatal"): "IR-E2",
        ("完整性", "problem"): "IR-C1 IR-C2 IR-C3 IR-C4 IR-C5 IR-C6 IR-C7 IR-C8 IR-C9",
        ("规范性", "problem"): "IR-F1 IR-F2 IR-F3 IR-F4 IR-F5 IR-F6 IR-F7",
        ("时效性", "problem"): "IR-T1 IR-T2",
    },
    "evidence_documents": {
        ("规范性", "fatal"): "ED-E1 ED-E2 ED-E3",
        ("完整性", "problem"): "ED-C1",
        ("规范性", "problem"): "ED-F1",
    },
    "officer_roster": {
        ("规范性", "fatal"): "OR-E1 OR-E2",
        ("完整性", "problem"): "OR-C1 OR-C2 OR-C3",
        ("规范性", "problem"): "OR-F1 OR-F2",
    },
    "transmission_rates": {
        ("规范性", "fatal"): "TR-E1 TR-E3",
        ("完整性", "fatal"): "TR-E2",
        ("规范性", "problem"): "TR-F1",
        ("完整性", "notice"): "TR-C1",
    },
    "typical_cases": {
        ("规范性", "fatal"): "TC-E1 TC-E2 TC-E3 TC-E4",
        ("完整性", "problem"): "TC-C1",
        ("完整性", "notice"): "TC-C2",
        ("规范性", "problem"): "TC-F1",
    },
    "referrals": {
        ("规范性", "fatal"): "RF-E1 RF-E2 RF-E3 RF-E4 RF-E5",
        ("完整性", "problem"): "RF-C1 RF-C2",
    },
    "penalty_cases": {
        ("规范性", "fatal"): "PC-E1 PC-E2 PC-E3 PC-E4",
        ("完整性", "problem"): "PC-C1 PC-C2",
        ("规范性", "problem"): "PC-F1 PC-F2 PC-F3",
        ("规范性", "notice"): "PC-F4",
    },
    "case_file_reviews": {
        ("规范性", "fatal"): "CR-E1 CR-E2 CR-E3 CR-E4 CR-E5 CR-E6",
    },
    "campaign_service": {
        ("规范性", "fatal"): "CS-E1 CS-E2 CS-E3 CS-E4 CS-E5 CS-E6",
        ("完整性", "problem"): "CS-C1",
    },
    "reported_measures": {
        ("规范性", "fatal"): "RM-E1 RM-E2 RM-E3 RM-E4",
        ("完整性", "problem"): "RM-C1 RM-C2",
    },
    "material_reviews": {
        ("规范性", "fatal"): "MR-E1 MR-E2 MR-E3 MR-E4",
    },
    "nominations": {
        ("规范性", "fatal"): "NM-E1 NM-E2 NM-E3 NM-E4",
    },
}
SOURCES = tuple(RULES)
ALL_RULES = {  # source → rule → dimension and severity
    source: {rule: kind for kind, rules in kinds.items() for rule in rules.split()}
    | dict.fromkeys(("D01", "X01"), ("规范性", "problem"))
    for source, kinds in RULES.items()
}
REGION_COLUMNS = {  # the column that says whose row it is, where it is not region_code
    "inspection_records": "agency_code",
    "officer_roster": "agency_code",
    "nominations": "nominated_by",
    "evidence_documents": None,
}


@dataclass
class Row:
    """A delivered row; its columns are attributes too (`month_` the column, `month` the delivery month).

    Attributes:
        file: path of its file.
        month: delivery month.
        sheet: name of its sheet; None in a file without sheets.
        order: its place in the order of delivery.
        number: of the row in the sheet.
        columns: column → value as read.
        unreadable: columns that are filled in, but cannot be read.
        said: the rules that reading found broken in single cells.
        winner: the row of the same key that was delivered last; None for that row itself.
        broken: the rules it breaks.
        conflict: an earlier row of the same key and file says something else (D01).
    """

    source: str
    file: str
    month: date
    sheet: str | None
    order: tuple[Any, ...]
    number: int
    columns: dict[str, Any]
    unreadable: set[str]
    said: set[str]
    winner: Row | None = None
    broken: set[str] = field(default_factory=set)
    conflict: bool = False

    def __getattr__(self, name: str) -> Any:
        """A column."""
        try:
            return self.__dict__["columns"][name]
        except KeyError:
            raise AttributeError(name) from None

    def filled(self, column: str) -> bool:
        """Something was filled in, readable or not."""
        return self.columns.get(column) not in (None, []) or column in self.unreadable

    @property
    def fatal(self) -> set[str]:
        """The broken rules that put the row aside."""
        rules = ALL_RULES[self.source]
        return {rule for rule in self.broken if rules[rule][1] == "fatal"}

    @property
    def accepted(self) -> bool:
        """The row counts."""
        return self.winner is None and not self.fatal

    @property
    def listed(self) -> set[str]:
        """The rules under which the row is listed: the fatal ones alone where there are some."""
        return self.fatal or (self.broken | ({"D01"} if self.conflict else set()))

    @property
    def region(self) -> str | None:
        """The division code that says whose row it is."""
        column = REGION_COLUMNS.get(self.source, "region_code")
        return self.columns[column] if column else None

    @property
    def content(self) -> tuple[Any, ...]:
        """Everything delivered in the row, to be compared."""
        return tuple(
            (name, tuple(value) if isinstance(value, list) else value) for name, value in self.columns.items()
        )


class Regions:
    """The divisions of a rulebook.

    Attributes:
        rows: code → the division's row.
        prefectures: codes in order; likewise `counties`.
        region: the code of the whole.
    """

    def __init__(self, folder: Path = RULEBOOK, file: str = "xinjiang_divisions.csv") -> None:
        """Read the table."""
        with (folder / file).open(encoding="utf-8-sig") as table:
            self.rows = {row["code"]: row for row in csv.DictReader(table)}
        self.prefectures = sorted(code for code, row in self.rows.items() if row["level"] == "prefecture")
        self.counties = sorted(code for code, row in self.rows.items() if row["level"] == "county")
        self.region = next(code for code, row in self.rows.items() if row["level"] == "region")

    def unit(self, code: str) -> str:
        """Whose rosters are kept together: a prefecture's, the region's own, those of the Corps' cities."""
        return code[:4] + "00"

    def level(self, code: str | None) -> str | None:
        """region, prefecture, county or another of the table's levels; None of an unknown code."""
        return self.rows[code]["level"] if code in self.rows else None

    def cover(self, bureau: str) -> set[str]:
        """The agencies a bureau answers for: a prefecture's counties too."""
        if self.level(bureau) == "prefecture":
            return {bureau} | {c for c in self.counties if c[:4] == bureau[:4]}
        return {bureau}

    def prefecture_of(self, code: str | None) -> str | None:
        """The prefecture to which data quality counts a code; the region itself for its own."""
        level = self.level(code)
        if level == "region":
            return self.region
        return code[:4] + "00" if level in ("prefecture", "county") else None


def load(warehouse: Path) -> list[Row]:
    """The rows of all deliveries in their order, once for each file of the same content."""
    with duckdb.connect(warehouse, read_only=True) as con:
        sheets = {
            (content, number): sheet
            for content, number, sheet in con.execute(
                "SELECT content_id, sheet_no, sheet FROM raw.content_part WHERE status = 'accepted'"
            ).fetchall()
        }
        unreadable, said = defaultdict(set), defaultdict(set)
        for source, content, sheet, number, rule, column, _value in con.execute(
            "SELECT * FROM raw.issue"
        ).fetchall():
            said[source, content, sheet, number].add(rule)
            if rule == "X01":
                unreadable[source, content, sheet, number].add(column)
        deliveries = defaultdict(list)
        for file, month, content in con.execute(
            "SELECT file, delivery_month, content_id FROM raw.delivery"
        ).fetchall():
            deliveries[content].append((file, month))
        rows = []
        for source in SOURCES:
            cursor = con.execute(f"SELECT * FROM raw.{source}")
            names = [column[0] for column in cursor.description]
            for values in cursor.fetchall():
                raw = dict(zip(names, values, strict=True))
                content, sheet, number = (raw[name] for name in ("content_id", "sheet_no", "row_number"))
                at = (source, content, sheet, number)
                rows += [
                    Row(
                        source=source,
                        file=file,
                        month=month,
                        sheet=sheets.get((content, sheet)),
                        order=(month, natural(file.split("/", 1)[1]), sheet, number),
                        number=number,
                        columns={name: value for name, value in raw.items() if name not in HOUSEKEEPING},
                        unreadable=unreadable[at],
                        said=said[at],
                    )
                    for file, month in deliveries[content]
                ]
    return sorted(rows, key=lambda row: row.order)


def natural(path: str) -> tuple[Any, ...]:
    """The order of a path: folder by folder, a name before its ending; digit runs as numbers, first."""

    def chunks(text: str) -> tuple[tuple[int, int, str], ...]:
        return tuple(
            (0, int(chunk), "") if chunk.isdigit() and chunk.isascii() else (1, 0, chunk)
            for chunk in re.findall(r"[0-9]+|[^0-9]", text)
        )

    *folders, name = path.split("/")
    stem, dot, ending = name.rpartition(".")
    last = (chunks(stem), chunks(ending)) if dot else (chunks(name), ())
    return (*((chunks(folder), ()) for folder in folders), last), path


KEYS = {  # source → the values that make two rows the same
    "inspection_records": lambda row: (row.record_id,),
    "evidence_documents": lambda row: (row.document_id,),
    "officer_roster": lambda row: (row.month_, row.officer_id),
    "transmission_rates": lambda row: (row.month_, row.region_code),
    "typical_cases": lambda row: (row.publisher_level, row.adopted_as, row.case_no),
    "referrals": lambda row: (row.referral_id,),
    "penalty_cases": lambda row: (row.case_no,),
    "case_file_reviews": lambda row: (
        row.review_kind,
        row.entrant_kind,
        entrant(row, row.entrant_kind),
        row.case_no,
    ),
    "campaign_service": lambda row: (row.campaign, row.round, row.officer_cert_no),
    "reported_measures": lambda row: (row.region_code, row.item),
    "material_reviews": lambda row: (row.entrant_kind, entrant(row, row.entrant_kind), row.finding),
    "nominations": lambda row: (
        row.nomination_kind,
        row.nominated_by,
        entrant(row, {"县级集体": "集体", None: None}.get(row.nomination_kind, "个人")),
    ),
}


def entrant(row: Row, kind: str | None) -> str | None:
    """The bureau (集体) or the certificate number (个人) that a row is about."""
    if kind is None:
        return None
    return row.region_code if kind == "集体" else row.officer_cert_no


def settle(rows: list[Row]) -> None:
    """The latest row of each readable key wins; conflicts within one file are noted (D01)."""
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if "month" in row.columns:
            row.columns["month_"] = row.columns["month"]
        key = KEYS[row.source](row)
        if all(part is not None for part in key):
            groups[row.source, key].append(row)
    for group in groups.values():
        by_file = defaultdict(list)
        for row in group:
            row.winner = None if row is group[-1] else group[-1]
            by_file[row.file].append(row)
        for same in by_file.values():
            same[-1].conflict = any(row.content != same[-1].content for row in same[:-1])


def is_uscc(code: str) -> bool:
    """A unified social credit code with the right check character (GB 32100)."""
    if len(code) != 18 or any(c not in USCC for c in code):
        return False
    total = sum(USCC.index(c) * (3**i % 31) for i, c in enumerate(code[:17]))
    return USCC[(31 - total % 31) % 31] == code[17]


def judge(row: Row, regions: Regions, items: dict[str, dict]) -> set[str]:
    """The rules that a row breaks, seen alone; those that ask the rosters come later."""
    broken: set[str] = set()
    source = row.source

    def when(rule: str, condition: Any) -> None:
        if condition:
            broken.add(rule)

    if row.unreadable:
        broken.add("X01")
    if source == "inspection_records":
        when("IR-E1", row.record_id is None or not re.fullmatch(r"JC[0-9]{19}", row.record_id))
        when("IR-E2", row.uploaded_at is None)
        when("IR-E3", row.record_status != "有效")
        when("IR-E4", row.agency_code is None)
        when("IR-C1", not row.filled("site_name"))
        when("IR-C2", not row.filled("site_uscc"))
        when("IR-C3", not row.filled("started_at") or not row.filled("ended_at"))
        when("IR-C4", not row.filled("longitude") or not row.filled("latitude"))
        when("IR-C5", len(row.inspector_cert_nos or []) < 2)
        when("IR-C6", row.problem_found is True and not row.filled("problem_text"))
        when("IR-C7", row.problem_found is True and not row.filled("disposal"))
        when(
            "IR-C8",
            row.inspection_mode == "现场检查"
            and (not row.filled("photo_count") or (row.photo_count is not None and row.photo_count <= 0)),
        )
        when("IR-F6", "IR-F6" in row.said)
        terms = (row.inspection_mode, row.inspection_type, row.upload_terminal)
        # A term that is filled in but unknown (IR-F6) is not blank; which was blank only reading knows.
        is_blank = "IR-C9" in row.said if "IR-F6" in row.said else None in terms
        when("IR-C9", not row.filled("problem_found") or is_blank)
        when("IR-F7", "IR-F7" in row.said)
        when("IR-F1", row.site_uscc is not None and not is_uscc(row.site_uscc))
        when(
            "IR-F2",
            (row.longitude is not None and not 73.4 <= row.longitude <= 96.4)
            or (row.latitude is not None and not 34.3 <= row.latitude <= 49.2),
        )
        if row.started_at and row.ended_at:
            when(
                "IR-F3", row.ended_at < row.started_at or row.ended_at - row.started_at > timedelta(hours=24)
            )
        when(
            "IR-F4",
            row.inspector_names
            and row.inspector_cert_nos
            and len(row.inspector_names) != len(row.inspector_cert_nos),
        )
        after = row.ended_at or row.started_at
        if row.uploaded_at:
            when("IR-T1", after and row.uploaded_at - after > timedelta(hours=72))
            when("IR-T2", row.started_at and row.uploaded_at < row.started_at)
    elif source == "evidence_documents":
        when("ED-E1", row.document_id is None)
        when("ED-E2", row.made_at is None)
        when("ED-E3", row.made_with is None)
        when("ED-C1", not row.filled("maker_cert_nos"))
        when("ED-F1", "ED-F1" in row.said)
    elif source == "officer_roster":
        when("OR-E1", row.month_ is None or row.officer_id is None)
        when("OR-E2", row.agency_code is None)
        when("OR-C1", not row.filled("officer_name"))
        when("OR-C2", not row.filled("in_establishment") or not row.filled("on_post"))
        when(
            "OR-C3",
            row.filled("cert_no") and not (row.filled("cert_valid_from") and row.filled("cert_valid_to")),
        )
        when("OR-F1", row.cert_valid_from and row.cert_valid_to and row.cert_valid_to < row.cert_valid_from)
    elif source == "transmission_rates":
        counts = (row.expected_count, row.immediate_count, row.completed_count)
        when("TR-E1", row.month_ is None or row.region_code is None)
        when("TR-E2", None in counts)
        expected, immediate, completed = counts
        when(
            "TR-E3",
            any(x is not None and x < 0 for x in counts)
            or (immediate is not None and completed is not None and immediate > completed)
            or (completed is not None and expected is not None and completed > expected),
        )
        when("TR-C1", not row.filled("site_count"))
        for stated, count in ((row.immediate_rate, immediate), (row.completed_rate, completed)):
            if stated is not None and count is not None and expected:
                true = Fraction(100 * count, expected)
                given = Fraction(repr(stated))
                readings = [given, 100 * given] if given <= 1 else [given]
                when("TR-F1", all(abs(reading - true) > Fraction(5, 100) for reading in readings))
    elif source == "typical_cases":
        when("TC-E1", row.publisher_level is None or row.adopted_as is None)
        when("TC-E2", row.case_no is None)
        when("TC-E3", row.published_on is None)
        when("TC-E4", row.region_code is None)
        when("TC-C1", not row.filled("officer_cert_nos"))
        when("TC-C2", not row.filled("url"))
        when("TC-F1", row.url is not None and not re.match(r"(?i)https?://", row.url))
    elif source == "referrals":
        when("RF-E1", row.referral_id is None)
        when("RF-E2", row.region_code is None)
        when("RF-E3", row.offence is None)
        when("RF-E4", row.filed_on and row.referred_on and row.filed_on < row.referred_on)
        when("RF-E5", row.referred_on is None)
        when("RF-C1", row.filled("filed_on") and not row.filled("filing_no"))
        when("RF-C2", not row.filled("police"))
    elif source == "penalty_cases":
        when("PC-E1", row.case_no is None)
        when("PC-E2", row.region_code is None)
        when("PC-E3", row.decided_on is None)
        when("PC-E4", row.closed_on and row.decided_on and row.closed_on < row.decided_on)
        when("PC-C1", not row.filled("party_name"))
        when("PC-C2", not row.filled("officer_cert_nos"))
        when("PC-F1", row.party_uscc is not None and not is_uscc(row.party_uscc))
        when("PC-F2", None in (row.case_type, row.clue_source, row.disclosure))
        when("PC-F3", row.case_type == "配套办法" and not row.measures)
        when("PC-F4", row.case_no is not None and not re.fullmatch(r".*罚〔[0-9]{4}〕[0-9]+号", row.case_no))
    elif source == "case_file_reviews":
        when("CR-E1", row.review_kind is None or row.entrant_kind is None)
        when("CR-E2", row.entrant_kind is not None and entrant(row, row.entrant_kind) is None)
        when("CR-E3", row.case_no is None)
        when("CR-E4", row.review_kind == "案卷质量" and row.mark is None and row.entrant_kind != "个人")
        when("CR-E5", row.mark is not None and not 0 <= row.mark <= 100)
        when("CR-E6", row.reviewed_on is None)
    elif source == "campaign_service":
        when("CS-E1", None in (row.campaign, row.round, row.officer_cert_no))
        when("CS-E2", row.region_code is None)
        when("CS-E3", row.organiser is None)
        when(
            "CS-E4",
            (row.mark is not None and not 0 <= row.mark <= 100)
            or (row.breaches is not None and row.breaches < 0),
        )
        when("CS-E5", row.deployed_on is None)
        when("CS-C1", not row.filled("mark"))
    elif source == "reported_measures":
        when("RM-E1", row.region_code is None)
        when("RM-E2", row.item is None)
        item = items.get(row.item)
        is_number = item is not None and item["kind"] == "number"
        if item is None:
            when("RM-E3", row.value is None)
        elif is_number:
            when("RM-E3", row.value_number is None or not 0 <= row.value_number <= item["max_points"])
        else:
            when("RM-E3", row.value_is_yes is None)
        when("RM-E4", row.reported_on is None)
        is_positive = (
            bool(row.value_number) and row.value_number > 0 if is_number else row.value_is_yes is True
        )
        when("RM-C1", item is not None and is_positive and not row.filled("evidence"))
        has_deadline = item is not None and not is_number and item["has_deadline"]
        when("RM-C2", has_deadline and row.value_is_yes is True and not row.filled("done_on"))
    elif source == "material_reviews":
        when("MR-E1", row.entrant_kind is None or row.finding is None)
        when("MR-E2", row.entrant_kind is not None and entrant(row, row.entrant_kind) is None)
        when("MR-E3", row.places is None or row.places < 1)
        when("MR-E4", row.reviewed_on is None)
    elif source == "nominations":
        when("NM-E1", row.nomination_kind is None)
        when("NM-E2", regions.level(row.nominated_by) != "prefecture")
        if row.nomination_kind == "县级集体":
            when(
                "NM-E3",
                regions.level(row.region_code) != "county"
                or (row.nominated_by is not None and row.region_code[:4] != row.nominated_by[:4]),
            )
        when("NM-E4", row.nominated_on is None)
    return broken

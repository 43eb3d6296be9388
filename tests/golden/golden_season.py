"""A season made from golden cases: their rows go through the contracts and all models, in memory."""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
from golden_cases import Block, Case

from assets.deliveries.raw_tables import make_tables
from assets.models import Model, run_model, run_models
from assets.stages import STAGES
from assets.warehouse import connect_warehouse
from checks.contracts.base import Contract
from checks.contracts.model import Column, Kind
from checks.register import CONTRACTS
from checks.rulebook import Rulebook, install, load
from checks.rulebook_parts import Region
from checks.rulebook_tables import Table

RULEBOOK = Path(__file__).parents[2] / "sql" / "rulebook" / "xinjiang_2022"
HELPER, HELPER_PLACE = "助手", "外市"  # a colleague from elsewhere, so that a record names two officers
BY_TITLE = {contract.title_zh: contract for contract in CONTRACTS.values()}
RULE_SOURCE = {rule.rule_id: source for source, contract in CONTRACTS.items() for rule in contract.rules}
SCORES = (*STAGES["score"], *(model for model in STAGES["marts"] if model.table == "marts.nomination_check"))
YES_NO = {"是": True, "否": False, "": None}

# What is in order, for the columns that a case does not name.
DEFAULTS: dict[str, dict[str, str]] = {
    "inspection_records": {
        "inspection_type": "日常检查",
        "inspection_mode": "现场检查",
        "agency_code": "甲县",
        "site_name": "某厂",
        "site_uscc": "91350100M000100Y43",
        "longitude": "87.6",
        "latitude": "43.8",
        "started_at": "=uploaded_at",
        "ended_at": "=uploaded_at",
        "inspector_names": "=inspector_cert_nos",
        "problem_found": "否",
        "photo_count": "1",
        "upload_terminal": "移动端",
        "record_status": "有效",
    },
    "evidence_documents": {
        "document_type": "调查询问笔录",
        "made_with": "移动执法系统",
    },
    "officer_roster": {
        "month": "2022-01",
        "agency_code": "甲县",
        "in_establishment": "是",
        "on_post": "是",
        "cert_valid_from": "2020-01-01",
        "cert_valid_to": "2030-12-31",
    },
    "transmission_rates": {"site_count": "1"},
    "typical_cases": {
        "adopted_as": "典型案例",
        "title": "某案",
        "url": "https://example.invalid/1",
        "region_code": "甲县",
    },
    "referrals": {"region_code": "甲县", "referred_on": "2021-01-01", "police": "某局", "filing_no": "1"},
    "penalty_cases": {
        "region_code": "甲县",
        "party_name": "某厂",
        "decided_on": "2022-03-01",
        "closed_on": "2022-03-31",
        "case_type": "一般行政处罚",
        "clue_source": "日常检查",
        "disclosure": "已公开",
    },
    "case_file_reviews": {
        "review_kind": "案卷质量",
        "substantive_error": "否",
        "reviewed_on": "2022-03-31",
    },
    "campaign_service": {
        "campaign": "某行动",
        "organiser": "生态环境部",
        "round": "1",
        "region_code": "甲县",
        "deployed_on": "2022-03-01",
    },
    "reported_measures": {
        "region_code": "甲县",
        "value": "是",
        "reported_on": "2022-03-31",
        "evidence": "有",
    },
    "material_reviews": {"places": "1", "reviewed_on": "2022-03-31"},
    "nominations": {"nominated_by": "甲市", "nominated_on": "2022-03-31"},
}
RANGE = re.compile(r"^(\D+)(\d+)～\1(\d+)$")  # 员1～员3
ONE_PERSON = {"officer_name", "officer_cert_no"}
NUMBERED = {"case_no", "document_id", "referral_id", "record_id"}
PERSONS = {"officer_cert_no", "officer_cert_nos", "maker_cert_nos", "inspector_cert_nos"}


class Places:
    """Codes for the places of cases: 甲市 is a prefecture, 甲县 its county, 乙市子县 a county of 乙市."""

    def __init__(self, fixed: dict[str, str] | None = None) -> None:
        """No place yet, or those of a rulebook's own table."""
        self.fixed = fixed or {}
        self.codes: dict[tuple[int, str], str] = {}
        self.regions: list[Region] = [Region("100000", "测试区", None, "region")]
        self.counties: dict[str, int] = defaultdict(int)

    def code(self, case: int, name: str) -> str:
        """The code of a place of a case; what is no such name stays as it is."""
        if not name.endswith(("市", "县")):
            return name
        if self.fixed:
            return self.fixed[name]
        if (case, name) not in self.codes:
            if name.endswith("市"):
                number = sum(region.level == "prefecture" for region in self.regions)
                code = f"{11 + number // 90}{10 + number % 90}00"
                self.regions.append(Region(code, name, "100000", "prefecture"))
            else:
                head, mark, _ = name.rpartition("市")
                prefecture = self.code(case, head + mark if mark else "甲市")
                self.counties[prefecture] += 1
                code = f"{int(prefecture) + self.counties[prefecture]}"
                self.regions.append(Region(code, name, prefecture, "county"))
            self.codes[case, name] = code
        return self.codes[case, name]


@dataclass
class Rows:
    """The rows of one source, as text, with the case of each."""

    contract: Contract
    texts: list[dict[str, str | None]]
    cases: list[int]


def spread(value: str) -> list[str]:
    """Names of persons: 张三、员1～员3 is 张三, 员1, 员2, 员3."""
    found: list[str] = []
    for part in value.split("、"):
        match = RANGE.match(part)
        found += [f"{match[1]}{n}" for n in range(int(match[2]), int(match[3]) + 1)] if match else [part]
    return found


def officer_id(case: int, name: str) -> str:
    """The id of a person of a case."""
    return f"R{case:04d}{name}"


def certificate(case: int, name: str) -> str:
    """The certificate number of a person of a case."""
    return "Z助手" if name == HELPER else f"Z{case:04d}{name}"


def column_of(contract: Contract, header: str) -> Column:
    """The column that a header means.

    Raises:
        KeyError: none does.
    """
    for column in contract.columns:
        if header in column.headers:
            return column
    raise KeyError(f"{contract.title_zh}: {header}")


def cell(case: int, column: Column, value: str, places: Places) -> str | None:
    """A cell with the names of places, persons and files of the case put in."""
    if value == "":
        return None
    if column.kind is Kind.REGION:
        return places.code(case, value)
    if column.name in PERSONS:
        return "、".join(certificate(case, name) for name in spread(value))
    if column.name == "inspector_names":
        return "、".join(spread(value))
    if column.name in NUMBERED:
        return f"例{case:04d}{value}"
    return value


def row_text(
    case: int, contract: Contract, given: dict[str, str], places: Places, serial: int
) -> dict[str, str | None]:
    """A row as text: what the case gives, and what is in order for the rest."""
    names = {column_of(contract, header).name: value for header, value in given.items() if header != "条数"}
    filled = {**DEFAULTS[contract.source], **names}
    for name, value in filled.items():
        if value.startswith("="):
            filled[name] = filled[value[1:]]
    text = {
        column.name: cell(case, column, filled[column.name], places) if column.name in filled else None
        for column in contract.columns
    }
    if contract.source == "inspection_records":
        day = str(text["uploaded_at"])[:10].replace("-", "")
        text["record_id"] = f"JC{text['agency_code']}{day}{serial:05d}"
    if contract.source == "officer_roster":
        name = filled["officer_name"]
        text["officer_id"] = officer_id(case, name)
        text["cert_no"] = None if names.get("cert_no") == "" else certificate(case, name)
    for name in NUMBERED & set(text):
        if text[name] is None and name not in names:
            text[name] = f"例{case:04d}自{serial}"
        elif "条数" in given and text[name] is not None and contract.source != "inspection_records":
            text[name] = f"{text[name]}之{serial}"
    return text


def persons(contract: Contract, given: dict[str, str]) -> list[dict[str, str]]:
    """A row for each person that the row names, where a row of the source has one."""
    for header, value in given.items():
        if header != "条数" and column_of(contract, header).name in ONE_PERSON:
            return [{**given, header: name} for name in spread(value)]
    return [given]


def gather(cases: Sequence[Case], places: Places) -> dict[str, Rows]:
    """The rows of all cases by source; a case without a roster has 张三 in 甲县."""
    rows = {source: Rows(contract, [], []) for source, contract in CONTRACTS.items()}

    def add(case: int, block: Block) -> None:
        found = rows[BY_TITLE[block.title].source]
        for given in block.rows:
            for each in persons(found.contract, given) * int(given.get("条数", "1")):
                serial = len(found.texts) + 1
                found.texts.append(row_text(case, found.contract, each, places, serial))
                found.cases.append(case)

    roster = CONTRACTS["officer_roster"].title_zh
    for case in cases:
        if not any(block.title == roster for block in case.given):
            add(case.number, Block(roster, [], [{"姓名": "张三"}]))
        for block in case.given:
            add(case.number, block)
    add(0, Block(roster, [], [{"姓名": HELPER, "所属单位区划代码": HELPER_PLACE}]))
    return rows


def with_regions(rulebook: Rulebook, regions: Iterable[Region]) -> Rulebook:
    """The rulebook over the places of the cases."""
    found = tuple(regions)
    division = Table(rulebook.tables["division"].columns, tuple(tuple(vars(each).values()) for each in found))
    return replace(rulebook, regions=found, aliases={}, tables={**rulebook.tables, "division": division})


class GoldenSeason:
    """Cases that share an as-of month, in one warehouse in memory."""

    def __init__(
        self, cases: Sequence[Case], rulebook: Rulebook | None = None, codes: dict[str, str] | None = None
    ) -> None:
        """Land the rows of the cases and run all models once.

        Args:
            cases: cases of one as-of month.
            rulebook: another rulebook than that of the notice.
            codes: the codes of that rulebook's places by the names in the cases; None: places made for them.
        """
        self.cases = list(cases)
        self.as_of = date.fromisoformat(f"{cases[0].head['截至']}-01")
        self.places = Places(codes)
        self.rows = gather(self.cases, self.places)
        chosen = rulebook or load(RULEBOOK)
        self.rulebook = chosen if codes else with_regions(chosen, self.places.regions)
        self.con = connect_warehouse()
        self.land(self.rulebook)
        self.run(self.rulebook, (*STAGES["core"], *SCORES))

    def land(self, rulebook: Rulebook) -> None:
        """Judge the rows by the contracts and store them: one file for each source."""
        con, reference = self.con, rulebook.reference()
        make_tables(con, CONTRACTS)
        for number, (source, rows) in enumerate(self.rows.items(), start=1):
            if not rows.texts:
                continue
            keys = pl.DataFrame({"row_number": range(2, 2 + len(rows.texts))}).select(
                pl.lit(number, pl.Int32).alias("content_id"),
                pl.lit(0, pl.Int16).alias("sheet_no"),
                "row_number",
            )
            schema = {column.name: pl.String for column in rows.contract.columns}
            text = pl.concat([keys, pl.DataFrame(rows.texts, schema=schema)], how="horizontal")
            judged = rows.contract.validate(text, reference)
            issues = judged.issues.with_columns(pl.lit(source).alias("source"))
            stored = judged.rows.drop(rows.contract.duckdb_repeated())
            for table, frame in ((source, stored), ("issue", issues)):
                con.register("new_rows", frame)
                con.execute(f"INSERT INTO raw.{table} BY NAME SELECT * FROM new_rows")
                con.unregister("new_rows")
            con.execute(
                "INSERT INTO raw.delivery VALUES (?, ?, ?, 1, 1, ?, ?)",
                [number, f"{source}.csv", date(self.as_of.year, 1, 1), source, number],
            )

    def run(self, rulebook: Rulebook, models: Sequence[Model]) -> None:
        """Install a rulebook and make some tables anew."""
        install(self.con, rulebook)
        last_day = calendar.monthrange(self.as_of.year, self.as_of.month)[1]
        self.con.execute(
            """
            CREATE OR REPLACE TABLE core.refresh AS
            SELECT
                $as_of::DATE AS as_of_month,
                $as_of_day::DATE AS as_of_day,
                make_date(season_year, 1, 1) AS year_start,
                season_year,
                (SELECT max(month) FROM rulebook.month WHERE is_activity_month AND month <= $as_of::DATE)
                AS activity_until,
                $as_of::DATE = final_month AS is_final,
                FALSE AS is_demo
            FROM rulebook.season
            """,
            {"as_of": self.as_of, "as_of_day": self.as_of.replace(day=last_day)},
        )
        run_models(self.con, models, run_model)

    def differences(self, about: str = "") -> list[str]:
        """What is not as the cases say, in words.

        Args:
            about: only the cases about clauses that begin so.
        """
        found = Found(self)
        return [
            f"{case}: {line}"
            for case in self.cases
            if any(clause.startswith(about) for clause in case.clauses)
            for block in case.expected
            for row in block.rows
            for line in found.check(block.title, case.number, row)
        ]


class Found:
    """What the models made of a season, to be held against its cases."""

    def __init__(self, season: GoldenSeason) -> None:
        """Fetch everything once."""
        self.season = season
        execute = season.con.execute
        self.points = {
            (subject, entity, clause): (points, status)
            for subject, entity, clause, points, status in execute(
                """
                SELECT 'officer', officer_id, clause_id, points, status FROM score.officer_line
                UNION ALL
                SELECT 'bureau', region_code, clause_id, points, status FROM score.bureau_line
                UNION ALL
                SELECT subject, entity_id, '总分', total_points, NULL FROM score.candidate
                """
            ).fetchall()
        }
        self.standing = {
            row[:2]: row[2:]
            for row in execute(
                "SELECT subject, entity_id, rank_no, award_status, goes_to_ministry FROM score.standing"
            ).fetchall()
        }
        self.nominations = {
            row[:2]: row[2:]
            for row in execute(
                "SELECT prefecture_code, nomination_kind, nominated, is_in_order FROM marts.nomination_check"
            ).fetchall()
        }
        self.issues = execute(
            "SELECT DISTINCT i.rule_id, i.source, d.row_number FROM core.issue AS i "
            "JOIN core.delivered_row AS d USING (row_id)"
        ).fetchall()

    def entity(self, case: int, name: str) -> tuple[str, str]:
        """Subject and id of what a case names."""
        if name.endswith(("市", "县")):
            return "bureau", self.season.places.code(case, name)
        return "officer", officer_id(case, name)

    def check(self, block: str, case: int, row: dict[str, str]) -> list[str]:
        """What is not as a row of a case says; empty where all is."""
        expected: tuple[object, ...]
        found: tuple[object, ...]
        if block == "得分":
            points, status = self.points.get((*self.entity(case, row["对象"]), row["条款"]), (None, None))
            expected = (Decimal(row["得分"]), row.get("状态") or status)
            found = (points, status)
        elif block == "评选":
            rank = int(row["名次"]) if row["名次"] else None
            expected = (rank, row["结果"], YES_NO[row["报部"]])
            found = self.standing.get(self.entity(case, row["对象"]), ())
        elif block == "推荐":
            expected = (int(row["人数"]), YES_NO[row["合规"]])
            found = self.nominations.get((self.season.places.code(case, row["地州市"]), row["类别"]), ())
        else:
            source = RULE_SOURCE[row["规则"]]
            mine = {n for n, of in enumerate(self.season.rows[source].cases, start=2) if of == case}
            hits = {n for rule, of, n in self.issues if rule == row["规则"] and of == source and n in mine}
            expected, found = (int(row["条数"]),), (len(hits),)
        return [] if found == expected else [f"{row}: expected {expected}, is {found}"]


def seasons_of(cases: Sequence[Case]) -> dict[str, list[Case]]:
    """Cases by the season they share: as-of month, or a season of their own."""
    found: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        found[f"alone {case.number}" if case.is_alone else case.head["截至"]].append(case)
    return dict(found)

"""How many rows decided a clause for an officer or a bureau, against the mart `score_evidence`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from oracle_all.season import Season

OFFICER_CLAUSES = ("I1.1", "I2.1", "I3.2", "I4.1", "I5.1")
BUREAU_CLAUSES = (
    *("C1.1", "C2.1", "C3.1", "C4.3", "C4.4", "C4.5", "C4.7"),
    *("C5.1", "C8.1", "C8.2", "C9.1", "C9.2", "C10.1"),
)
Evidence = Counter[tuple[str, str, str]]  # subject, entity and clause → rows that count


def evidence_differences(season: Season, read: Callable[[str], list[dict[str, Any]]]) -> Iterator[str]:
    """Where the numbers of rows differ, in words; `read` gives the rows of a mart."""
    expected = _of_officers(season) + _of_bureaus(season)
    actual = Counter(
        (row["subject"], row["entity_id"], row["clause_id"])
        for row in read("score_evidence")
        if row["is_counted"] and row["clause_id"] in OFFICER_CLAUSES + BUREAU_CLAUSES
    )
    for key in sorted(expected.keys() | actual.keys()):
        if expected[key] != actual[key]:
            yield f"score_evidence {key}: should be {expected[key]} rows, are {actual[key]}"


def _of_officers(season: Season) -> Evidence:
    book, accepted = season.book, season.accepted
    found: Evidence = Counter()

    def put(clause: str, officers: set[str | None]) -> None:
        found.update(
            ("officer", officer, clause)
            for officer in officers & season.officers.keys()
            if clause in book.clauses
        )

    for row in accepted["case_file_reviews"]:
        if season.is_counted(row.reviewed_on) and (row.entrant_kind, row.review_kind) == (
            "个人",
            "案卷大家评",
        ):
            put("I1.1", {season.officer_of(row.officer_cert_no)})
    for row in accepted["campaign_service"]:
        if season.is_counted(row.deployed_on):
            put("I2.1", {season.officer_of(row.officer_cert_no)})
    for row in accepted["evidence_documents"]:
        if season.is_counted(row.made_at) and _is_term(season, "I3.2", "made_with", row.made_with):
            put("I3.2", season.officers_of(row.maker_cert_nos))
    for row in accepted["typical_cases"]:
        if season.is_counted(row.published_on) and _is_term(season, "I4.1", "adopted_as", row.adopted_as):
            put("I4.1", season.officers_of(row.officer_cert_nos))
    for row in accepted["material_reviews"]:
        if season.is_counted(row.reviewed_on) and row.entrant_kind == "个人":
            put("I5.1", {season.officer_of(row.officer_cert_no)})
    return found


def _of_bureaus(season: Season) -> Evidence:
    return Counter(
        ("bureau", bureau, clause)
        for bureau in season.bureaus
        for clause in _clauses_decided(season, bureau)
        if clause in season.book.clauses
    )


def _is_term(season: Season, clause: str, name: str, value: Any) -> bool:
    """The clause is in force, and the value is one of the terms it looks for."""
    return clause in season.book.clauses and value in season.book.terms(clause, name)


def _clauses_decided(season: Season, bureau: str) -> Iterator[str]:
    """The clause of a bureau that a row decides, once for each row."""

    def own(source: str, day: str) -> list[Any]:
        return [
            row
            for row in season.accepted[source]
            if row.region_code in season.covers[bureau] and season.is_counted(row.columns[day])
        ]

    yield from (
        "C1.1"
        for row in own("case_file_reviews", "reviewed_on")
        if (row.entrant_kind, row.review_kind) == ("集体", "案卷大家评")
    )
    yield from (
        "C2.1"
        for row in own("typical_cases", "published_on")
        if _is_term(season, "C2.1", "adopted_as", row.adopted_as)
    )
    published = {
        row.case_no
        for row in season.accepted["typical_cases"]
        if row.publisher_level == "生态环境部"
        and _is_term(season, "C3.1", "excluded_as", row.adopted_as)
        and row.published_on <= season.end
    }
    categories = int(season.book.number("C3.1", "categories")) if "C3.1" in season.book.clauses else 0
    for row in own("penalty_cases", "decided_on"):
        has_category = any(1 <= category <= categories for category in row.major_categories or [])
        if row.major_review == "认定" and has_category and row.case_no not in published:
            yield "C3.1"
        for clause in ("C4.3", "C4.4", "C4.5", "C4.7"):
            if _is_term(season, clause, "clue_source", row.clue_source):
                yield clause
    for row in season.accepted["transmission_rates"]:
        if row.region_code in season.covers[bureau] and season.start <= row.month_ <= season.as_of:
            yield "C5.1"
    team = own("campaign_service", "deployed_on")
    yield from ("C8.1" for _ in team)
    if any(_is_term(season, "C8.2", "required_organiser", row.organiser) for row in team):
        yield from ("C8.2" for row in team if row.mark is not None)
    for row in own("referrals", "filed_on"):
        for clause in ("C9.1", "C9.2"):
            if _is_term(season, clause, "offence", row.offence):
                yield clause
    for row in own("material_reviews", "reviewed_on"):
        if (row.entrant_kind, row.region_code) == ("集体", bureau) and _is_term(
            season, "C10.1", "finding", row.finding
        ):
            yield "C10.1"

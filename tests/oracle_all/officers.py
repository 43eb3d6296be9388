"""The clauses of officers (annex of individuals), year to date."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from oracle_all.rows import Row
from oracle_all.season import Season, rounded


def officer_points(season: Season) -> dict[tuple[str, str], Fraction]:
    """The points of each officer and clause."""
    clauses = {
        "I1.1": _case_file_contest,
        "I1.2": _case_file_quality,
        "I2.1": _campaign_service,
        "I3.1": _monthly_records,
        "I3.2": _evidence_documents,
        "I4.1": _typical_cases,
        "I5.1": _material_reviews,
    }
    return {
        (officer, clause): rounded(score(season, officer))
        for clause, score in clauses.items()
        if clause in season.book.clauses
        for officer in season.officers
    }


def vetoed_officers(season: Season) -> set[str]:
    """I2.V: those with a breach of integrity in a campaign."""
    if "I2.V" not in season.book.vetoes:
        return set()
    return {
        officer
        for officer in season.officers
        if any(row.integrity_breach for row in _services(season, officer))
    }


def _reviews(season: Season, officer: str, kind: str) -> list[Row]:
    return [
        row
        for row in season.accepted["case_file_reviews"]
        if row.review_kind == kind
        and row.entrant_kind == "个人"
        and season.is_counted(row.reviewed_on)
        and season.officer_of(row.officer_cert_no) == officer
    ]


def _services(season: Season, officer: str) -> list[Row]:
    return [
        row
        for row in season.accepted["campaign_service"]
        if season.is_counted(row.deployed_on) and season.officer_of(row.officer_cert_no) == officer
    ]


def _case_file_contest(season: Season, officer: str) -> Fraction:
    return season.book.maximum("I1.1") * bool(_reviews(season, officer, "案卷大家评"))


def _case_file_quality(season: Season, officer: str) -> Fraction:
    """I1.2: the last file reviewed, by the mark of its bureau's review where there is one."""
    own = _reviews(season, officer, "案卷质量")
    if not own:
        return Fraction(0)
    decisive = sorted(own, key=lambda row: (row.reviewed_on, row.case_no))[
        -1
    ]  # of equal ones the last delivered
    of_bureaus = [
        row
        for row in season.accepted["case_file_reviews"]
        if row.review_kind == "案卷质量"
        and row.entrant_kind == "集体"
        and season.is_counted(row.reviewed_on)
        and row.case_no == decisive.case_no
    ]
    of_bureaus.sort(key=lambda row: (row.reviewed_on, row.mark))
    used = of_bureaus[-1] if of_bureaus else decisive
    case = season.cases.get(decisive.case_no)
    if used.mark is None or not is_file_good(season, used, case):
        return Fraction(0)
    if officer not in season.officers_of(case.officer_cert_nos):
        return Fraction(0)
    return season.book.maximum("I1.2") * Fraction(used.mark) / 100


def is_file_good(season: Season, review: Row, case: Row | None) -> bool:
    """The case is of the season, closed and disclosed, and its file without a substantive error."""
    return (
        case is not None
        and case.disclosure not in ("未公开", None)
        and not review.substantive_error
        and case.decided_on.year == season.year
        and case.closed_on is not None
        and case.closed_on <= season.end
    )


def _campaign_service(season: Season, officer: str) -> Fraction:
    """I2.1: the best mark, less the breaches of discipline."""
    rows = _services(season, officer)
    marks = [Fraction(row.mark) for row in rows if row.mark is not None]
    if not marks:
        return Fraction(0)
    deduction = season.book.number("I2.1", "breach_deduction") * sum(row.breaches or 0 for row in rows)
    return max(Fraction(0), season.book.maximum("I2.1") * max(marks) / 100 - deduction)


def _monthly_records(season: Season, officer: str) -> Fraction:
    points = [
        row["points"]
        for (month, other), row in season.officer_month.items()
        if other == officer and month.month in season.record_months
    ]
    return sum(points, Fraction(0))


def _evidence_documents(season: Season, officer: str) -> Fraction:
    is_made = any(
        row.made_with in season.book.terms("I3.2", "made_with")
        and season.is_counted(row.made_at)
        and officer in season.officers_of(row.maker_cert_nos)
        for row in season.accepted["evidence_documents"]
    )
    return season.book.maximum("I3.2") * is_made


def _typical_cases(season: Season, officer: str) -> Fraction:
    """I4.1: each case once, at the points of the ministry where it adopted it."""
    publishers = defaultdict(set)
    for row in season.accepted["typical_cases"]:
        if (
            row.adopted_as in season.book.terms("I4.1", "adopted_as")
            and season.is_counted(row.published_on)
            and officer in season.officers_of(row.officer_cert_nos)
        ):
            publishers[row.case_no].add(row.publisher_level)
    points = [
        season.book.number("I4.1", "points_ministry" if "生态环境部" in levels else "points_region")
        for levels in publishers.values()
    ]
    return min(season.book.maximum("I4.1"), sum(points, Fraction(0)))


def _material_reviews(season: Season, officer: str) -> Fraction:
    """I5.1: nothing for copied material; else less what was found."""
    rows = [
        row
        for row in season.accepted["material_reviews"]
        if row.entrant_kind == "个人"
        and season.is_counted(row.reviewed_on)
        and season.officer_of(row.officer_cert_no) == officer
    ]
    if any(row.finding == "雷同抄袭" for row in rows):
        return Fraction(0)
    is_party_wrong = any(row.finding == "当事人信息" for row in rows)
    typos = sum(row.places for row in rows if row.finding == "文字错误")
    party = season.book.number("I5.1", "party_deduction") * is_party_wrong
    typo = season.book.number("I5.1", "typo_deduction") * typos
    return max(Fraction(0), season.book.maximum("I5.1") - party - typo)

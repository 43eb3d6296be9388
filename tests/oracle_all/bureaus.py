"""The clauses of bureaus (annex of collectives), year to date."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from fractions import Fraction
from itertools import combinations

from oracle_all.officers import is_file_good
from oracle_all.rows import Row
from oracle_all.season import Season, rounded

POSITIVE_LIST = ("C7.1", "C7.2", "C7.4a", "C7.4b")  # in the order in which group C7 is filled up


def bureau_points(season: Season) -> dict[tuple[str, str], Fraction]:
    """The points of each bureau and clause."""
    found: dict[tuple[str, str], Fraction] = {}
    for bureau in season.bureaus:
        points = Bureau(season, bureau).points()
        found |= {(bureau, clause): rounded(value) for clause, value in points.items()}
    return found | _service_performance(season)


def vetoed_bureaus(season: Season) -> set[str]:
    """C8.V: those that sent somebody with a breach of integrity."""
    if "C8.V" not in season.book.vetoes:
        return set()
    return {
        row.region_code
        for row in season.accepted["campaign_service"]
        if row.integrity_breach and season.is_counted(row.deployed_on)
    }


def _service_performance(season: Season) -> dict[tuple[str, str], Fraction]:
    """C8.2: the mean mark; the lowest of its level for a bureau that sent nobody where it had to."""
    if "C8.2" not in season.book.clauses:
        return {}
    required = season.book.terms("C8.2", "required_organiser")
    means, with_required, with_marks = {}, set(), set()
    for bureau in season.bureaus:
        team = Bureau(season, bureau).team
        marks = [Fraction(row.mark) for row in team if row.mark is not None]
        mean = sum(marks) / len(marks) / 100 if marks else Fraction(0)
        means[bureau] = rounded(season.book.maximum("C8.2") * mean)
        with_required |= {bureau} if any(row.organiser in required for row in team) else set()
        with_marks |= {bureau} if marks else set()
    found = {}
    for bureau in season.bureaus:
        level = season.regions.level(bureau)
        peers = [means[other] for other in with_required & with_marks if season.regions.level(other) == level]
        lowest = min(peers, default=Fraction(0))
        found[bureau, "C8.2"] = means[bureau] if bureau in with_required else lowest
    return found


class Bureau:
    """A bureau with what its clauses look at.

    Attributes:
        covered: the agencies it answers for.
        level: prefecture or county.
        cases: their penalty cases decided in the season.
        team: their rows of campaigns.
    """

    def __init__(self, season: Season, bureau: str) -> None:
        """Pick the rows of the bureau."""
        self.season = season
        self.book = season.book
        self.bureau = bureau
        self.covered = season.covers[bureau]
        self.level = season.regions.level(bureau)
        self.cases = self._own("penalty_cases", "decided_on")
        self.team = self._own("campaign_service", "deployed_on")
        self.measures = {
            (row.region_code, row.item): row
            for row in season.accepted["reported_measures"]
            if season.is_counted(row.reported_on)
        }

    def _own(self, source: str, day: str) -> list[Row]:
        return [
            row
            for row in self.season.accepted[source]
            if row.region_code in self.covered and self.season.is_counted(row.columns[day])
        ]

    def points(self) -> dict[str, Fraction]:
        """The points of every clause of the rulebook but C8.2, not yet rounded."""
        clauses = {
            "C1.1": self._case_file_contest,
            "C1.2": self._case_file_quality,
            "C2.1": self._typical_cases,
            "C3.1": self._major_cases,
            "C4.3": lambda: self._cases_found_by("C4.3"),
            "C4.4": self._rewarded_reports,
            "C4.5": lambda: self._cases_found_by("C4.5"),
            "C4.7": lambda: self._cases_found_by("C4.7"),
            "C5.1": self._transmission,
            "C7.1": self._monthly_records,
            "C7.2": self._activity,
            "C7.4a": self._records_per_capita,
            "C7.4b": self._positive_list,
            "C8.1": self._persons_sent,
            "C9.1": lambda: self._referrals("C9.1"),
            "C9.2": lambda: self._referrals("C9.2"),
            "C10.1": self._material_reviews,
        }
        found = {clause: score() for clause, score in clauses.items() if clause in self.book.clauses}
        for clause, content in self.book.clauses.items():
            if content.get("days"):
                found[clause] = self._done_in_time(clause)
            elif "item" in content and content["item"][0]["kind"] == "yes_no":
                found[clause] = self.book.best(clause, lambda item: self._is_yes(self.bureau, item))
        if self.book.groups.get("C7", {}).get("is_cut"):
            room = Fraction(self.book.groups["C7"]["max_points"])
            for clause in POSITIVE_LIST:
                if clause in found:
                    found[clause] = min(rounded(found[clause]), room)
                    room -= found[clause]
        return found

    def _reviews(self, kind: str) -> list[Row]:
        return [
            row
            for row in self._own("case_file_reviews", "reviewed_on")
            if row.review_kind == kind and row.entrant_kind == "集体"
        ]

    def _case_file_contest(self) -> Fraction:
        return self.book.maximum("C1.1") * bool(self._reviews("案卷大家评"))

    def _case_file_quality(self) -> Fraction:
        """C1.2: of each type the last file reviewed, where the case is the bureau's own."""
        types = self.book.terms("C1.2", "file_type")
        total = Fraction(0)
        for file_type in types:
            reviews = [
                row
                for row in self._reviews("案卷质量")
                if row.region_code == self.bureau and row.file_type == file_type
            ]
            if reviews:
                review = max(reviews, key=lambda row: (row.reviewed_on, row.case_no))
                case = self.season.cases.get(review.case_no)
                if is_file_good(self.season, review, case) and self._is_own_case(case):
                    total += Fraction(review.mark)
        return self.book.maximum("C1.2") * total / (100 * len(types))

    def _is_own_case(self, case: Row) -> bool:
        in_force = self.season.in_force(self.season.as_of).officers
        agencies = {
            in_force[officer].agency_code
            for officer in self.season.officers_of(case.officer_cert_nos)
            if officer in in_force
        }
        return case.region_code in self.covered or bool(agencies & self.covered)

    def _typical_cases(self) -> Fraction:
        """C2.1: each case once; those that only the region adopted up to a cap."""
        publishers = defaultdict(set)
        for row in self._own("typical_cases", "published_on"):
            if row.adopted_as in self.book.terms("C2.1", "adopted_as"):
                publishers[row.case_no].add(row.publisher_level)
        ministry = sum("生态环境部" in levels for levels in publishers.values())
        region = self.book.number("C2.1", "points_region") * (len(publishers) - ministry)
        return min(
            self.book.maximum("C2.1"),
            self.book.number("C2.1", "points_ministry") * ministry
            + min(self.book.number("C2.1", "region_cap"), region),
        )

    def _major_cases(self) -> Fraction:
        """C3.1: the most categories that can be shown by a case each, a case showing one (Kőnig, Hall)."""
        categories = range(1, int(self.book.number("C3.1", "categories")) + 1)
        published = {
            row.case_no
            for row in self.season.accepted["typical_cases"]
            if row.publisher_level == "生态环境部"
            and row.adopted_as in self.book.terms("C3.1", "excluded_as")
            and row.published_on <= self.season.end
        }
        shown = [
            set(row.major_categories or [])
            for row in self.cases
            if row.major_review == "认定" and row.case_no not in published
        ]
        most = min(
            len(categories) - size + sum(bool(set(chosen) & case) for case in shown)
            for size in range(len(categories) + 1)
            for chosen in combinations(categories, size)
        )
        return min(self.book.maximum("C3.1"), most * self.book.number("C3.1", "points_each"))

    def _cases_found_by(self, clause: str) -> Fraction:
        """C4.3, C4.5, C4.7: all points from a number of cases on."""
        cases = sum(row.clue_source in self.book.terms(clause, "clue_source") for row in self.cases)
        return self.book.maximum(clause) * (cases >= self.book.number(clause, "cases_min", self.level))

    def _rewarded_reports(self) -> Fraction:
        """C4.4: points for every so many cases, and a bonus for a reward of some kinds."""
        cases = [row for row in self.cases if row.clue_source in self.book.terms("C4.4", "clue_source")]
        steps = len(cases) // self.book.number("C4.4", "cases_step", self.level)
        has_bonus = any(row.reward_kind in self.book.terms("C4.4", "bonus_reward_kind") for row in cases)
        return min(
            self.book.maximum("C4.4"),
            self.book.number("C4.4", "points_step", self.level) * steps
            + self.book.number("C4.4", "bonus", self.level) * has_bonus,
        )

    def _transmission(self) -> Fraction:
        """C5.1: by the immediate rate since January, where the completed rate suffices."""
        counts = self.season.transmission_counts(self.bureau, self.season.start, self.season.as_of)
        expected, immediate, completed = counts or (0, 0, 0)
        least = self.book.number("C5.1", "completed_percent_min")
        if not expected or 100 * completed < least * expected:
            return Fraction(0)
        return self.book.band("C5.1", Fraction(100 * immediate, expected))

    def _monthly_records(self) -> Fraction:
        points = [
            self.season.region_month[month, self.bureau]["points"]
            for month in self.season.months
            if month.month in self.season.record_months
        ]
        return sum(points, Fraction(0))

    def _activity(self) -> Fraction:
        """C7.2: the points of the last activity month."""
        by_month = {
            month: row["points"]
            for (month, bureau), row in self.season.activity.items()
            if bureau == self.bureau
        }
        return by_month[max(by_month)] if by_month else Fraction(0)

    def _records_per_capita(self) -> Fraction:
        """C7.4a: all points where every record month has more records per head than asked for."""
        if self.season.month < max(self.season.record_months):
            return Fraction(0)
        above = self.book.number("C7.4a", "per_capita_above", self.level)
        rows = [
            self.season.region_month[date(self.season.year, month, 1), self.bureau]
            for month in self.season.record_months
        ]
        is_above = all(row["headcount"] and row["records"] > above * row["headcount"] for row in rows)
        return self.book.maximum("C7.4a") * is_above

    def _positive_list(self) -> Fraction:
        """C7.4b: the points reported."""
        row = self.measures.get((self.bureau, "C7.4b"))
        return Fraction(row.value_number) if row is not None else Fraction(0)

    def _persons_sent(self) -> Fraction:
        """C8.1: a base and points for each person."""
        persons = len({self.season.officer_of(row.officer_cert_no) for row in self.team})
        if not persons:
            return Fraction(0)
        each = self.book.number("C8.1", "points_each", self.level)
        return min(self.book.maximum("C8.1"), self.book.number("C8.1", "base", self.level) + persons * each)

    def _referrals(self, clause: str) -> Fraction:
        """C9.1, C9.2: points for each referral that the police filed."""
        filed = [
            row
            for row in self._own("referrals", "filed_on")
            if row.offence in self.book.terms(clause, "offence")
        ]
        each = self.book.number(clause, "points_each", self.level)
        return min(self.book.maximum(clause), each * len(filed))

    def _material_reviews(self) -> Fraction:
        """C10.1: less so much for each place found in the bureau's own material."""
        places = sum(
            row.places
            for row in self._own("material_reviews", "reviewed_on")
            if row.entrant_kind == "集体"
            and row.region_code == self.bureau
            and row.finding in self.book.terms("C10.1", "finding")
        )
        deduction = self.book.number("C10.1", "place_deduction") * places
        return max(Fraction(0), self.book.maximum("C10.1") - deduction)

    def _is_yes(self, bureau: str, item: str) -> bool:
        return (bureau, item) in self.measures and self.measures[bureau, item].value_is_yes is True

    def _done_in_time(self, clause: str) -> Fraction:
        """C11: done before a day by the prefecture, by all its counties that are appraised, or by itself."""
        (item,) = self.book.clauses[clause]["item"]
        before = self.book.clauses[clause]["days"]["done_before"]
        asked = [self.bureau]
        if item.get("whose") == "prefecture":
            asked = [self.bureau[:4] + "00"]
        elif item.get("whose") == "counties" and self.level == "prefecture":
            counties = set(self.season.bureaus) & self.covered - {self.bureau}
            asked = sorted(counties) or asked
        is_done = all(
            self._is_yes(bureau, item["id"])
            and (day := self.measures[bureau, item["id"]].done_on) is not None
            and day < before
            for bureau in asked
        )
        return self.book.maximum(clause) * is_done

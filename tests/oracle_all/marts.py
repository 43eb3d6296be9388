"""The marts of scores of a season: totals, ranks, awards, nominations, rosters in force, data quality."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from compare import KEYS

from oracle_all.bureaus import bureau_points, vetoed_bureaus
from oracle_all.officers import officer_points, vetoed_officers
from oracle_all.rows import ALL_RULES, Row
from oracle_all.season import Mart, Season

COUNTY_NOMINATION = "县级集体"
KEY_COLUMNS = {
    table: KEYS[table]
    for table in (
        "officer_monthly_record_score",
        "region_monthly_record_score",
        "region_activity_rate",
        "region_transmission_rate",
        "officer_indicator_score",
        "region_indicator_score",
        "officer_final_score",
        "region_final_score",
        "nomination_check",
        "roster_in_force",
        "data_quality_monthly",
    )
}
Points = dict[tuple[str, str], Fraction]  # entity and clause → points


def expected_marts(season: Season) -> dict[str, Mart]:
    """The marts by name; the keys are the values of `KEY_COLUMNS`, alone where there is one column."""
    officers, bureaus = officer_points(season), bureau_points(season)
    return {
        "officer_monthly_record_score": season.officer_month,
        "region_monthly_record_score": season.region_month,
        "region_activity_rate": season.activity,
        "region_transmission_rate": season.transmission,
        "officer_indicator_score": _indicators(season, officers),
        "region_indicator_score": _indicators(season, bureaus),
        "officer_final_score": _officer_finals(season, officers),
        "region_final_score": _bureau_finals(season, bureaus),
        "nomination_check": _nomination_check(season),
        "roster_in_force": _rosters_in_force(season),
        "data_quality_monthly": _data_quality(season),
    }


def _indicators(season: Season, points: Points) -> Mart:
    return {
        (entity, clause): {"points": value, "max_points": season.book.maximum(clause)}
        for (entity, clause), value in points.items()
    }


def _group_sums(season: Season, points: Points, entity: str, letter: str) -> dict[str, Fraction]:
    """The points of each group: columns i1 … or c1 …."""
    sums = {group.lower(): Fraction(0) for group in season.book.groups if group.startswith(letter)}
    for (other, clause), value in points.items():
        if other == entity:
            sums[clause.split(".")[0].lower()] += value
    return sums


def _nominations(season: Season) -> list[Row]:
    return [row for row in season.accepted["nominations"] if season.is_counted(row.nominated_on)]


def _nominee(season: Season, row: Row) -> str | None:
    is_county = row.nomination_kind == COUNTY_NOMINATION
    return row.region_code if is_county else season.officer_of(row.officer_cert_no)


def _nomination_kinds(season: Season) -> dict[str | None, set[str]]:
    kinds = defaultdict(set)
    for row in _nominations(season):
        kinds[_nominee(season, row)].add(row.nomination_kind)
    return kinds


def _quotas(season: Season, level: str) -> tuple[int, int]:
    """How many are awarded, and how many of them go to the ministry."""
    (award,) = (award for award in season.book.awards if award["level"] == level and award["is_ranked"])
    return award["quota"], award["ministry_quota"]


def _officer_finals(season: Season, points: Points) -> Mart:
    kinds, vetoed = _nomination_kinds(season), vetoed_officers(season)
    ranked_kinds = {
        award["nomination_kind"]
        for award in season.book.awards
        if award["level"] == "officer" and award["is_ranked"]
    }
    finals: Mart = {}
    candidates = []
    for officer, row in season.officers.items():
        sums = _group_sums(season, points, officer, "I")
        nominated_for = kinds.get(officer, set())
        finals[officer] = final = {
            "officer_name": row.officer_name,
            "region_code": row.agency_code,
            "prefecture_code": season.regions.unit(row.agency_code),
            **sums,
            "total_points": sum(sums.values(), Fraction(0)),
            "is_nominated": bool(nominated_for),
            "has_valid_cert": season.holds_valid_cert(season.as_of, officer),
            "is_vetoed": officer in vetoed,
            "rank_no": None,
            "goes_to_ministry": None,
        }
        if final["is_vetoed"]:
            final["award_status"] = "取消资格"
        elif not final["has_valid_cert"]:
            final["award_status"] = "不符合基本条件"
        elif ranked_kinds & nominated_for:
            candidates.append(final)
        else:
            final["award_status"] = "待评审" if nominated_for else "未推荐"
    _rank(finals.values(), "overall_rank")
    _award(candidates, *_quotas(season, "officer"))
    return finals


def _bureau_finals(season: Season, points: Points) -> Mart:
    kinds, vetoed = _nomination_kinds(season), vetoed_bureaus(season)
    maxima = [group["max_points"] for name, group in season.book.groups.items() if name.startswith("C")]
    finals: Mart = {}
    for bureau in season.bureaus:
        sums = _group_sums(season, points, bureau, "C")
        level = season.regions.level(bureau)
        finals[bureau] = {
            "region_name": season.regions.rows[bureau]["name"],
            "level": level,
            "prefecture_code": bureau[:4] + "00",
            **sums,
            "total_points": sum(sums.values(), Fraction(0)),
            "max_points": sum(map(Fraction, maxima), Fraction(0)),
            "is_nominated": level == "prefecture" or bureau in kinds,
            "is_vetoed": bureau in vetoed,
            "rank_no": None,
            "goes_to_ministry": None,
        }
    for level in ("prefecture", "county"):
        peers = [final for final in finals.values() if final["level"] == level]
        _rank(peers, "overall_rank")
        for final in peers:
            final["award_status"] = "取消资格" if final["is_vetoed"] else "未推荐"
        candidates = [final for final in peers if final["is_nominated"] and not final["is_vetoed"]]
        _award(candidates, *_quotas(season, level))
    return finals


def _rank(finals: Iterable[dict[str, Any]], column: str) -> None:
    """Competition ranks by total points: equal points, equal rank."""
    finals = list(finals)
    for final in finals:
        final[column] = 1 + sum(other["total_points"] > final["total_points"] for other in finals)


def _award(candidates: list[dict[str, Any]], quota: int, ministry_quota: int) -> None:
    """Rank the candidates; who is tied across a quota's edge is left to people."""
    _rank(candidates, "rank_no")

    def is_within(places: int, final: dict[str, Any]) -> bool | None:
        above = final["rank_no"] - 1
        tied = sum(other["total_points"] == final["total_points"] for other in candidates)
        if above + tied <= places:
            return True
        return False if above >= places else None

    for final in candidates:
        statuses = {True: "入选", False: "未入选", None: "并列待定"}
        final["award_status"] = statuses[is_within(quota, final)]
        final["goes_to_ministry"] = is_within(ministry_quota, final)


def _nomination_check(season: Season) -> Mart:
    found: Mart = {}
    for prefecture in season.regions.prefectures:
        for limit in season.book.limits:
            nominated = {
                _nominee(season, row)
                for row in _nominations(season)
                if row.nominated_by == prefecture and row.nomination_kind in limit["nomination_kinds"]
            }
            found[prefecture, limit["kind"]] = {
                "nominated": len(nominated),
                "minimum": limit["minimum"],
                "maximum": limit["maximum"],
                "is_in_order": limit["minimum"] <= len(nominated) <= limit["maximum"],
            }
    return found


def _rosters_in_force(season: Season) -> Mart:
    return {
        (month, unit): {
            "roster_month": season.roster_month(unit, month),
            "is_carried": season.roster_month(unit, month) < month,
        }
        for month in season.months
        for unit in season.unit_months
    }


def _data_quality(season: Season) -> Mart:
    """Of the rows that no later one replaced, by source, delivery month and prefecture: the rules broken."""
    checked = defaultdict(list)
    for row in season.rows:
        if row.winner is None:
            prefecture = season.regions.prefecture_of(row.region)
            checked[row.source, row.month, prefecture].append(row)
    return {
        (source, month, prefecture, rule): {
            "dimension": dimension,
            "severity": severity,
            "checked_rows": len(rows),
            "broken_rows": sum(rule in row.listed for row in rows),
        }
        for (source, month, prefecture), rows in checked.items()
        for rule, (dimension, severity) in ALL_RULES[source].items()
    }

"""Suites of the score marts: lines under clauses, totals, ranks and awards of officers and bureaus."""

from __future__ import annotations

from string import Template

from checks.suites.base import Never, Suite, between, exactly_zero, never, trend

LEAST_POINTS = 0.0001  # one unit of the last decimal that is stored
STATUSES = ("scored", "no_data", "not_rated", "imputed")
RANKED = ("入选", "未入选", "并列待定")
UNRANKED = ("取消资格", "不符合基本条件", "待评审", "未推荐")


def _listed(values: tuple[str, ...]) -> str:
    """The values as a list in SQL."""
    return "(" + ", ".join(f"'{value}'" for value in values) + ")"


_LINE_PROPERTIES = (
    Never(
        "points_out_of_range",
        "points IS NULL OR points < 0 OR points > max_points",
        "得分为空、为负，或超过本条满分",
    ),
    Never("clause_unknown", "clause_max_points IS NULL", "条款不在评分标准（clause）中"),
    Never(
        "maximum_differs",
        "max_points IS DISTINCT FROM clause_max_points",
        "本条满分与评分标准（clause）不一致",
    ),
    Never("entity_without_total", "NOT has_total", "有分项得分而没有总分行"),
    Never("status_unknown", f"status IS NULL OR status NOT IN {_listed(STATUSES)}", "状态不在规定的取值之中"),
    Never("basis_missing", "basis IS NULL", "没有记录计算依据（basis）"),
)

_LINES = Template(
    """
    SELECT l.*, c.max_points AS clause_max_points, f.$entity IS NOT NULL AS has_total
    FROM marts.$lines AS l
    LEFT JOIN marts.clause AS c USING (clause_id)
    LEFT JOIN marts.$totals AS f ON f.$entity = l.$entity
    """
)
_OFFICER_LINES = _LINES.substitute(
    lines="officer_indicator_score", totals="officer_final_score", entity="officer_id"
)
_BUREAU_LINES = _LINES.substitute(
    lines="region_indicator_score", totals="region_final_score", entity="region_code"
)

_LINE_COUNTS = Template(
    """
    SELECT l.clause_id, count(*) - (SELECT count(*) FROM marts.$totals) AS lines_too_many,
        max(l.points) FILTER (l.clause_id IN (SELECT clause_id FROM marts.$lines WHERE status <> 'no_data'))
            AS highest_points
    FROM marts.$lines AS l GROUP BY l.clause_id ORDER BY l.clause_id
    """
)

OFFICER_LINES = never(
    "officer_indicator_score",
    ("clause_id", "officer_id"),
    ("clause_id",),
    *_LINE_PROPERTIES,
    rows=_OFFICER_LINES,
)
BUREAU_LINES = never(
    "region_indicator_score",
    ("clause_id", "region_code"),
    ("clause_id",),
    *_LINE_PROPERTIES,
    rows=_BUREAU_LINES,
)


def _look_at_clauses(lines: str, totals: str) -> Suite:
    """Every clause has a line for everyone; one with data under which nobody has a point is worth a look."""
    return trend(
        lines,
        ("clause_id",),
        _LINE_COUNTS.substitute(lines=lines, totals=totals),
        exactly_zero("lines_too_many", "本条的分项得分行数与参评对象数不相等"),
        between("highest_points", LEAST_POINTS, None, "本条已有数据而所有对象都是 0 分，请核对数据"),
    )


OFFICER_CLAUSES = _look_at_clauses("officer_indicator_score", "officer_final_score")
BUREAU_CLAUSES = _look_at_clauses("region_indicator_score", "region_final_score")

_GROUPS = Template(
    """
    WITH lines AS (
        SELECT l.$entity, c.group_id, sum(l.points) AS points, any_value(c.group_max_points)
            AS group_max_points,
            count(*) AS lines
        FROM marts.$lines AS l JOIN marts.clause AS c USING (clause_id)
        GROUP BY l.$entity, c.group_id
    )
    SELECT $entity, sum(points) AS line_points, sum(lines) AS lines,
        count_if(points > group_max_points) AS groups_above_maximum, $pivot
    FROM lines GROUP BY $entity
    """
)


def _totals(lines: str, entity: str, letter: str, groups: int, rank_partition: str, totals: str) -> str:
    """SQL of the total rows beside what a reader reckons: the sums of the lines, and the rank by totals."""
    names = [f"{letter}{i}" for i in range(1, groups + 1)]
    pivot = ", ".join(f"sum(points) FILTER (group_id = '{n.upper()}') AS {n}" for n in names)
    differs = " OR ".join(f"coalesce(f.{n}, 0) <> coalesce(g.{n}, 0)" for n in names)
    added = " + ".join(f"coalesce(f.{n}, 0)" for n in names)
    return Template(
        """
        WITH groups AS ($groups)
        SELECT f.*, g.line_points, g.lines, g.groups_above_maximum, $differs AS group_differs,
            $added AS group_points,
            max(g.lines) OVER () AS lines_of_all,
            rank() OVER (PARTITION BY $partition ORDER BY f.total_points DESC) AS rank_by_total,
            rank() OVER (PARTITION BY $partition, f.rank_no IS NULL ORDER BY f.total_points DESC)
                AS rank_among_ranked
        FROM marts.$totals AS f LEFT JOIN groups AS g USING ($entity)
        """
    ).substitute(
        groups=_GROUPS.substitute(entity=entity, lines=lines, pivot=pivot),
        differs=f"({differs})",
        added=added,
        partition=rank_partition,
        totals=totals,
        entity=entity,
    )


_TOTAL_PROPERTIES = (
    Never("total_is_not_the_sum", "total_points IS DISTINCT FROM group_points", "总分不等于各组得分之和"),
    Never(
        "groups_are_not_the_lines",
        "group_differs OR total_points IS DISTINCT FROM coalesce(line_points, 0)",
        "各组得分或总分不等于分项得分之和",
    ),
    Never("group_above_maximum", "groups_above_maximum > 0", "某组得分超过该组满分"),
    Never("lines_missing", "lines IS DISTINCT FROM lines_of_all", "分项条款数与其他对象不同，有条款缺失"),
    Never(
        "overall_rank_wrong", "overall_rank IS DISTINCT FROM rank_by_total", "总排名与总分次序不符，或有空缺"
    ),
    Never(
        "rank_wrong",
        "rank_no IS NOT NULL AND rank_no <> rank_among_ranked",
        "评选排名与总分次序不符，或有空缺",
    ),
    Never(
        "status_unknown",
        f"award_status IS NULL OR award_status NOT IN {_listed(RANKED + UNRANKED)}",
        "评选状态不在规定的取值之中",
    ),
    Never(
        "rank_against_status",
        f"(rank_no IS NOT NULL) <> (award_status IN {_listed(RANKED)})",
        "评选状态与有无排名不符",
    ),
    Never("vetoed_yet_ranked", "is_vetoed AND award_status <> '取消资格'", "有一票否决情形而未取消资格"),
    Never(
        "selected_without_nomination",
        f"NOT is_nominated AND award_status IN {_listed(RANKED)}",
        "未经推荐而参加评选",
    ),
    Never("to_ministry_without_rank", "goes_to_ministry AND rank_no IS NULL", "没有评选排名而列入报部名单"),
)

OFFICER_TOTALS = never(
    "officer_final_score",
    ("officer_id",),
    (),
    *_TOTAL_PROPERTIES,
    rows=_totals("officer_indicator_score", "officer_id", "i", 5, "1", "officer_final_score"),
)

BUREAU_TOTALS = never(
    "region_final_score",
    ("region_code",),
    ("level",),
    *_TOTAL_PROPERTIES,
    Never("total_above_maximum", "total_points > max_points", "总分超过满分"),
    Never(
        "prefecture_of_its_own",
        "(level = 'prefecture') <> (region_code = prefecture_code)",
        "单位与所属地（州、市）不符",
    ),
    rows=_totals("region_indicator_score", "region_code", "c", 11, "f.level", "region_final_score"),
)

DIVISIONS = never(
    "region_final_score",
    ("code",),
    ("level",),
    Never("prefecture_missing", "level = 'prefecture' AND NOT is_scored", "区划表中的地（州、市）没有得分行"),
    Never(
        "county_missing",
        "level = 'county' AND NOT is_scored AND officers > 0",
        "县（市、区）有在册人员而没有得分行",
    ),
    Never(
        "county_without_roster",
        "level = 'county' AND NOT is_scored AND officers = 0",
        "县（市、区）没有在册人员，未列入评分，请核对名册是否漏报",
        is_blocking=False,
    ),
    Never("name_differs", "is_scored AND region_name IS DISTINCT FROM name", "单位名称与区划表不一致"),
    rows="""
        SELECT d.code, d.name, f.region_name, d.level, f.region_code IS NOT NULL AS is_scored,
            coalesce(o.officers, 0) AS officers
        FROM marts.division AS d
        LEFT JOIN marts.region_final_score AS f ON f.region_code = d.code
        LEFT JOIN (
            SELECT region_code, count(*) AS officers
                FROM marts.officer_monthly_record_score GROUP BY region_code
        ) AS o ON o.region_code = d.code
        WHERE d.level IN ('prefecture', 'county')
    """,
    part="divisions",
)

NOT_IN_DIVISIONS = never(
    "region_final_score",
    ("region_code",),
    (),
    Never("bureau_unknown", "level_there IS DISTINCT FROM level", "单位不在区划表中，或级别不符"),
    rows="""
        SELECT f.region_code, f.region_name, f.level, d.level AS level_there
        FROM marts.region_final_score AS f LEFT JOIN marts.division AS d ON d.code = f.region_code
    """,
    part="known",
)

NOMINATIONS = never(
    "nomination_check",
    ("prefecture_code", "nomination_kind"),
    ("nomination_kind",),
    Never(
        "order_is_wrong",
        "is_in_order IS DISTINCT FROM (nominated BETWEEN minimum AND maximum)",
        "推荐数是否合规的判断与上下限不符",
    ),
    Never(
        "wrong_number",
        "nominated > 0 AND NOT is_in_order",
        "推荐数不在规定范围内，请通知推荐单位",
        is_blocking=False,
    ),
)

SUITES: tuple[Suite, ...] = (
    OFFICER_LINES,
    OFFICER_CLAUSES,
    OFFICER_TOTALS,
    BUREAU_LINES,
    BUREAU_CLAUSES,
    BUREAU_TOTALS,
    DIVISIONS,
    NOT_IN_DIVISIONS,
    NOMINATIONS,
)

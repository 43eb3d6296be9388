"""The models of `sql/marts`: the public tables."""

from assets.models import Model

MARTS_MODELS: tuple[Model, ...] = (
    Model("marts.rule", "marts/rule.sql", ("rulebook.rule",)),
    Model("marts.snapshot", "marts/snapshot.sql", ("core.refresh",)),
    Model("marts.threshold", "marts/threshold.sql", ("rulebook.band", "rulebook.parameter")),
    Model(
        "marts.roster_in_force",
        "marts/roster_in_force.sql",
        ("core.refresh", "core.roster_in_force", "rulebook.month"),
    ),
    Model(
        "marts.data_quality_monthly",
        "marts/data_quality_monthly.sql",
        ("core.issue", "core.row_ledger", "rulebook.division", "rulebook.rule"),
    ),
    Model(
        "marts.delivery_file",
        "marts/delivery_file.sql",
        ("core.delivery", "core.row_ledger", "raw.content_part"),
    ),
    Model(
        "marts.superseded_row",
        "marts/superseded_row.sql",
        ("core.delivery", "core.row_ledger", "core.superseded", "raw.content_part"),
    ),
    Model(
        "marts.quality_issue",
        "marts/quality_issue.sql",
        (
            "core.delivery",
            "core.inspection_record",
            "core.issue",
            "core.row_ledger",
            "raw.content_part",
            "rulebook.rule",
        ),
    ),
    Model(
        "marts.region_monthly_record_score", "marts/region_monthly_record_score.sql", ("score.bureau_month",)
    ),
    Model(
        "marts.region_transmission_rate", "marts/region_transmission_rate.sql", ("score.bureau_transmission",)
    ),
    Model(
        "marts.officer_monthly_record_score",
        "marts/officer_monthly_record_score.sql",
        ("score.officer_month",),
    ),
    Model(
        "marts.points_at_stake",
        "marts/points_at_stake.sql",
        (
            "core.cover",
            "core.delivery",
            "core.inspection_record",
            "core.record_credit",
            "core.row_ledger",
            "raw.content_part",
            "rulebook.term",
            "score.bureau_month",
            "score.officer_month",
        ),
    ),
    Model("marts.region_activity_rate", "marts/region_activity_rate.sql", ("score.bureau_activity",)),
)

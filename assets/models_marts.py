"""The models of `sql/marts`: the public tables."""

from assets.models import Model, mart

MARTS_MODELS: tuple[Model, ...] = (
    mart("rule", ("rulebook.rule",)),
    mart("snapshot", ("core.refresh",)),
    mart("threshold", ("rulebook.band", "rulebook.parameter")),
    mart(
        "roster_in_force",
        ("core.refresh", "core.roster_in_force", "rulebook.month"),
    ),
    mart(
        "data_quality_monthly",
        ("core.cited_row", "core.issue", "core.row_count", "rulebook.division", "rulebook.rule"),
    ),
    mart("delivery_file", ("core.delivery", "core.row_count", "raw.content_part")),
    mart("superseded_row", ("core.cited_row", "core.superseded")),
    mart(
        "quality_issue",
        ("core.cited_row", "core.inspection_record", "core.issue", "core.word", "rulebook.rule"),
    ),
    mart("region_monthly_record_score", ("score.bureau_month",)),
    mart("region_transmission_rate", ("score.bureau_transmission",)),
    mart(
        "officer_monthly_record_score",
        ("score.officer_month",),
    ),
    mart(
        "points_at_stake",
        (
            "core.certificate_in_force",
            "core.cited_row",
            "core.cover",
            "core.inspection_record",
            "core.named_certificate",
            "score.bureau_month",
            "score.officer_month",
        ),
    ),
    mart("region_activity_rate", ("score.bureau_activity",)),
)

"""The models of `sql/core`: who is on which roster, which records are effective, who is credited."""

from assets.models import Model

TAKEN_AS_DELIVERED = (
    "campaign_service",
    "case_file_reviews",
    "evidence_documents",
    "material_reviews",
    "nominations",
    "penalty_cases",
    "referrals",
    "reported_measures",
    "transmission_rates",
    "typical_cases",
)
"""Sources whose accepted rows stand in `core` with the columns that they were delivered with."""


def _accepted(source: str) -> Model:
    """The model of the accepted rows of a source."""
    return Model(f"core.{source}", f"core/{source}.sql", ("core.delivery", "core.row_fate", f"raw.{source}"))


CORE_MODELS: tuple[Model, ...] = (
    Model(
        "core.word",
        "core/word.sql",
        ("raw.content_part", "raw.delivery", "rulebook.rule"),
        is_type=True,
    ),
    Model("core.delivery", "core/delivery.sql", ("core.refresh", "raw.delivery")),
    Model(
        "core.month_needed",
        "core/month_needed.sql",
        ("core.refresh", "raw.inspection_records", "rulebook.month"),
    ),
    Model(
        "core.delivered_row",
        "core/delivered_row.sql",
        (
            "core.delivery",
            "raw.campaign_service",
            "raw.case_file_reviews",
            "raw.evidence_documents",
            "raw.inspection_records",
            "raw.material_reviews",
            "raw.nominations",
            "raw.officer_roster",
            "raw.penalty_cases",
            "raw.referrals",
            "raw.reported_measures",
            "raw.transmission_rates",
            "raw.typical_cases",
        ),
        is_view=True,
    ),
    Model("core.superseded", "core/superseded.sql", ("core.delivered_row",)),
    Model("core.conflict_in_file", "core/conflict_in_file.sql", ("core.superseded",)),
    Model(
        "core.roster_row",
        "core/roster_row.sql",
        ("core.delivery", "core.superseded", "raw.issue", "raw.officer_roster", "rulebook.rule"),
    ),
    Model("core.certificate_claim", "core/certificate_claim.sql", ("core.roster_row",)),
    Model("core.officer_roster", "core/officer_roster.sql", ("core.certificate_claim", "core.roster_row")),
    Model("core.certificate_holder", "core/certificate_holder.sql", ("core.officer_roster", "core.refresh")),
    Model("core.roster_in_force", "core/roster_in_force.sql", ("core.month_needed", "core.officer_roster")),
    Model(
        "core.officer_in_force",
        "core/officer_in_force.sql",
        ("core.officer_roster", "core.roster_in_force", "rulebook.division"),
    ),
    Model(
        "core.bureau",
        "core/bureau.sql",
        (
            "core.officer_roster",
            "core.refresh",
            "core.roster_in_force",
            "rulebook.division",
            "rulebook.month",
        ),
    ),
    Model("core.certificate_in_force", "core/certificate_in_force.sql", ("core.officer_in_force",)),
    Model("core.certificate_validity", "core/certificate_validity.sql", ("core.certificate_in_force",)),
    Model("core.cover", "core/cover.sql", ("core.bureau", "rulebook.division")),
    Model(
        "core.named_certificate",
        "core/named_certificate.sql",
        ("core.certificate_in_force", "core.delivery", "raw.inspection_records", "rulebook.term"),
    ),
    Model(
        "core.inspection_check",
        "core/inspection_check.sql",
        ("core.delivery", "core.named_certificate", "raw.inspection_records"),
    ),
    Model(
        "core.officer",
        "core/officer.sql",
        ("core.certificate_validity", "core.officer_in_force", "core.refresh"),
    ),
    Model(
        "core.cross_issue",
        "core/cross_issue.sql",
        (
            "core.certificate_claim",
            "core.certificate_holder",
            "core.conflict_in_file",
            "core.delivery",
            "core.inspection_check",
            "raw.campaign_service",
            "raw.case_file_reviews",
            "raw.material_reviews",
            "raw.nominations",
        ),
    ),
    Model(
        "core.issue",
        "core/issue.sql",
        ("core.cross_issue", "core.delivery", "core.superseded", "raw.issue", "rulebook.rule"),
    ),
    Model("core.row_fate", "core/row_fate.sql", ("core.issue", "core.superseded")),
    Model("core.row_count", "core/row_count.sql", ("core.delivered_row", "core.row_fate")),
    Model(
        "core.cited_row",
        "core/cited_row.sql",
        (
            "core.delivered_row",
            "core.delivery",
            "core.issue",
            "core.superseded",
            "core.word",
            "raw.content_part",
        ),
    ),
    *(_accepted(source) for source in TAKEN_AS_DELIVERED),
    Model(
        "core.inspection_record",
        "core/inspection_record.sql",
        ("core.delivery", "core.issue", "core.row_fate", "raw.inspection_records"),
    ),
    Model(
        "core.certificate_credit",
        "core/certificate_credit.sql",
        ("core.inspection_record", "core.named_certificate", "core.row_fate"),
    ),
)

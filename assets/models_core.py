"""The models of `sql/core`: who is on which roster, which records are effective, who is credited."""

from assets.models import Model

CORE_MODELS: tuple[Model, ...] = (
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
        ("core.certificate_in_force", "core.delivery", "raw.inspection_records"),
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
    Model("core.row_ledger", "core/row_ledger.sql", ("core.delivered_row", "core.issue", "core.superseded")),
    Model("core.campaign_service", "core/campaign_service.sql", ("core.row_ledger", "raw.campaign_service")),
    Model(
        "core.case_file_reviews", "core/case_file_reviews.sql", ("core.row_ledger", "raw.case_file_reviews")
    ),
    Model(
        "core.evidence_documents",
        "core/evidence_documents.sql",
        ("core.row_ledger", "raw.evidence_documents"),
    ),
    Model(
        "core.inspection_record",
        "core/inspection_record.sql",
        ("core.delivery", "core.issue", "core.superseded", "raw.inspection_records", "rulebook.term"),
    ),
    Model("core.material_reviews", "core/material_reviews.sql", ("core.row_ledger", "raw.material_reviews")),
    Model("core.nominations", "core/nominations.sql", ("core.row_ledger", "raw.nominations")),
    Model("core.penalty_cases", "core/penalty_cases.sql", ("core.row_ledger", "raw.penalty_cases")),
    Model("core.referrals", "core/referrals.sql", ("core.row_ledger", "raw.referrals")),
    Model(
        "core.reported_measures", "core/reported_measures.sql", ("core.row_ledger", "raw.reported_measures")
    ),
    Model(
        "core.transmission_rates",
        "core/transmission_rates.sql",
        ("core.row_ledger", "raw.transmission_rates"),
    ),
    Model("core.typical_cases", "core/typical_cases.sql", ("core.row_ledger", "raw.typical_cases")),
    Model(
        "core.record_credit",
        "core/record_credit.sql",
        ("core.certificate_in_force", "core.inspection_record", "core.named_certificate"),
    ),
)

"""The models of `sql/score/monthly`: what officers and bureaus did month by month."""

from assets.models import Model

MONTHLY_MODELS: tuple[Model, ...] = (
    Model(
        "score.bureau_month",
        "score/monthly/bureau_month.sql",
        (
            "core.bureau",
            "core.cover",
            "core.inspection_record",
            "core.officer_in_force",
            "core.refresh",
            "rulebook.band",
            "rulebook.month",
        ),
    ),
    Model(
        "score.bureau_transmission",
        "score/monthly/bureau_transmission.sql",
        ("core.bureau", "core.cover", "core.refresh", "core.transmission_rates", "rulebook.month"),
    ),
    Model(
        "score.bureau_activity",
        "score/monthly/bureau_activity.sql",
        (
            "core.bureau",
            "core.certificate_credit",
            "core.certificate_in_force",
            "core.certificate_validity",
            "core.cover",
            "core.officer_in_force",
            "core.refresh",
            "rulebook.band",
            "rulebook.month",
        ),
    ),
    Model(
        "score.officer_month",
        "score/monthly/officer_month.sql",
        (
            "core.certificate_credit",
            "core.certificate_in_force",
            "core.officer_in_force",
            "core.refresh",
            "rulebook.band",
            "rulebook.month",
        ),
    ),
)

"""The stages of a refresh after reading, each a list of models in their order."""

from __future__ import annotations

from assets.models import Model
from assets.models_core import CORE_MODELS
from assets.models_marts import MARTS_MODELS
from assets.models_monthly import MONTHLY_MODELS
from assets.models_score import SCORE_MODELS


def _of_schema(models: tuple[Model, ...], schema: str) -> tuple[Model, ...]:
    return tuple(model for model in models if model.table.startswith(f"{schema}."))


STAGES: dict[str, tuple[Model, ...]] = {
    "core": CORE_MODELS,
    "score": (*MONTHLY_MODELS, *_of_schema(SCORE_MODELS, "score")),
    "marts": (*MARTS_MODELS, *_of_schema(SCORE_MODELS, "marts")),
}


def spent_after(stage: str, kept: frozenset[str]) -> list[str]:
    """The tables that nothing reads after a stage: what is computed lies in memory, and need not stay there.

    Args:
        stage: one that has run.
        kept: tables that are read beside the models.
    """
    order = list(STAGES)
    done = order[: order.index(stage) + 1]
    read = kept.union(
        *(
            model.reads
            for name, models in STAGES.items()
            for model in models
            if model.is_view or name not in done
        )
    )
    return [
        model.table
        for name in done
        for model in STAGES[name]
        if not model.is_view and not model.is_type and model.table not in read
    ]

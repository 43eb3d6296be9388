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

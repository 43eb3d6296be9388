"""The stages of a refresh after reading, each a list of models in their order."""

from __future__ import annotations

from assets.models import Model
from assets.models_core import CORE_MODELS
from assets.models_marts import MARTS_MODELS
from assets.models_monthly import MONTHLY_MODELS

STAGES: dict[str, tuple[Model, ...]] = {
    "core": CORE_MODELS,
    "score": MONTHLY_MODELS,
    "marts": MARTS_MODELS,
}

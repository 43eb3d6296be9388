"""What each clause's SQL asks of a rulebook: names of parameters, words, days, bands, items; no numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

OFFICER = "officer"
BUREAU_LEVELS = ("prefecture", "county")
LEVELS = {"officer": (OFFICER,), "bureau": BUREAU_LEVELS}

Maximum = Literal["months_of_band", "band", "items", "categories", "open"]


@dataclass(frozen=True)
class Shape:
    """What a clause must bring.

    Attributes:
        parameters: names of numbers.
        whole: those of them that count things and must be whole and at least one.
        terms: names of words (each one or several).
        days: names of days.
        bands: names of bands.
        items: kind of the reported items (`yes_no`, `number`), or None.
        maximum: what the clause's maximum must agree with: the record months × the best of its band, the
            best of its band, its best item, categories × points_each; `open`: it stands alone.
    """

    parameters: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    items: str | None = None
    maximum: Maximum = "open"


ITEM = Shape(items="yes_no", maximum="items")
ITEM_BY_DAY = Shape(items="yes_no", days=("done_before",), maximum="items")
CASES = Shape(parameters=("cases_min",), whole=("cases_min",), terms=("clue_source",))
REFERRALS = Shape(parameters=("points_each",), terms=("offence",))

SHAPES: dict[str, Shape] = {
    "I1.1": Shape(),
    "I1.2": Shape(),
    "I2.1": Shape(parameters=("breach_deduction",)),
    "I3.1": Shape(
        parameters=("factor",), terms=("upload_terminal",), bands=("base",), maximum="months_of_band"
    ),
    "I3.2": Shape(terms=("made_with",)),
    "I4.1": Shape(parameters=("points_ministry", "points_region"), terms=("adopted_as",)),
    "I5.1": Shape(parameters=("party_deduction", "typo_deduction")),
    "C1.1": Shape(),
    "C1.2": Shape(terms=("file_type",)),
    "C2.1": Shape(parameters=("points_ministry", "points_region", "region_cap"), terms=("adopted_as",)),
    "C3.1": Shape(
        parameters=("categories", "points_each"),
        whole=("categories",),
        terms=("excluded_as",),
        maximum="categories",
    ),
    "C4.1a": ITEM,
    "C4.1b": ITEM,
    "C4.2a": ITEM,
    "C4.2b": ITEM,
    "C4.3": CASES,
    "C4.4": Shape(
        parameters=("cases_step", "points_step", "bonus"),
        whole=("cases_step",),
        terms=("clue_source", "bonus_reward_kind"),
    ),
    "C4.5": CASES,
    "C4.6": ITEM,
    "C4.7": CASES,
    "C4.8": ITEM,
    "C4.9a": ITEM,
    "C4.9b": ITEM,
    "C5.1": Shape(parameters=("completed_percent_min",), bands=("immediate_percent",), maximum="band"),
    "C6.1": ITEM,
    "C6.2": ITEM,
    "C6.3": ITEM,
    "C7.1": Shape(parameters=("factor",), bands=("base",), maximum="months_of_band"),
    "C7.2": Shape(terms=("inspection_mode",), bands=("activity_percent",), maximum="band"),
    "C7.4a": Shape(parameters=("per_capita_above",)),
    "C7.4b": Shape(items="number", maximum="items"),
    "C8.1": Shape(parameters=("base", "points_each")),
    "C8.2": Shape(terms=("required_organiser",)),
    "C9.1": REFERRALS,
    "C9.2": REFERRALS,
    "C9.3a": ITEM,
    "C9.3b": ITEM,
    "C10.1": Shape(parameters=("place_deduction",), terms=("finding",)),
    "C11.1": ITEM,
    "C11.2": ITEM,
    "C11.3a": ITEM_BY_DAY,
    "C11.3b": ITEM_BY_DAY,
    "C11.3c": ITEM_BY_DAY,
}

VETOES = {"I2.V": "officer", "C8.V": "bureau"}

QUALITY = (
    "header_rows_searched",
    "ir_min_certificates",
    "longitude_min",
    "longitude_max",
    "latitude_min",
    "latitude_max",
    "ir_f3_hours",
    "ir_t1_hours",
    "rate_tolerance_points",
    "mark_min",
    "mark_max",
    "places_min",
)

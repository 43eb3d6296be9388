"""Every suite, in the order in which people read the marts."""

from __future__ import annotations

from checks.suites import monthly, quality, scores
from checks.suites.base import Suite

SUITES: tuple[Suite, ...] = (*quality.SUITES, *monthly.SUITES, *scores.SUITES)

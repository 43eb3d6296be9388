"""The seed and the budget of long tests."""

from __future__ import annotations

import os
import random
import time
from dataclasses import dataclass, field

SEED = int(os.environ.get("LIANBING_FAULT_SEED", "20221130"))
MINUTES = float(os.environ.get("LIANBING_FAULT_MINUTES", "20"))


@dataclass
class Budget:
    """What a long test may use, and what it did.

    Attributes:
        seed: the seed of every choice.
        seconds: wall time that one long test may take.
    """

    seed: int
    seconds: float
    start: float = field(default_factory=time.monotonic)

    def left(self) -> bool:
        return time.monotonic() - self.start < self.seconds

    def random(self) -> random.Random:
        return random.Random(self.seed)  # noqa: S311 - choices of a test

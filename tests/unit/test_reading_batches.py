"""How files are shared out into batches: in their order, all of about one size, as many for each process."""

from __future__ import annotations

import pytest

from assets.deliveries.exchange import Job
from assets.deliveries.limits import MIB, Limits
from assets.deliveries.pool import batches_of

LIMITS = Limits(workers=2, batch_bytes=40 * MIB, batch_files=512)


def shared_out(weights: list[int]) -> list[int]:
    """How many files each batch has; every file is in one, in order."""
    jobs = [(Job(str(number), "", "", number), weight) for number, weight in enumerate(weights)]
    batches = batches_of(jobs, LIMITS, {}, "folder")
    assert [job for batch in batches for job in batch.jobs] == [job for job, _ in jobs]
    assert len({batch.name for batch in batches}) == len(batches)
    return [len(batch.jobs) for batch in batches]


@pytest.mark.parametrize(
    ("weights", "files"),
    [
        ([], []),
        ([0], [1]),
        ([MIB] * 3, [3]),
        ([9 * MIB] * 31, [4, 4, 4, 4, 4, 4, 4, 3]),
        ([8 * MIB] * 4, [2, 2]),
        ([300 * MIB] * 3, [1, 1, 1]),
        ([100 * MIB] + [1] * 600, [1, 200, 200, 200]),
        ([1] * 600, [512, 88]),
        ([MIB] * 20 + [MIB // 64] * 512, [140, 392]),
    ],
    ids=["none", "empty file", "little", "a million", "two each", "large", "one large", "many", "small ones"],
)
def test_files_are_shared_out(weights: list[int], files: list[int]) -> None:
    assert shared_out(weights) == files

"""Great Expectations suites: the published marts, judged as a careful reader would.

`judging` lets a process of its own judge a database, `warm_up` starts it early; `validate` judges in this
process. Great Expectations itself is imported only when it runs (its import takes seconds).
"""

from checks.suites.base import Expectation, Suite, SuiteResult
from checks.suites.catalogue import SUITES
from checks.suites.judge import JudgingError, judging, warm_up
from checks.suites.runner import validate

__all__ = [
    "SUITES",
    "Expectation",
    "JudgingError",
    "Suite",
    "SuiteResult",
    "judging",
    "validate",
    "warm_up",
]

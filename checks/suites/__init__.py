"""Great Expectations suites: the published marts, judged as a careful reader would.

`validate` is the way in. Great Expectations itself is imported only when it runs (its import takes seconds).
"""

from checks.suites.base import Expectation, Suite, SuiteResult
from checks.suites.catalogue import SUITES
from checks.suites.runner import validate, warm_up

__all__ = ["SUITES", "Expectation", "Suite", "SuiteResult", "validate", "warm_up"]

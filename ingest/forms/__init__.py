"""This package is the grammar of printed statistics: one row a printed form, each with an example and a refusal.

ROWS are in order, the longest meaning first; what a row takes, no later row sees.
"""

from typing import Final

from ingest.forms.composite import COMPOSITE_ROWS
from ingest.forms.passed_over import LATER_PASSED_OVER_ROWS, PASSED_OVER_ROWS
from ingest.forms.row import ANCHORS, Reported, Row
from ingest.forms.simple import SIMPLE_ROWS

__all__ = ["ANCHORS", "ROWS", "Reported", "Row"]

ROWS: Final[tuple[Row, ...]] = (*PASSED_OVER_ROWS, *COMPOSITE_ROWS, *LATER_PASSED_OVER_ROWS, *SIMPLE_ROWS)

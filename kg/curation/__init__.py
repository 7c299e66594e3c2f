"""This package reads, applies and writes curations: what people accept, reject, correct and add, beside the extraction.

`read` and `append` are for `sources/<key>/curation.csv`; `apply` plays its rows over what was extracted;
`acceptance`, `rejection`, `correction` and `addition` make a row of a statement, `to_csv` a file of rows.
`decide` makes the row of a reviewer's decision, `withdraw` takes the last one back; `reports` are what readers say.
Of a graph, `curations` gives who said what, and `waiting` what no reader of a paper read whole has settled.
"""

from __future__ import annotations

from kg.curation.application import STATUSES, Applied, Outcome, apply
from kg.curation.cells import Setting, cells_of
from kg.curation.deciding import DECISIONS, REASONS, Decision, confirmed_by_another, decide, makers, same_person
from kg.curation.file import CURATION_NAME, Reading, append, read, to_csv, withdraw
from kg.curation.finding import described
from kg.curation.making import Signature, acceptance, addition, correction, rejection
from kg.curation.plain import from_plain, to_plain
from kg.curation.provenance import GRAPH, Record, curation_nquads, curations, decode_curations, waiting
from kg.curation.reports import REPORTS_NAME, Report, add_report, reports
from kg.curation.row import ACTIONS, COLUMNS, Curation, CurationError

__all__ = [
    "ACTIONS",
    "COLUMNS",
    "CURATION_NAME",
    "DECISIONS",
    "GRAPH",
    "REASONS",
    "REPORTS_NAME",
    "STATUSES",
    "Applied",
    "Curation",
    "CurationError",
    "Decision",
    "Outcome",
    "Reading",
    "Record",
    "Report",
    "Setting",
    "Signature",
    "acceptance",
    "add_report",
    "addition",
    "append",
    "apply",
    "cells_of",
    "confirmed_by_another",
    "correction",
    "curation_nquads",
    "curations",
    "decide",
    "decode_curations",
    "described",
    "from_plain",
    "makers",
    "read",
    "rejection",
    "reports",
    "same_person",
    "to_csv",
    "to_plain",
    "waiting",
    "withdraw",
]

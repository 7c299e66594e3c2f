"""This package reads, applies and writes curations: what people accept, reject, correct and add, beside the extraction.

`read` and `append` are for `sources/<key>/curation.csv`; `apply` plays its rows over what was extracted;
`acceptance`, `rejection`, `correction` and `addition` make a row of a statement, `to_csv` a file of rows.
Of a graph, `curations` gives who said what, and `waiting` what no reader of a paper read whole has settled.
"""

from __future__ import annotations

from kg.curation.application import STATUSES, Applied, Outcome, apply
from kg.curation.cells import Setting
from kg.curation.file import CURATION_NAME, Reading, append, read, to_csv
from kg.curation.finding import described
from kg.curation.making import Signature, acceptance, addition, correction, rejection
from kg.curation.plain import from_plain, to_plain
from kg.curation.provenance import GRAPH, Record, curation_nquads, curations, decode_curations, waiting
from kg.curation.row import ACTIONS, COLUMNS, Curation, CurationError

__all__ = [
    "ACTIONS",
    "COLUMNS",
    "CURATION_NAME",
    "GRAPH",
    "STATUSES",
    "Applied",
    "Curation",
    "CurationError",
    "Outcome",
    "Reading",
    "Record",
    "Setting",
    "Signature",
    "acceptance",
    "addition",
    "append",
    "apply",
    "correction",
    "curation_nquads",
    "curations",
    "decode_curations",
    "described",
    "from_plain",
    "read",
    "rejection",
    "to_csv",
    "to_plain",
    "waiting",
]

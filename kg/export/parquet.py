"""This module writes a table as Apache Parquet: typed columns, lists as lists, the same bytes for the same table."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq

from kg.tables import Table, Value


def to_parquet(table: Table) -> bytes:
    """The table as one Parquet file, each column typed by its values.

    Types are text, int64, float64, boolean and list of text. A number that was printed with decimals is float64 here;
    the column `printed` has it as the paper printed it. What is not known is null; a column without a value is text.

    >>> import pyarrow.parquet
    >>> data = to_parquet(Table(columns=("n", "who"), rows=({"n": Decimal("82.60"), "who": ("a", "b")}, {})))
    >>> pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist()
    [{'n': 82.6, 'who': ['a', 'b']}, {'n': None, 'who': None}]
    """
    columns = {name: _column([row.get(name) for row in table.rows]) for name in table.columns}
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out, compression="zstd", version="2.6")
    return out.getvalue()


def _column(values: list[Value | Sequence[str]]) -> pa.Array:
    known = [value for value in values if value is not None]
    if all(isinstance(value, str) for value in known):
        return pa.array(values, pa.string())
    if all(isinstance(value, bool) for value in known):
        return pa.array(values, pa.bool_())
    if all(isinstance(value, int) for value in known):
        return pa.array(values, pa.int64())
    if all(isinstance(value, (int, float, Decimal)) for value in known):
        return pa.array([None if value is None else float(str(value)) for value in values], pa.float64())
    return pa.array([None if value is None else [*map(str, _items(value))] for value in values], pa.list_(pa.string()))


def _items(value: Value | Sequence[str]) -> Sequence[object]:
    return value if isinstance(value, (list, tuple)) else (value,)

"""A statement's hash is computed once, belongs to that statement alone, and is no part of what it is."""

from __future__ import annotations

import pickle
from dataclasses import fields, replace

from kg.model import Statement
from tests.example_graph import WASHOUT_ALPHOMA


def test_a_changed_copy_has_a_hash_of_its_own() -> None:
    before = WASHOUT_ALPHOMA.hash
    turned = replace(WASHOUT_ALPHOMA, polarity="absent")
    assert turned.hash != before
    assert replace(turned, polarity="present").hash == before == WASHOUT_ALPHOMA.hash


def test_what_is_remembered_is_no_field_and_takes_no_part_in_equality() -> None:
    assert WASHOUT_ALPHOMA.hash
    unasked = replace(WASHOUT_ALPHOMA)
    assert unasked == WASHOUT_ALPHOMA
    assert hash(unasked) == hash(WASHOUT_ALPHOMA)
    assert "_digest" not in {field.name for field in fields(Statement)}
    assert pickle.loads(pickle.dumps(WASHOUT_ALPHOMA)).hash == WASHOUT_ALPHOMA.hash  # noqa: S301 - made a line above

"""A number hangs on what its words say that it is of; what cannot be hung safely is a gap."""

from __future__ import annotations

import pytest

from tests.written import extraction

TUMORS = "A study of tumors"
HCC = "Hepatocellular carcinoma: outcomes of 80 patients"


def numbers(text: str, title: str = TUMORS, section: str = "Results") -> dict[str, set[tuple[str, str, str]]]:
    """(subject, predicate, object) of each number that is hung on anything, concepts by key."""
    found: dict[str, set[tuple[str, str, str]]] = {}
    for one in extraction(text, title=title, section=section).statements:
        if one.statistic is not None:
            ends = [end.key or end.label for end in (one.subject, one.object)]
            found.setdefault(one.statistic.printed, set()).add((ends[0], one.predicate, ends[1]))
    return found


@pytest.mark.parametrize("title", [TUMORS, HCC])
def test_a_proportion_is_of_the_tumors_that_it_counts(title: str) -> None:
    found = numbers("Washout was seen in 12 of 20 HCCs (60%) and 3 of 15 adenomas (20%).", title)
    assert found == {
        "12 of 20 HCCs (60%)": {("hepatocellular-carcinoma", "has_sign", "washout")},
        "3 of 15 adenomas (20%)": {("adenoma", "has_sign", "washout")},
    }

"""Whether a paper has data of its own."""

from __future__ import annotations

import pytest

from ingest.designs import is_review
from tests.written import raw, source


@pytest.mark.parametrize(
    ("design", "section", "text", "expected"),
    [
        ("Review", "Results", "We found washout.", True),
        ("Retrospective cohort", "Introduction", "Washout is common.", False),
        (None, "Results", "Washout was common.", False),
        (None, "Introduction", "Washout is common.", True),
        (None, "Introduction", "In this pilot study washout was common.", False),
        (None, "Abstract", "The objectives were to compare washout in two tumors.", False),
        (None, "Abstract", "Patients were randomly assigned to surgery.", False),
        (None, "Abstract", "This was a retrospective review of 20 patients.", False),
        (None, "Abstract", "Randomized studies of surgery are few.", True),
    ],
)
def test_a_review_tells_of_no_study_of_its_own(design: str | None, section: str, text: str, expected: bool) -> None:
    assert is_review(source(design=design), raw(text, section=section)) is expected

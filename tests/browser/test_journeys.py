"""The tasks of a usability study as a person does them, with their right answers and the clicks that they may take."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.serving import OpenPage, drawn

PAIR = re.compile("PHNEN . HCC")
NET, ADENOCARCINOMA = "gep-net-liver-metastasis", "gep-adenocarcinoma-liver-metastasis"


@dataclass
class Person:
    """Somebody at the page, whose clicks are counted; opening evidence is one."""

    page: Page
    clicks: int = field(default=0)

    def click(self, what: Locator) -> None:
        what.first.click()
        self.clicks += 1
        self.page.wait_for_timeout(300)
        drawn(self.page)

    def reads(self, *words: str, within: str = ".stMain") -> None:
        """All these words stand on the screen, white space aside."""
        text = " ".join(self.page.locator(within).first.inner_text().split())
        for word in words:
            assert word in text, f"{word!r} does not stand in: {text[:1500]}"

    def row(self, name: str) -> Locator:
        return self.page.locator("tr.finding").filter(has_text=re.compile(name, re.IGNORECASE))

    def evidence_of(self, name: str) -> Locator:
        """What a row opens to."""
        return self.row(name).first.locator("xpath=following-sibling::tr[1]")


def rim_pattern_in_phnen(person: Person) -> None:
    person.click(person.page.get_by_text(PAIR))
    row = person.row("rim arterial phase hyperenhancement").first
    assert "7/10" in row.inner_text()
    assert "7/9" in row.inner_text()
    evidence = person.evidence_of("rim arterial phase hyperenhancement")
    person.click(evidence.locator("summary"))
    text = " ".join(evidence.inner_text().split())
    assert "(7/10)" in text


def best_sign_on_ct(person: Person) -> None:
    first = person.page.locator("table.columns-7 tr.finding").first.inner_text()
    assert first.startswith("Washout")
    assert all(word in first for word in ("15/23", "2/23", "7.5", "1.9", "29", "CT") if word != "CT")
    person.reads("CT")


def can_lymphadenopathy_be_relied_on(person: Person) -> None:
    row = person.row("no lymphadenopathy").first
    text = row.inner_text()
    assert all(word in text for word in ("16/23", "9/23", "0.998", "does not separate", "P depends on test"))
    evidence = person.evidence_of("no lymphadenopathy")
    person.click(evidence.locator("summary"))
    opened = evidence.inner_text()
    assert "0.038" in opened
    assert "0.075" in opened


def fat_was_looked_for_and_never_seen(person: Person) -> None:
    person.page.get_by_label("Find by any name").fill("PHNEN")
    person.page.keyboard.press("Enter")
    drawn(person.page)
    person.click(person.page.locator(".stMain a", has_text="rimary hepatic neuroendocrine neoplasm"))
    row = " ".join(person.row("intralesional fat").first.inner_text().split())
    assert "0/12" in row
    assert "(0–24)" in row
    assert "not reported" not in row


def percentages_that_do_not_fit(person: Person) -> None:
    row = person.page.locator("tr.finding").filter(has_text="Would two cells fit in each other's place?").first
    text = " ".join(row.inner_text().split())
    assert "6(78.3%); 18(26.1%)" in text
    assert "6 (26.1 %), 18 (78.3 %)" in text
    person.click(row.locator("xpath=following-sibling::tr[1]").locator("summary"))


def from_half_to_88_in_100(person: Person) -> None:
    person.click(person.page.get_by_role("radio", name="Yes", exact=True))
    person.click(person.page.get_by_role("radio", name="Washout enhancement pattern", exact=True))
    person.reads("88 of 100", "66–97", "Cui 2017")


def single_or_multiple(person: Person) -> None:
    assert "9/12" in person.row("^multiple lesions").first.inner_text()
    assert person.row("solitary lesion").count() >= 1
    evidence = person.evidence_of("solitary lesion")
    person.click(evidence.locator("summary"))
    assert "solitary" in evidence.inner_text().casefold()


def zeros_as_python(person: Person) -> None:
    person.reads("progressive enhancement pattern", "0")
    person.click(person.page.get_by_role("button", name=re.compile("As Python")))
    assert "SELECT" in person.page.locator("[data-testid=stPopoverBody]").inner_text()


def no_ratio_for_phnen_against_hcc(person: Person) -> None:
    """Typed, Enter; what is refused says which cell is empty, and gives no number that could be taken for a ratio."""
    question = "LR of rim arterial hyperenhancement with peripheral washout for PHNEN against HCC?"
    person.page.get_by_label("Your question").fill(question)
    person.page.keyboard.press("Enter")
    person.page.wait_for_function("location.search.includes('q=')")
    drawn(person.page)
    person.reads("No likelihood ratio", "hepatocellular carcinoma", "Nearest questions")
    assert not re.search(r"(?i)ratio\W+(?:of |is |= ?)?\d", person.page.locator(".stMain").inner_text())


def five_items_as_moodle_xml(person: Person) -> None:
    """The file that the page gives has five questions on the pair, each with its quote, none on the exchanged cells."""
    with person.page.expect_download() as download:
        person.click(person.page.get_by_role("button", name="Download Moodle XML"))
    root = ElementTree.parse(download.value.path()).getroot()
    questions = [one for one in root.iter("question") if one.get("type") != "category"]
    assert len(questions) == 5
    for one in questions:
        text = "".join(one.itertext())
        assert "“" in text or "blockquote" in text
        assert not re.search(r"17 ?of 23\); 91\.3% \(21", text)


@pytest.mark.parametrize(
    ("start", "task", "clicks"),
    [
        ("/", rim_pattern_in_phnen, 2),
        ("/", best_sign_on_ct, 0),
        ("/ask", no_ratio_for_phnen_against_hcc, 1),
        ("/", can_lymphadenopathy_be_relied_on, 1),
        ("/browse", fat_was_looked_for_and_never_seen, 2),
        ("/audit", percentages_that_do_not_fit, 1),
        ("/differential", from_half_to_88_in_100, 2),
        ("/browse?id=disease:phnen", single_or_multiple, 1),
        (f"/quiz?a={NET}&b={ADENOCARCINOMA}&n=5&seed=7", five_items_as_moodle_xml, 4),
        ("/sparql?ex=zeros_looked_for", zeros_as_python, 3),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_task_is_done_with_its_right_answer(
    open_page: OpenPage, start: str, task: Callable[[Person], None], clicks: int
) -> None:
    person = Person(open_page(start))
    task(person)
    assert person.clicks <= clicks

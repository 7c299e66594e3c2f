"""The page to practise with, opened as a file in a browser that has no network: attempt, check, feedback, score."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kg.quiz import Quiz
from kg.quiz.formats import write
from tests.browser.axe import violations
from tests.test_quiz_formats import HOSTILE, made_item


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    items = (
        made_item("hostile", "plain", HOSTILE, "third", stem=f"Which one, by {HOSTILE}?"),
        made_item("verdict", "True", "False", stem="A statement that is false.", points=2.0),
    )
    path = tmp_path_factory.mktemp("practice") / "quiz.html"
    path.write_bytes(write(Quiz(title="Quiz: practice", items=items), "html").data)
    return path


@pytest.fixture
def page(chromium: Browser, file: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = getattr(request, "param", (1366, "light"))
    context = chromium.new_context(viewport={"width": width, "height": 768}, offline=True)
    opened = context.new_page()
    opened.on("console", lambda message: pytest.fail(message.text) if message.type == "error" else None)
    opened.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    opened.goto(file.as_uri())
    yield opened
    context.close()


def test_a_learner_answers_sees_why_and_gets_the_score(page: Page) -> None:
    first, second = page.locator("form").all()
    first.get_by_role("button", name="Check").click()
    assert first.get_by_text("Choose an answer first.").is_visible()
    first.locator("label").nth(0).click()
    first.get_by_role("button", name="Check").click()
    told = first.locator("[data-told]").inner_text()  # what is hidden has no inner text
    assert "Not right. Told of 0" in told
    assert "Told of 2" not in told
    assert "General: " in told
    second.locator("label").nth(1).click()
    second.get_by_role("button", name="Check").click()
    assert second.locator("[data-told]").inner_text().startswith("Right.")
    assert page.locator("#score").inner_text() == "Score: 2 of 3 points, 2 of 2 questions answered."
    page.get_by_role("button", name="Start again").click()
    assert page.locator("#score").inner_text().startswith("Score: 0 of 3 points")


@pytest.mark.parametrize("page", [(1366, "light"), (1366, "dark"), (320, "light"), (320, "dark")], indirect=True)
def test_axe_finds_no_violation_in_it_and_it_does_not_scroll_sideways(page: Page) -> None:
    page.locator("label").nth(0).click()
    page.get_by_role("button", name="Check").first.click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

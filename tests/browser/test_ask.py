"""Asking in a browser: a typed question, its link, Back, and the way into the paper."""

from __future__ import annotations

from tests.browser.serving import OpenPage, drawn


def test_a_question_typed_is_answered_and_its_link_opens_the_same(open_page: OpenPage) -> None:
    page = open_page("/ask")
    page.get_by_label("Your question").fill("mortality after liver transplantation")
    page.keyboard.press("Enter")
    page.wait_for_selector(".answer")
    drawn(page)
    answer = page.locator("p.answer").inner_text()
    assert "19%" in answer
    page.wait_for_function("location.search.includes('i=mortality')")
    link = page.evaluate("location.pathname + location.search")
    assert open_page(link).locator("p.answer").inner_text() == answer


def test_a_reference_opens_its_sentence_and_back_returns(open_page: OpenPage) -> None:
    page = open_page("/ask?q=mortality+after+liver+transplantation")
    answer = page.locator("p.answer").inner_text()
    page.locator("p.answer sup a").first.click()
    page.wait_for_function("document.activeElement.id === 'selected-passage'")
    page.go_back()
    page.wait_for_selector("p.answer")
    assert page.locator("p.answer").inner_text() == answer

"""The address and the widgets of a page are one thing; what names nothing is said, never dropped in silence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.web import url_state
from kg.web.markup import MarkupError, element, joined, link_to, plain_label

COLOURS = {"red": "Red", "green": "Green", "blue": "Blue"}
PARAMETERS = (
    url_state.choice("one", COLOURS, key="k-one", default="red", what="colour"),
    url_state.choices("many", COLOURS, key="k-many", what="colour"),
    url_state.choices("layers", COLOURS, key="k-layers", what="colour", default=tuple(COLOURS)),
    url_state.flag("x", key="k-x"),
    url_state.text("q", key="k-q"),
)


def test_defaults_stand_in_no_address() -> None:
    values = url_state.values_of(PARAMETERS, {})
    assert url_state.address_of(PARAMETERS, values, {}) == {}


def test_an_address_survives_the_way_through_the_widgets() -> None:
    address = {"one": "blue", "many": "red,blue", "x": "1", "q": "a & b", "layers": "green"}
    values = url_state.values_of(PARAMETERS, address)
    assert url_state.address_of(PARAMETERS, values, {}) == address
    assert url_state.canonical(PARAMETERS, address) == (address, ())


def test_the_order_in_which_options_were_picked_does_not_matter() -> None:
    values = {"k-many": ["blue", "red"], "k-layers": ["blue", "green", "red"]}
    assert url_state.address_of(PARAMETERS, values, {}) == {"many": "red,blue"}


def test_a_value_that_names_nothing_is_a_problem_and_stays_in_the_address() -> None:
    address, problems = url_state.canonical(PARAMETERS, {"one": "mauve", "x": "<script>"})
    assert address == {"one": "mauve", "x": "<script>"}
    assert [problem.name for problem in problems] == ["one", "x"]
    assert "mauve" in problems[0].sentence
    assert problems[0].suggestions[0] == ("red", "Red")


def test_a_bad_value_goes_when_its_widget_is_used_and_no_sooner() -> None:
    before = {"one": "mauve"}
    untouched = {"k-one": "red"}
    assert url_state.address_of(PARAMETERS, untouched, before) == {"one": "mauve"}
    assert url_state.address_of(PARAMETERS, {"k-one": "blue"}, before) == {"one": "blue"}


def test_a_widget_that_is_not_drawn_keeps_its_part_of_the_address() -> None:
    assert url_state.address_of(PARAMETERS, {"k-x": True}, {"one": "blue"}) == {"one": "blue", "x": "1"}


def test_a_very_long_value_does_not_fill_the_message() -> None:
    _, problems = url_state.canonical(PARAMETERS, {"one": "y" * 2000})
    assert len(problems[0].sentence) < 150


@given(st.dictionaries(st.sampled_from([p.name for p in PARAMETERS]), st.text(max_size=20)))
@settings(max_examples=60, derandomize=True)
def test_any_address_is_read_without_an_error_and_reading_it_twice_changes_nothing(address: dict[str, str]) -> None:
    once, problems = url_state.canonical(PARAMETERS, address)
    assert url_state.canonical(PARAMETERS, once) == (once, problems)


@given(st.text(max_size=60))
@settings(max_examples=60, derandomize=True)
def test_no_text_becomes_a_tag(text: str) -> None:
    drawn = str(joined(element("p", text, title=text), text))
    inside = drawn.removeprefix("<p title=")
    assert inside.count("<") == 1  # the </p> of the element
    assert inside.count(">") == 2
    assert drawn.count('"') == 2


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//evil.example", "data:text/html,x", "http://a"])
def test_a_link_out_of_the_pages_is_refused(address: str) -> None:
    with pytest.raises(MarkupError, match="allowed"):
        element("a", "x", href=address)


def test_a_link_keeps_what_stands_in_it_in_one_parameter() -> None:
    assert link_to("sources", paper="x", q="a&b=<c>") == "/sources?paper=x&q=a%26b%3D%3Cc%3E"


def test_a_label_of_a_widget_shows_markdown_as_text() -> None:
    assert plain_label("**x** [y](z)") == "\\*\\*x\\*\\* \\[y\\]\\(z\\)"

"""The guard refuses whatever would leave the store or change it, however it is spelt, and nothing else."""

from __future__ import annotations

import pytest

from kg.sparql import (
    DEPTH_LIMIT,
    SIZE_LIMIT,
    UPDATE_FORMS,
    QueryError,
    position,
    query_form,
    require_readable,
    require_small,
)

SERVICE_SPELLINGS = [
    "SELECT * { SERVICE <http://x.test/> { ?s ?p ?o } }",
    "SELECT * { service <http://x.test/> { ?s ?p ?o } }",
    "SELECT * { SeRvIcE SILENT <http://x.test/> { ?s ?p ?o } }",
    "SELECT * {SERVICE<http://x.test/>{?s ?p ?o}}",
    "SELECT * { SERVICE # why\n <http://x.test/> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <http://x.test/> { ?s ?p ?o } }",
    "SELECT * { SERV\\U00000049CE <http://x.test/> { ?s ?p ?o } }",
    "PREFIX x: <http://x.test/> SELECT * { SERVICE x:a { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o . SERVICE ?s { ?a ?b ?c } }",
    "SELECT * { FILTER EXISTS { SERVICE <http://x.test/> { ?s ?p ?o } } }",
    "SELECT * { { SELECT * { SERVICE <http://x.test/> { ?s ?p ?o } } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://x.test/> { ?s ?p ?o } }",
    "SELECT * { BIND('#' AS ?a) SERVICE <http://x.test/> { ?s ?p ?o } }",
    'SELECT * { BIND("""a"b#""" AS ?a) SERVICE <http://x.test/> { ?s ?p ?o } }',
    "SELECT * { BIND('\\'' AS ?a) SERVICE <http://x.test/> { ?s ?p ?o } #'",
    "SELECT * { FILTER(?a<?b) SERVICE <http://x.test/> { ?s ?p ?o } }",
    "SELECT * { <http://a.test/#> ?p ?o . SERVICE <http://x.test/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'x'@en . SERVICE <http://x.test/> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("query", SERVICE_SPELLINGS)
def test_every_spelling_of_service_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE at line"):
        require_readable(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?service ?load ?insert }",
        "SELECT * { ?s ?p 'SERVICE <http://x.test/>' }",
        "SELECT * { ?s ?p ?o } # SERVICE LOAD",
        "PREFIX service: <http://x.test/> SELECT * { ?s service:load ?o }",
        "PREFIX e: <http://x.test/> SELECT * { ?s e:service e:LOAD }",
        "SELECT * { ?s <http://x.test/SERVICE> ?o }",
        'SELECT * { ?s ?p """\nSERVICE\n""" }',
        "SELECT * { ?s ?p 'a'@en-GB }",
        "SELECT * { _:service ?p ?o }",
        "BASE <http://x.test/> ASK { ?s ?p ?o }",
        "# a comment first\nDESCRIBE <http://x.test/a>",
    ],
)
def test_the_words_are_allowed_where_they_are_names_strings_or_comments(query: str) -> None:
    assert require_readable(query) == query


@pytest.mark.parametrize("form", [*sorted(UPDATE_FORMS), "insert"])
def test_every_form_of_update_is_refused(form: str) -> None:
    with pytest.raises(QueryError, match=f"{form.upper()} at line 2, column 1 would change data"):
        require_readable(f"PREFIX a: <urn:a>\n{form} DATA {{ <urn:a> <urn:b> <urn:c> }}")


def test_an_update_behind_a_query_is_refused_by_load() -> None:
    with pytest.raises(QueryError, match="LOAD at line 1, column 27"):
        require_readable("SELECT * { ?s ?p ?o } ;    LOAD <http://x.test/>".replace(";    ", ";   "))


def test_brackets_may_nest_to_the_limit_and_no_deeper() -> None:
    def nested(depth: int) -> str:
        return "SELECT * { FILTER" + "(" * (depth - 1) + "1" + ")" * (depth - 1) + " }"

    assert require_readable(nested(DEPTH_LIMIT))
    with pytest.raises(QueryError, match=f"deeper than {DEPTH_LIMIT} at line 1"):
        require_readable(nested(DEPTH_LIMIT + 1))


def test_brackets_in_strings_do_not_count() -> None:
    assert require_readable("SELECT * { ?s ?p '" + "(" * 500 + "' }")


def test_a_query_is_small_up_to_the_limit_in_bytes() -> None:
    require_small("é" * (SIZE_LIMIT // 2))
    with pytest.raises(QueryError, match=f"has {SIZE_LIMIT + 2} bytes; allowed are {SIZE_LIMIT}"):
        require_small("é" * (SIZE_LIMIT // 2 + 1))


@pytest.mark.parametrize("text", ["", "   ", "hello", "# SELECT", "PREFIX a: <urn:a>", "'SELECT'"])
def test_text_that_is_no_query_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="this is no query"):
        require_readable(text)


def test_the_form_is_the_first_word_that_is_one() -> None:
    assert query_form("PREFIX ask: <urn:select> # ask\nselect ?construct {}") == "SELECT"
    assert query_form("nothing") == ""


def test_a_place_is_counted_in_lines_and_columns_from_one() -> None:
    assert position("ab\ncd", 0) == "line 1, column 1"
    assert position("ab\ncd", 4) == "line 2, column 2"

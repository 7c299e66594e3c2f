"""This module reads a saved quiz and holds it against the graph as it is now: what is updated or withdrawn, and why."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kg.quiz.item import HeldBack, Item, Option, Quiz, QuizError, quiz_of
from kg.quiz.making import Bank, bank
from kg.store import Store

LARGEST_FILE: Final = 20_000_000  # bytes; 500 items with their quotes are a tenth of it


def read_quiz(data: bytes) -> Quiz:
    """The quiz in the bytes of a file; QuizError, which says what is wrong with it, if there is none."""
    if len(data) > LARGEST_FILE:
        raise QuizError(f"the file has {len(data)} bytes; allowed: up to {LARGEST_FILE}")
    try:
        return quiz_of(json.loads(data))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise QuizError(f"the file is no JSON: {error}; save a quiz with --format json") from None
    except ValueError as error:
        raise QuizError(str(error)) from None


def reopened(store: Store, quiz: Quiz) -> Quiz:
    """The quiz with each item as the graph of the store now has it.

    An item whose facts are as they were keeps its wording; where its quotes, counts or options changed it is marked
    updated, with what changed. One whose facts are gone, or have other values, is marked withdrawn.
    """
    if quiz.graph_hash == store.graph_hash:
        return quiz
    return held_against(bank(store), quiz, store.graph_hash)


def held_against(now: Bank, quiz: Quiz, graph_hash: str) -> Quiz:
    """As `reopened`, from a bank."""
    by_id = {item.id: item for item in now.items}
    by_subject = {item.subject: item for item in now.items}
    items = tuple(_held(item, by_id, by_subject, now.held_back) for item in quiz.items)
    counts = {state: sum(item.state == state for item in items) for state in ("updated", "withdrawn")}
    notes = tuple(f"{n} items {state}: the evidence has changed." for state, n in counts.items() if n)
    return replace(quiz, items=items, graph_hash=graph_hash, notes=notes)


def _held(item: Item, by_id: Mapping[str, Item], by_subject: Mapping[str, Item], held: Sequence[HeldBack]) -> Item:
    now = by_id.get(item.id)
    if now is None:
        return replace(item, state="withdrawn", changes=tuple(_gone(item, by_subject.get(item.subject), held)))
    changes = tuple(_changes(item, now))
    if not changes:
        return replace(item, state="", changes=(), facts=now.facts, quotes=now.quotes)
    return replace(_kept_wording(item, now), state="updated", changes=changes)


def _gone(item: Item, now: Item | None, held: Sequence[HeldBack]) -> Iterator[str]:
    if now is not None:
        for before, after in zip(item.facts, now.facts, strict=False):
            if before.value != after.value:
                yield f"The graph now has {after.value} where this item has {before.value} ({before.about})."
        return
    about = "; ".join(fact.about for fact in item.facts)
    reason = next((one.reason for one in held if one.type == item.type and one.fact == about), None)
    yield f"Held back: {reason}." if reason else f"The graph no longer bears it out ({about})."


def _changes(item: Item, now: Item) -> Iterator[str]:
    if item.count != now.count:
        yield f"The count was {item.count or 'none'} and is {now.count or 'none'}."
    before, after = ({quote.text for quote in one.quotes} for one in (item, now))
    for text in sorted(before - after):
        yield f"No longer quoted: “{text}”"
    for text in sorted(after - before):
        yield f"Now quoted: “{text}”"
    if item.edited:  # options were worded by hand: what the graph says of each is compared
        told, tells = ({option.feedback for option in one.options} for one in (item, now))
        for text in sorted(tells - told):
            yield f"Now said of an option: {text}"
        return
    old, new = ({option.text for option in one.options} for one in (item, now))
    for text in sorted(old - new):
        yield f"Option withdrawn: {text}."
    for text in sorted(new - old):
        yield f"Option new: {text}."


def _kept_wording(item: Item, now: Item) -> Item:
    """The graph's item with the wording, points and order of options that the educator gave."""
    if item.edited:
        return replace(item, facts=now.facts, quotes=now.quotes, count=now.count)
    return replace(now, points=item.points, options=_in_order(item.options, now.options))


def _in_order(before: Sequence[Option], now: Sequence[Option]) -> tuple[Option, ...]:
    places = {option.text: place for place, option in enumerate(before)}
    return tuple(sorted(now, key=lambda option: places.get(option.text, len(places))))

"""Tokens are those that spaCy makes of a text, however they are put together; a letter that ends it loses its stop."""

from __future__ import annotations

from pathlib import Path

import ingest
from ingest.readers import read_source
from ingest.tokens import JOINERS, Tokenizer, fold_word
from kg.sources import folders

SOURCES = Path(ingest.__file__).parent.parent / "sources"
TOKENIZER = Tokenizer()


def by_spacy(text: str) -> list[tuple[str, int]]:
    return [(token.text, token.idx) for token in TOKENIZER._nlp.make_doc(text)]


def test_each_word_of_the_shipped_papers_is_split_as_spacy_does_it() -> None:
    words = {word for folder in folders(SOURCES) for word in read_source(folder).text.split()}
    assert len(words) > 3000
    for word in words:
        tokens = TOKENIZER(f"{word} x")
        assert list(zip(tokens.written, tokens.starts, strict=True))[:-1] == by_spacy(word), word


def test_what_spacy_parts_though_it_looks_plain_is_parted() -> None:
    for word in ("cannot", "im", "id.", "vs.", "e.g.", "U.S.", "8)", "(8)", "PET/CT:", "Fig.3,", "dont;", "ca.", "A."):
        tokens = TOKENIZER(f"{word} x")
        assert list(zip(tokens.written, tokens.starts, strict=True))[:-1] == by_spacy(word), word


def test_a_part_of_a_text_has_the_tokens_of_the_part_at_their_places_in_the_text() -> None:
    text = "Fat.  The wash-out, of   12/20 (60%) masses. None."
    start, end = text.index("The"), text.index(" None")
    part, alone = TOKENIZER(text, start, end), TOKENIZER(text[start:end])
    assert part.written == alone.written
    assert part.starts == tuple(place + start for place in alone.starts)
    assert list(zip(alone.written, alone.starts, strict=True)) != by_spacy(text[start:end])  # of blanks each is one
    bare = [one for one in zip(alone.written, alone.starts, strict=True) if one[0] != " "]
    assert bare == [one for one in by_spacy(text[start:end]) if one[0].strip()]
    assert part.words == tuple(fold_word(token) for token in part.written if token not in JOINERS | {" "})
    assert [part.written[place] for place in part.places][:3] == ["The", "wash", "out"]

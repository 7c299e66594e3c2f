"""This module reads what 'it', 'these tumors' or 'neither procedure' stand for, and names it there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Final

from ingest.anaphora import ANYTHING, SICK, TUMOR, Anaphor, anaphors
from ingest.candidates import IMAGING
from ingest.compositions import OF_A_SITE, TOO_WIDE
from ingest.enumerations import one_list
from ingest.features import within
from ingest.hierarchy import akin
from ingest.mentions import Mention, of_type
from ingest.numbered_kinds import with_numbered_kinds
from ingest.of_which_tumor import is_lesion
from ingest.openings import opening_subject
from ingest.screening import screened
from ingest.sentences import GENERIC, Paper, Sentence

SENTENCES_BACK: Final = 3
"""How far back in a paragraph a noun may find what it stands for; a pronoun finds it in the sentence before."""

IN_BRACKETS: Final = screened(r"\s*\(.*$")
TUMORS: Final = frozenset({"neoplasm", "primary-tumor"})
ANY_KIND: Final = screened(r"\b(?:all|any|other|benign|malignant|among)\s+$", re.IGNORECASE)
NAMING: Final = frozenset({*ANYTHING, "site", "sign", "clinical-feature", "measure"})
"""Types of names that say by themselves what is meant; 'recurrent disease' names an outcome and does not say whose."""

NO_ANTECEDENT: Final = GENERIC | TOO_WIDE | {"tumor-marker", "medical-imaging", "surgical-procedure"}
"""Names that say nothing of what they stand for."""

SINGULAR_ENDS: Final = ("ss", "is", "us")


def resolved(paper: Paper) -> Paper:
    """A paper whose sentences also name what their pronouns and general nouns stand for, where that is certain."""
    sentences: list[Sentence] = []
    for sentence in paper.sentences:
        sentences.append(_resolved(paper, sentences, sentence))
    return replace(paper, sentences=tuple(sentences), _read={})


def _resolved(paper: Paper, before: Sequence[Sentence], sentence: Sentence) -> Sentence:
    """A sentence with a mention for each of its anaphors, in place of what names nothing there."""
    for read in (of_their_organs, partial(with_numbered_kinds, before=before)):
        mentions = tuple(read(paper, sentence=sentence))
        sentence = replace(sentence, mentions=mentions) if mentions != sentence.mentions else sentence
    for one in anaphors(sentence.text, sentence.start, sentence.end):
        covered = [m for m in sentence.mentions if m.overlaps(one.start, one.end)]
        if any(m.key not in GENERIC and m.type in NAMING - one.within for m in covered) or _is_told_in_methods(
            paper, sentence, one
        ):
            continue
        if one.noun and any(m.start == one.end + 1 for m in sentence.mentions):
            continue  # 'the tumor capsule'
        keys = _antecedents(paper, before, sentence, one)
        named = [_stand_in(paper, sentence, one, key) for key in keys]
        if named:
            kept = [m for m in sentence.mentions if m not in covered or m.key not in GENERIC]
            sentence = replace(sentence, mentions=tuple(sorted(kept + named, key=lambda m: (m.start, m.end))))
    return sentence


def of_their_organs(paper: Paper, sentence: Sentence) -> Iterator[Mention]:
    """The mentions of a sentence, with 'midgut tumors', 'tumors of the appendix' and 'grade 1 tumors' as those of the
    kind that the paper is about; all tumors of an organ are of any kind.
    """
    topics = [key for key in paper.topics if key in paper.groups and paper.lexicon.concepts[key].type == "disease"]
    taken: set[Mention] = set()
    named: list[Mention] = []
    for mention in sentence.mentions if len(topics) == 1 else ():
        sites = _sites_of(sentence, mention) if mention.key in TUMORS else []
        keys = [_in_organ(paper, topics[0], site.key) for site in sites]
        if keys and all(keys) and not ANY_KIND.search(sentence.text[sentence.start : sites[0].start]):
            taken |= {mention, *sites}
            graded = sites[0].type == "classification"
            named += [replace(mention, keys=(str(key),), implied=True, stands_in=graded) for key in keys]
    kept = [m for m in sentence.mentions if m not in taken] if taken else sentence.mentions
    return iter(sorted([*named, *kept], key=lambda m: (m.start, m.end)))


def _sites_of(sentence: Sentence, tumor: Mention) -> Sequence[Mention]:
    """The organs before or behind a general name of tumors: 'gastric and rectal tumors', 'tumors of the ileum'; also a
    grade before it.
    """
    sites = of_type(sentence.mentions, "site")
    before = [m for m in of_type(sentence.mentions, "site", "classification") if m.end <= tumor.start]
    if before and sentence.text[before[-1].end : tumor.start] == " ":
        return one_list(sentence.text, before[::-1])[::-1]
    behind = [m for m in sites if m.start >= tumor.end]
    of_these = behind and OF_A_SITE.fullmatch(sentence.text, tumor.end, behind[0].start) is not None
    return one_list(sentence.text, behind) if of_these else []


def _in_organ(paper: Paper, topic: str, site: str) -> str | None:
    compositions = paper.lexicon.compositions
    found = compositions.placed_like(compositions.primary_of(topic) or topic, site)
    return found if found != topic else None


def _is_told_in_methods(paper: Paper, sentence: Sentence, one: Anaphor) -> bool:
    """Whether words speak of the tumors or patients that a study looked at, in its methods."""
    return sentence.block.section == "Methods" and not paper.review and not one.types.isdisjoint({TUMOR, *SICK})


def _stand_in(paper: Paper, sentence: Sentence, one: Anaphor, key: str) -> Mention:
    return Mention(
        start=one.start,
        end=one.end,
        first=0,
        last=0,
        keys=(key,),
        type=paper.lexicon.concepts[key].type,
        text=sentence.text[one.start : one.end],
        stands_in=True,
    )


def _antecedents(paper: Paper, before: Sequence[Sentence], sentence: Sentence, one: Anaphor) -> Sequence[str]:
    """The concepts that words stand for; none where two things fit equally."""
    if one.place:
        return _of_the_pair(paper, before, sentence, one)
    if not one.noun:
        return _of_a_pronoun(paper, before, sentence, one)
    if any(_fits(paper, one, m) for m in sentence.mentions if m.end <= one.start):
        return ()  # what it stands for is named in the sentence itself
    return _of_a_noun(paper, before, sentence, one)


def _of_a_noun(paper: Paper, before: Sequence[Sentence], sentence: Sentence, one: Anaphor) -> Sequence[str]:
    """The one group of a paper's own data; else what a sentence before, the heading or the title speaks of."""
    groups = [key for key in paper.groups if _may_be(paper, one, key)]
    if sentence.evidence == "own" and not paper.review and groups and not one.count:
        return groups if len(groups) == 1 else ()
    given = not one.types.isdisjoint({"therapy", "modality"})
    if given and not one.points and not paper.review:
        return ()  # 'the intervention' of a trial
    topic = _topic(paper, sentence, one)
    for earlier in islice(_earlier(before, sentence), 1 if given and not paper.review else SENTENCES_BACK):
        if any(_fits(paper, one, m) for m in earlier.mentions):
            return _chosen(paper, earlier, one, topic)
    return topic if one.count in {0, len(topic)} and len(topic) < 2 else ()


def _earlier(before: Sequence[Sentence], sentence: Sentence) -> Iterator[Sentence]:
    """The sentences before one in its block, nearest first."""
    for earlier in reversed(before):
        if earlier.block is not sentence.block:
            return
        yield earlier


def _may_be(paper: Paper, one: Anaphor, key: str) -> bool:
    """Whether a concept is of a type that words stand for."""
    type_ = paper.lexicon.concepts[key].type
    if key in NO_ANTECEDENT or (one.noun == "metastases" and not paper.lexicon.is_a(key, "metastasis")):
        return False
    if type_ == "modality" and not paper.lexicon.is_a(key, IMAGING):
        return False
    return type_ in one.types or (TUMOR in one.types and type_ == "disease" and is_lesion(paper, key))


def _fits(paper: Paper, one: Anaphor, mention: Mention) -> bool:
    return _may_be(paper, one, mention.key)


def _chosen(paper: Paper, earlier: Sentence, one: Anaphor, topic: Sequence[str]) -> Sequence[str]:
    """What a noun stands for in a sentence: its subject, else the only thing of that type that is of the kind that the
    paper or its heading is about; the topic itself where the noun points at nothing.
    """
    fitting = [m for m in earlier.mentions if _fits(paper, one, m) and not within(earlier.compared, m)]
    keys: Sequence[str] = list(dict.fromkeys(m.key for m in fitting))
    if one.count:
        return keys if len(keys) == one.count else ()
    subject = opening_subject(earlier)
    if subject in fitting:
        keys = _with_list(earlier, subject)
        if len(keys) > 1 and not one.plural:
            return ()
    elif len(keys) != 1 or not (one.near or not topic or any(_are_akin(paper, keys[0], key) for key in topic)):
        return ()
    wider = [key for key in topic if all(paper.lexicon.is_a(found, key) for found in keys)]
    return wider if one.bare and len(wider) == 1 else keys


def _are_akin(paper: Paper, one: str, other: str) -> bool:
    """Whether two concepts are of one kind, or metastases and what they come from."""
    compositions = paper.lexicon.compositions
    lines = [{key, compositions.primary_of(key) or key} for key in (one, other)]
    return any(a == b or akin(paper.lexicon.vocabulary, a, b) for a in lines[0] for b in lines[1])


def _with_list(sentence: Sentence, first: Mention) -> Sequence[str]:
    """A mention with the others of the list that it begins."""
    alike = [m for m in sentence.mentions if m.type == first.type and m.start >= first.start]
    return list(dict.fromkeys(m.key for m in one_list(sentence.text, alike)))


def _topic(paper: Paper, sentence: Sentence, one: Anaphor) -> Sequence[str]:
    """What of a type the heading, else the title puts in focus."""
    given = not one.types.isdisjoint({"therapy", "modality"})
    for keys in (paper.headings.get(sentence.block.heading, ()), () if given else paper.topics):
        fitting = [key for key in keys if _may_be(paper, one, key)]
        if fitting:
            return fitting
    return ()


def _of_a_pronoun(paper: Paper, before: Sequence[Sentence], sentence: Sentence, one: Anaphor) -> Sequence[str]:
    """The subject of the sentence before, or of the clause before in the same sentence, if it agrees in number."""
    spoken = next(_earlier(before, sentence), None) if one.opens else sentence
    if spoken is None:
        return ()
    listed = _list_at_the_end(spoken) if one.points and one.opens else ()
    subject = opening_subject(spoken)
    if len(listed) > 1 or subject is None or (spoken is sentence and subject.start >= one.start):
        return listed if len(listed) > 1 else ()
    if subject.key in GENERIC and one.plural is not False:
        return _of_a_noun(paper, before, sentence, replace(one, types=frozenset({TUMOR}), noun="lesions"))
    fits = subject.type in one.types and subject.key not in NO_ANTECEDENT
    return _agreeing(spoken, subject, one) if fits else ()


def _agreeing(sentence: Sentence, subject: Mention, one: Anaphor) -> Sequence[str]:
    """A subject with its list, if it is as many things as a pronoun says."""
    keys = _with_list(sentence, subject)
    if one.count:
        return keys if len(keys) == one.count else ()
    if len(keys) > 1:
        return keys if one.plural else ()
    return keys if is_plural(subject) in {one.plural, None} else ()


def _list_at_the_end(sentence: Sentence) -> Sequence[str]:
    """The list of things of one type that a sentence ends with: '… are used, namely embolization and ablation.'"""
    ends = [m for m in sentence.mentions if not sentence.text[m.end : sentence.end].strip(" .)")]
    alike = [m for m in sentence.mentions if ends and m.type == ends[-1].type in ANYTHING]
    return [m.key for m in one_list(sentence.text, alike[::-1])][::-1] if alike else []


def _of_the_pair(paper: Paper, before: Sequence[Sentence], sentence: Sentence, one: Anaphor) -> Sequence[str]:
    """The last or the first of the things that were listed last."""
    for spoken in (sentence, *islice(_earlier(before, sentence), 1)):
        mentions = [m for m in spoken.mentions if spoken is not sentence or m.end <= one.start]
        lists = [keys for first in mentions if _fits(paper, one, first) and len(keys := _with_list(spoken, first)) > 1]
        if lists:
            return [lists[0][-1 if one.place == "last" else 0]] if len({keys[-1] for keys in lists}) == 1 else ()
    return ()


def is_plural(mention: Mention) -> bool | None:
    """Whether a name is one of many, None where an abbreviation may be either.

    >>> from ingest.mentions import Mention, of_type
    >>> of = {"start": 0, "end": 1, "first": 0, "last": 1, "keys": ("a",), "type": "disease"}
    >>> [is_plural(Mention(text=text, **of)) for text in ("NETs", "carcinoid tumors (CT)", "NET", "metastasis")]
    [True, True, None, False]
    """
    if mention.stands_in:
        return None
    word = IN_BRACKETS.sub("", mention.text).split()[-1]
    if word.isupper():
        return None
    return word.endswith("s") and not word.endswith(SINGULAR_ENDS)

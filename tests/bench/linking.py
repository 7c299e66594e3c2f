"""How well numbers and claims of a paper are linked by weights that never saw it: `python tests/bench/linking.py GOLD`.

GOLD is a folder of annotations, <key>.jsonl, with the texts in texts/<key>.txt or among `--sources`. Each paper is
extracted with weights that learned from all others; papers whose keys agree up to the first hyphen are one paper (an
abstract and its article). `ceiling` is the share of annotated numbers for which both the right bearer and the right
attribute are among the candidates, whatever the weights choose.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.annotations import Annotation
from ingest.annotations import read_annotations as read_placed
from ingest.attributes import attributes
from ingest.bearers import bearers
from ingest.examples import Names, wanted
from ingest.lists import number_anchors
from ingest.pipeline import extract, lexicon_of
from ingest.ranking import load_weights
from ingest.readers import read, read_source
from ingest.sentences import Paper, read_paper
from ingest.text import RawText
from kg.evaluate import Score, figures_table, names_of, read_annotations, score, train
from kg.model import Source
from kg.sources import read_folder
from kg.terminal import print_rows
from kg.vocabulary import Vocabulary


def stored(key: str, gold: Path, sources: Path) -> tuple[Source, RawText]:
    """A paper as it is shipped, else its text beside the annotations, whose first line is the title."""
    if (sources / key).is_dir():
        return read_folder(sources / key).source, read_source(sources / key)
    path = gold / "texts" / f"{key}.txt"
    raw = read(path, path.read_bytes())
    return Source(key=key, title=raw.text.lstrip().partition("\n")[0]), raw


def unseen(key: str, keys: list[str], gold: Path, sources: Path, vocabulary: Vocabulary) -> Score:
    """The score of one paper with weights that learned from the others."""
    source, raw = stored(key, gold, sources)
    alike = [other for other in keys if other.split("-")[0] == key.split("-", maxsplit=1)[0]]
    with TemporaryDirectory() as folder:
        weights = Path(folder, "weights.json")
        weights.write_text(train([gold], sources, exclude=alike), encoding="utf-8")
        found = extract(source, raw, vocabulary, load_weights(weights))
    names = names_of(vocabulary.concepts.values())
    return score(key, raw.text, found.statements, read_annotations(gold / f"{key}.jsonl"), names)


def proposed(paper: Paper, gold: list[Annotation], names: Names) -> Iterator[bool]:
    """For each annotated number that was found, whether the right pair is among its candidates."""
    for index, sentence in enumerate(paper.sentences):
        for number, anchor in zip(sentence.numbers, number_anchors(sentence), strict=True):
            span = sentence.clean.source_span(anchor.start, anchor.end)
            about = [g for g in gold if g.kind == "stat" and g.anchor.overlaps(span)]
            roles = {
                "attribute": attributes(paper, index, anchor, number),
                "bearer": bearers(paper, index, anchor),
            }
            for one in about:
                yield all(any(names(c.entity) & wanted(one, role) for c in found) for role, found in roles.items())


def main() -> int:
    """Print a row a paper and one of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--sources", type=Path, default=Path("sources"))
    options = parser.parse_args()
    vocabulary = Vocabulary.load()
    keys = sorted(path.stem for path in options.gold.glob("*.jsonl"))
    scores = [unseen(key, keys, options.gold, options.sources, vocabulary) for key in keys]
    print_rows(figures_table([*scores, sum(scores, start=Score(source="ALL"))]), form="table", output=None)
    lexicon = lexicon_of(vocabulary)
    among: list[bool] = []
    for key in keys:
        source, raw = stored(key, options.gold, options.sources)
        gold = read_placed(options.gold / f"{key}.jsonl", raw.text)
        among += proposed(read_paper(source, raw, lexicon), gold, Names(lexicon))
    share = f"{sum(among)} of {len(among)}"
    print(f"ceiling: the right pair is among the candidates of {share} annotated numbers in sentences")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The vocabulary finds concepts however they are spelt, and refuses to contradict itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.model import Concept
from kg.vocabulary import Vocabulary, VocabularyError, fold

VOCABULARY = Vocabulary.load()
PREFIXES = """
@prefix concept: <https://w3id.org/signum/concept/> .
@prefix mondo: <http://purl.obolibrary.org/obo/MONDO_> .
@prefix signum: <https://w3id.org/signum/schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def block(key: str, label: str, *more: str) -> str:
    rest = "".join(f" ;\n    {line}" for line in more)
    return f'concept:{key} a skos:Concept ;\n    signum:conceptType "sign" ;\n    skos:prefLabel "{label}"@en{rest} .\n'


def load(folder: Path, *blocks: str) -> Vocabulary:
    directory = folder / "vocabulary"
    directory.mkdir(exist_ok=True)
    (directory / "sign.ttl").write_text(PREFIXES + "\n".join(blocks), encoding="utf-8")
    return Vocabulary.load(directory)


def found(text: str) -> list[str]:
    return [concept.key for concept in VOCABULARY.find(text)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("phnen", "phnen"),
        ("PHNENs", "phnen"),
        ("primary hepatic neuroendocrine neoplasms", "phnen"),
        ("Hepatocellular Carcinoma", "hepatocellular-carcinoma"),
        ("hepatocellular carcinomas", "hepatocellular-carcinoma"),
        ("wash-out", "washout"),
        ("wash out", "washout"),
        ("Washout", "washout"),
        ("liver metastases", "liver-metastasis"),
        ("liver tumours", "liver-neoplasm"),
        ("haemangioma", "hepatic-hemangioma"),
        ("non-rim arterial phase hyper-enhancement", "nonrim-aphe"),
        ("CA 19–9", "ca19-9"),
        ("Ki67", "ki-67"),
        ("oesophageal cancer", "esophageal-cancer"),
        ("chemoembolisation", "tace"),
        ("CT", "computed-tomography"),
        ("fígado", "liver"),
        ("men", "male-sex"),
        ("sample size", "number-of-patients"),
        ("Whipple's triad", "whipple-triad"),
        ("Whipple", "whipple"),
        ("watery diarrhoea", "watery-diarrhea"),
        ("hypokalaemia", "hypokalemia"),
        ("WDHA", "verner-morrison-syndrome"),
        ("von Recklinghausen's disease", "nf1"),
        ("insulinoma-associated protein 1", "insm1"),
        ("Islet-1", "isl1"),
        ("loss of ATRX expression", "atrx-loss"),
        ("MEN1", "men1"),
        ("mutations in MEN1", "men1-gene"),
        ("NT-proBNP", "nt-probnp"),
        ("SSTR2A", "sstr2"),
        ("telotristat ethyl", "telotristat"),
        ("PPIs", "proton-pump-inhibitor"),
        ("lutetium (177Lu) oxodotreotide", "lu177-dotatate"),
        ("SIR-Spheres", "resin-microspheres"),
        ("hemicolectomy", "colectomy"),
        ("72-h fast", "prolonged-fast"),
        ("SACST", "arterial-calcium-stimulation"),
        ("transthoracic echocardiography", "transthoracic-echocardiography"),
        ("68Ga-exendin-4 PET/CT", "exendin-pet-ct"),
        ("18F-FDOPA PET/CT", "dopa-pet-ct"),
        ("bimanual palpation", "intraoperative-palpation"),
        ("selective internal radiotherapy", "sirt"),
        ("control of symptoms", "symptom-relief"),
        ("cannot be resected", "unresectability"),
        ("amenable to resection", "resectability"),
        ("richly vascularised", "hypervascular"),
        ("sharply demarcated", "well-defined-margin"),
        ("survive longer", "overall-survival"),
        ("disease outside the liver", "extrahepatic-metastasis"),
    ],
)
def test_a_concept_is_found_by_any_spelling_of_any_of_its_names(text: str, key: str) -> None:
    assert found(text) == [key]


def test_an_ambiguous_label_gives_every_concept_that_it_names() -> None:
    assert found("G1") == ["grade-1", "net-g1"]
    assert found("ICC") == ["icc", "intrahepatic-cholangiocarcinoma"]


def test_a_text_that_names_nothing_finds_nothing() -> None:
    assert found("flux capacitor") == []
    assert found("") == []


def test_every_concept_is_found_by_each_of_its_labels_and_by_its_key() -> None:
    for concept in VOCABULARY.concepts.values():
        assert VOCABULARY.find(concept.key) == [concept]
        for label in concept.labels:
            assert concept in VOCABULARY.find(label), label


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hepatocelular carcinom", "hepatocellular-carcinoma"),
        ("washuot", "washout"),
        ("neuroendocrin tumor", "neuroendocrine-tumor"),
        ("chromogranine A", "chromogranin-a"),
    ],
)
def test_a_misspelt_name_is_answered_with_the_nearest_concept_first(typed: str, meant: str) -> None:
    suggestions = VOCABULARY.suggest(typed)
    assert suggestions[0].key == meant
    assert len(suggestions) == len({concept.key for concept in suggestions}) <= 3


def test_nothing_is_suggested_for_what_is_like_no_name() -> None:
    assert VOCABULARY.suggest("xyzzyq") == []


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.text(max_size=20))
def test_folding_is_stable_under_case_and_blanks(text: str) -> None:
    assert fold(f"  {text} ") == fold(text)
    assert fold(fold(text)) == fold(fold(fold(text)))


def test_the_hierarchy_is_walked_both_ways() -> None:
    assert VOCABULARY.ancestors("gep-net-liver-metastasis") == ("nelm", "liver-metastasis", "metastasis", "neoplasm")
    assert VOCABULARY.ancestors("neoplasm") == ()
    below = VOCABULARY.descendants("neuroendocrine-neoplasm")
    assert {"phnen", "phnet", "insulinoma"} <= set(below)
    assert len(below) == len(set(below))
    for key in VOCABULARY.concepts:
        for above in VOCABULARY.ancestors(key):
            assert key in VOCABULARY.descendants(above)


def test_concepts_are_given_by_type_and_an_unknown_type_is_refused() -> None:
    assert "arterial-phase" in {concept.key for concept in VOCABULARY.by_type("phase")}
    with pytest.raises(ValueError, match="'colour'; allowed: disease"):
        VOCABULARY.by_type("colour")


def test_every_concept_has_a_definition_and_stands_in_the_file_of_its_type() -> None:
    for concept in VOCABULARY.concepts.values():
        assert concept.definition, concept.key
        text = (kg.ONTOLOGY / "vocabulary" / f"{concept.type}.ttl").read_text(encoding="utf-8")
        assert f"\nconcept:{concept.key} a skos:Concept ;" in text


def test_the_blocks_of_each_file_are_sorted_by_key() -> None:
    for path in (kg.ONTOLOGY / "vocabulary").glob("*.ttl"):
        keys = re.findall(r"^concept:(\S+) a skos:Concept", path.read_text(encoding="utf-8"), re.M)
        assert keys == sorted(keys), path.name


def test_no_identifier_of_a_vocabulary_with_a_licence_of_its_own_is_shipped() -> None:
    curies = [mapping.curie for concept in VOCABULARY.concepts.values() for mapping in concept.mappings]
    assert len(curies) > 900
    assert not [curie for curie in curies if curie.startswith(("SCT", "SNOMED", "UMLS", "LOINC"))]


def test_a_label_that_two_concepts_share_is_refused_with_both_named(tmp_path: Path) -> None:
    one, two = block("a", "ring", 'skos:altLabel "rim sign"@en'), block("b", "edge", 'skos:altLabel "Rim signs"@en')
    with pytest.raises(VocabularyError, match=r"'rim sign' names both a and b; .* signum:ambiguousLabel in both"):
        load(tmp_path, one, two)
    half = one.replace("skos:altLabel", "signum:ambiguousLabel")
    with pytest.raises(VocabularyError, match="names both b and a"):
        load(tmp_path, half, two)
    vocabulary = load(tmp_path, half, two.replace("skos:altLabel", "signum:ambiguousLabel"))
    assert [concept.key for concept in vocabulary.find("rim sign")] == ["a", "b"]


def test_a_parent_that_is_no_concept_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="a has the parent 'ghost', which is no concept"):
        load(tmp_path, block("a", "ring", "skos:broader concept:ghost"))


def test_a_hierarchy_that_runs_in_a_circle_is_refused_with_the_circle(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="in a circle: a -> b -> a"):
        load(tmp_path, block("a", "ring", "skos:broader concept:b"), block("b", "edge", "skos:broader concept:a"))
    with pytest.raises(VocabularyError, match="in a circle: a -> a"):
        load(tmp_path, block("a", "ring", "skos:broader concept:a"))


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="two concepts have the key 'a'"):
        load(tmp_path, block("a", "ring"), block("a", "edge"))
    (tmp_path / "vocabulary" / "other.ttl").write_text(PREFIXES + block("a", "ring"), encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"two concepts have the key 'a', in .*other\.ttl and .*sign\.ttl"):
        load(tmp_path, block("a", "ring"))
    with pytest.raises(VocabularyError, match="two concepts have the key 'a'"):
        Vocabulary.of([Concept(key="a", type="sign", label="x"), Concept(key="a", type="sign", label="y")])


def test_a_directory_without_a_vocabulary_and_a_file_that_is_no_turtle_are_refused(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"holds no \*\.ttl file"):
        Vocabulary.load(tmp_path)
    with pytest.raises(VocabularyError, match=r"sign\.ttl is not valid Turtle"):
        load(tmp_path, "concept:a a skos:Concept")


def test_a_concept_of_an_unknown_type_is_refused_with_the_allowed_types(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="type of concept a is 'colour'; allowed: disease"):
        load(tmp_path, block("a", "ring").replace('"sign"', '"colour"'))


SSSOM = "#curie_map:\nsubject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label\tmapping_justification\n"


def test_mappings_stand_in_the_concept_and_in_the_table_with_the_label_of_the_term(tmp_path: Path) -> None:
    concept = block("a", "ring", "skos:exactMatch mondo:0000001")
    table = tmp_path / "mappings.sssom.tsv"
    row = 'signum:a\tring\tskos:exactMatch\tMONDO:0000001\ta "ring"\tsemapv:ManualMappingCuration\n'
    table.write_text(SSSOM + row, encoding="utf-8")
    (mapping,) = load(tmp_path, concept).concepts["a"].mappings
    assert (mapping.curie, mapping.label, mapping.match) == ("MONDO:0000001", 'a "ring"', "exact")
    table.write_text(SSSOM, encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"the concept says a skos:exactMatch MONDO:0000001, and .*tsv does not"):
        load(tmp_path, concept)
    table.write_text(SSSOM + row.replace("exact", "close"), encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"tsv says a skos:closeMatch MONDO:0000001, and the concept does not"):
        load(tmp_path, concept)

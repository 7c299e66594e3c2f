"""What the words at a number say that it counts: what was seen in so many, what so many had or were."""

from __future__ import annotations

import pytest

from tests.written import extraction

HCC = "CT of hepatocellular carcinoma"


def said(*paragraphs: str, title: str = HCC, section: str = "Results") -> dict[str, set[tuple[str, str]]]:
    """(subject, object) of each statement with a number, by the number as printed."""
    found: dict[str, set[tuple[str, str]]] = {}
    for one in extraction(*paragraphs, title=title, section=section).statements:
        if one.statistic is not None:
            ends = one.subject.key or one.subject.label, one.object.key or one.object.label
            found.setdefault(one.statistic.printed, set()).add(ends)
    return found


def of(text: str, printed: str) -> set[str]:
    """What a number is of."""
    return {what for _, what in said(text).get(printed, set())}


@pytest.mark.parametrize(
    ("text", "printed", "expected"),
    [
        ("Ascites is common, and quokka sounds occur in up to 30% of patients.", "up to 30%", {"quokka sounds"}),
        ("The liver was spared; duodenal quokkas were seen in 4 of 12 cases.", "4 of 12 cases", {"duodenal quokkas"}),
        ("Quokkas, most often of the brown kind, are found in 30%.", "30%", {"Quokkas"}),
        ("Washout, fever and ascites were found in 30%.", "30%", {"fever", "ascites"}),
        ("60% of the patients had mild ascites and died of bleeding.", "60%", {"ascites"}),
        ("Between 60% and 90% of them are functional and have ascites.", "60% and 90%", {"functional"}),
        (
            "One patient had an iatrogenic dissection of the celiac trunk.",
            "One patient",
            {"vessel-dissection"},
        ),
        ("One patient presented with diarrhea and another with fever.", "another", {"fever"}),
        ("Fever was seen in 85% of cases and diarrhea in about 80%.", "about 80%", {"diarrhea"}),
        ("Of all, 60% of recipients were alive at 5 years.", "60%", {"overall-survival"}),
        ("The groups were of 13 men with CT and 12 women with ablation.", "13 men", {"male-sex"}),
        ("Washout was sought in the control group (n = 68).", "n = 68", {"number-of-patients"}),
        (
            "Hepatocellular carcinomas occur in 1–4 persons per million per year.",
            "1–4 persons per million per year",
            {"incidence"},
        ),
        ("Tumors below 1 cm metastasize in 2% of cases.", "2%", {"metastasis"}),
        ("The risk of lymph node metastasis is 2% for small tumors.", "2%", {"lymph-node-metastasis"}),
        ("Ultrasonography depicted 71% of the tumors.", "71%", {"ultrasonography"}),
        ("Diarrhea was the most frequent adverse event of sorafenib (59%).", "59%", {"diarrhea"}),
    ],
)
def test_the_words_at_a_number_say_what_it_counts(text: str, printed: str, expected: set[str]) -> None:
    assert of(text, printed) == expected


def test_a_verb_and_its_object_tell_an_effect() -> None:
    found = said("Octreotide relieves the hormonal symptoms in 70% of patients.")
    assert found == {"70%": {("octreotide", "symptom-relief")}}


def test_it_is_what_the_sentence_before_began_with() -> None:
    found = said("Ascites is a late finding. It occurs in 20% of patients, and with fever.")
    assert found["20%"] == {("hepatocellular-carcinoma", "ascites")}
    assert "20%" not in said("Nobody knows why. It occurs in 20% and signals fever.")


@pytest.mark.parametrize(
    ("text", "printed", "never"),
    [
        ("30% of patients with ascites had a quokka.", "30%", "ascites"),
        ("Two patients who had ascites died.", "Two patients", "Two patients who"),
        ("Grade 2 tumors have a Ki-67 index of 3 to 20%.", "3 to 20%", "grade-2"),
        ("60% of gastrinomas are available.", "60%", "available"),
        ("In 60% they were seen in 40%.", "40%", "they"),
        ("Based on our findings, 71% had a quokka.", "71%", "findings"),
        ("They differ: 12.5% versus all others.", "12.5%", "versus all"),
    ],
)
def test_what_only_tells_of_whom_a_number_is_is_not_counted(text: str, printed: str, never: str) -> None:
    assert never not in of(text, printed)


def test_nothing_is_not_made_something() -> None:
    assert not any("no" in what.split() for what in of("60% of the patients had no quokka sounds.", "60%"))


def test_what_so_many_were_may_be_spread() -> None:
    text = "They grow slowly and are already metastatic at diagnosis in 40% of the cases."
    assert of(text, "40%") == {"metastasis"}


def test_an_accuracy_of_a_combination_is_of_none_of_its_parts() -> None:
    text = "When combining the two signs, CT had a sensitivity of 82.6% for hepatocellular carcinoma."
    assert "computed-tomography" not in {one for pair in said(text)["82.6%"] for one in pair}


def test_what_the_sentence_before_says_was_given_has_the_outcome() -> None:
    title = "Hepatocellular carcinoma"
    found = said("Radiofrequency ablation was described in 22 series. Overall survival was 46–86%.", title=title)
    assert found["46–86%"] == {("rfa", "overall-survival")}
    found = said("Washout was described in 22 series after ablation. Overall survival was 46–86%.", title=title)
    assert found["46–86%"] == {("hepatocellular-carcinoma", "overall-survival")}


def test_a_participle_says_the_share_of_what_stands_before_it() -> None:
    text = "Smith et al. found hepatic hemangioma, and hepatic adenoma accounting for 2.7% of all liver tumors."
    assert {subject for subject, _ in said(text, title="Tumors")["2.7%"]} == {"hepatic-adenoma"}


def test_an_outcome_is_of_the_treatment_that_was_given() -> None:
    found = said("With radiofrequency ablation the overall survival was 36.2%.")
    assert found == {"36.2%": {("rfa", "overall-survival")}}


def test_a_narrower_disease_stands_for_itself() -> None:
    title = "Neuroendocrine neoplasms: a study of 60 patients"
    found = said("Neuroendocrine carcinoma had a Ki-67 index of 55%.", title=title)
    assert {subject for subject, _ in found["55%"]} == {"neuroendocrine-carcinoma"}


def test_an_incidence_is_never_that_of_imaging() -> None:
    found = said("The incidence rose to 7.0 per 100,000 with wider use of ultrasonography.")
    assert found == {"7.0 per 100,000": {("hepatocellular-carcinoma", "incidence")}}


def test_a_procedure_named_nearer_passes_on_what_came_of_it() -> None:
    found = said(
        "Liver resection is rarely possible. Radiofrequency ablation is done instead. Recurrence is frequent (31–57%).",
        title="Treatment",
    )
    assert found["31–57%"] == {("rfa", "recurrence")}


class TestSyndrome:
    """A number of what a syndrome brings is the syndrome's."""

    TITLE = "Carcinoid syndrome: an overview"

    def test_of_the_title(self) -> None:
        assert said("Flushing is present in 85%.", title=self.TITLE)["85%"] == {("carcinoid-syndrome", "flushing")}

    def test_of_the_sentence_before(self) -> None:
        found = said("Von Hippel-Lindau disease is rare. Its prevalence is 2–3 per 100,000.")
        assert found["2–3 per 100,000"] == {("vhl", "prevalence")}

    def test_not_where_a_disease_is_named(self) -> None:
        found = said("Flushing of hepatic hemangioma is present in 85%.", title=self.TITLE)
        assert found["85%"] == {("hepatic-hemangioma", "flushing")}

    def test_not_where_it_was_counted_itself(self) -> None:
        found = said("Carcinoid syndrome was seen in 12%. Flushing is present in 85%.")
        assert found["85%"] == {("hepatocellular-carcinoma", "flushing")}

"""The grammar of printed statistics: each row with its example and refusal, what must and must not be found."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.forms import ANCHORS, ROWS, Row
from ingest.printed import with_digits
from ingest.reported import Reported, find, find_by_row, find_in_cell
from kg.model import NUMBER_FIELDS, OPERATORS, STATISTIC_KINDS
from tests.bench.reported_values import ROOT, annotations_in, score, text_of


def said(text: str) -> list[tuple[str, dict[str, str], str | None]]:
    """Kind, fields as printed and operator of each statistic found."""
    return [(one.kind, {name: str(number) for name, number in one.fields.items()}, one.op) for one in find(text)]


def numbers(text: str) -> list[dict[str, str]]:
    return [fields for _, fields, _ in said(text)]


def in_cell(text: str, header: str = "", row: str = "") -> list[tuple[str, dict[str, str]]]:
    return [
        (one.kind, {name: str(number) for name, number in one.fields.items()})
        for one in find_in_cell(text, header, row)
    ]


def passes_over(row: Row, text: str) -> bool:
    digits = with_digits(text)
    matches = [row.pattern.match(digits, place) for place in ANCHORS[row.anchor].places(digits)]
    return any(match is not None and row.build(row, match) == [] for match in matches)


class TestTheTableOfRows:
    @pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
    def test_each_row_matches_its_example_and_not_its_refusal(self, row: Row) -> None:
        if row.kind != "none":
            assert find_by_row(row.example, row), f"{row.name} finds nothing in {row.example!r}"
            assert not find_by_row(row.refusal, row), f"{row.name} finds something in {row.refusal!r}"

    @pytest.mark.parametrize("row", [row for row in ROWS if row.kind == "none"], ids=lambda row: row.name)
    def test_a_row_that_passes_over_does_so_in_its_example_and_not_in_its_refusal(self, row: Row) -> None:
        assert passes_over(row, row.example)
        assert not passes_over(row, row.refusal)

    def test_names_are_unique(self) -> None:
        names = [row.name for row in ROWS]
        assert len(set(names)) == len(names)

    @pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
    def test_what_rows_find_fits_the_model(self, row: Row) -> None:
        for one in find(row.example):
            assert one.kind in STATISTIC_KINDS
            assert set(one.fields) <= set(NUMBER_FIELDS)
            assert one.op is None or one.op in OPERATORS


STANDARD = [
    ("in 7/12 cases", "proportion", {"numerator": "7", "denominator": "12"}, None),
    ("in 7 of 12 cases", "proportion", {"numerator": "7", "denominator": "12"}, None),
    ("in 7 (58.3%) cases", "proportion", {"numerator": "7", "percent": "58.3"}, None),
    ("in 58.3% (7/12) of them", "proportion", {"numerator": "7", "denominator": "12", "percent": "58.3"}, None),
    ("82.60% (19 of 23)", "proportion", {"numerator": "19", "denominator": "23", "percent": "82.60"}, None),
    ("affect the liver in 46–93%", "percent_range", {"low": "46", "high": "93"}, None),
    ("aged from 40 to 89 years", "range", {"low": "40", "high": "89"}, None),
    ("a ratio of 1.15±0.33", "mean_sd", {"mean": "1.15", "sd": "0.33"}, None),
    ("a median age of 65.5 years (IQR 23.25)", "median_iqr", {"median": "65.5", "iqr": "23.25"}, None),
    ("P<0.001", "p_value", {"p": "0.001"}, "<"),
    ("χ2=5.662", "test_statistic", {"value": "5.662"}, "="),
    ("Exp(B)=0.113", "odds_ratio", {"value": "0.113"}, "="),
    ("κ=0.938", "kappa", {"value": "0.938"}, "="),
    ("HR 0.5 (0.3–0.9)", "ratio", {"value": "0.5", "ci_low": "0.3", "ci_high": "0.9"}, None),
    (
        "an AUC of 0.856 (95%CI=0.749-0.963)",
        "auc",
        {"value": "0.856", "ci_low": "0.749", "ci_high": "0.963", "ci_level": "95"},
        None,
    ),
    ("CEA was 10.53ng/ml", "value", {"value": "10.53"}, None),
    ("measuring 90.4mm x80.5mm", "size", {"low": "80.5", "high": "90.4"}, None),
    ("1.52 cases/100,000 population", "incidence_rate", {"value": "1.52"}, None),
    ("a 5-year survival of 40%", "survival_rate", {"percent": "40"}, None),
    ("a mortality of 25%", "mortality_rate", {"percent": "25"}, None),
    ("the sensitivity was 90%", "sensitivity", {"percent": "90"}, None),
    ("Twelve patients", "count", {"value": "12"}, None),
    ("sixty-nine patients", "count", {"value": "69"}, None),
    ("hepatic metastases (n=3)", "count", {"value": "3"}, None),
    ("were randomized 1:1", "ratio", {"numerator": "1", "denominator": "1"}, None),
    ("in up to 22.2% of NETs", "percent", {"percent": "22.2"}, "<="),
    ("mitoses≤20", "threshold", {"value": "20"}, "<="),
]

VARIANTS = [
    ("in seven out of all cases", "count", {"value": "7"}, None),
    ("in [13/18]", "proportion", {"numerator": "13", "denominator": "18"}, None),
    ("(8/ 74, 10.8%)", "proportion", {"numerator": "8", "denominator": "74", "percent": "10.8"}, None),
    ("eight tumors (8/74, 10.8%)", "proportion", {"numerator": "8", "denominator": "74", "percent": "10.8"}, None),
    ("73.9% (17of 23)", "proportion", {"numerator": "17", "denominator": "23", "percent": "73.9"}, None),
    ("P value of less than .05", "p_value", {"p": "0.05"}, "<"),
    ("P =0.038", "p_value", {"p": "0.038"}, "="),
    ("p-value: 0.03", "p_value", {"p": "0.03"}, "="),
    (
        "Exp (B) < 0.001, 95.0 % CI = 0.000–0.067",
        "odds_ratio",
        {"value": "0.001", "ci_low": "0.000", "ci_high": "0.067", "ci_level": "95.0"},
        "<",
    ),
    (
        "odds ratio [OR], 2.1; 95% CI, 1.2 to 3.4",
        "odds_ratio",
        {"value": "2.1", "ci_low": "1.2", "ci_high": "3.4", "ci_level": "95"},
        None,
    ),
    ("Z=-0.472", "test_statistic", {"value": "-0.472"}, "="),
    ("2.00 ± 0. 69", "mean_sd", {"mean": "2.00", "sd": "0.69"}, None),
    ("vs.14.3±5.0 min", "mean_sd", {"mean": "14.3", "sd": "5.0"}, None),
    ("small (1~2.5 cm)", "range", {"low": "1", "high": "2.5"}, None),
    ("between 40 and 89 years", "range", {"low": "40", "high": "89"}, None),
    ("Sixty percent of patients", "percent", {"percent": "60"}, None),
    ("another case", "count", {"value": "1"}, None),
    ("around 750.000 per year", "incidence_rate", {"value": "750000"}, "~"),
    ("a lesion of 3 mm or greater", "threshold", {"value": "3"}, ">="),
    ("about 30%–40% of nodes", "percent_range", {"low": "30", "high": "40"}, "~"),
    ("in <5–10% of insulinomas", "percent_range", {"low": "5", "high": "10"}, "<"),
    ("Just over half of NENs", "percent", {"percent": "50"}, ">"),
    ("fewer than 150 cases", "count", {"value": "150"}, "<"),
    ("ADC was 1.21 ± 0.32 × 10−3 mm2/s", "mean_sd", {"mean": "1.21", "sd": "0.32"}, None),
]


class TestStandardForms:
    @pytest.mark.parametrize(("text", "kind", "fields", "op"), STANDARD, ids=[text for text, *_ in STANDARD])
    def test_is_found_with_its_decimals_and_operator(
        self, text: str, kind: str, fields: dict[str, str], op: str | None
    ) -> None:
        assert (kind, fields, op) in said(text)
        assert len(find(text)) == 1


class TestToleratedVariants:
    @pytest.mark.parametrize(("text", "kind", "fields", "op"), VARIANTS, ids=[text for text, *_ in VARIANTS])
    def test_is_found_all_the_same(self, text: str, kind: str, fields: dict[str, str], op: str | None) -> None:
        assert (kind, fields, op) in said(text)
        assert len(find(text)) == 1

    def test_a_list_shares_its_percent_sign(self) -> None:
        assert numbers("with sensitivities of 82 and 63 %, respectively") == [{"percent": "82"}, {"percent": "63"}]

    def test_a_list_shares_its_unit(self) -> None:
        found = find("at 4, 8, 20, and 21 months after")
        assert [str(one.fields["value"]) for one in found] == ["4", "8", "20", "21"]
        assert {one.unit for one in found} == {"months"}

    def test_means_share_their_unit(self) -> None:
        assert [one.unit for one in find("(10.9±3.9 vs. 14.3±5.0 min)")] == ["min", "min"]

    def test_p_values_given_respectively(self) -> None:
        text = "(P=0.017, P<0.001 and P =0.038, respectively)"
        assert [(fields["p"], op) for _, fields, op in said(text)] == [("0.017", "="), ("0.001", "<"), ("0.038", "=")]
        assert [fields["p"] for _, fields, _ in said("(P = 0.017, 0.002 and 0.038)")] == ["0.017", "0.002", "0.038"]

    def test_sensitivity_and_specificity_are_told_apart_by_their_order(self) -> None:
        text = "The sensitivity and specificity were 82.6% (19 of 23) and 91.3% (21 of 23), respectively."
        assert [one.kind for one in find(text)] == ["sensitivity", "specificity"]

    def test_counts_with_a_stroke_behind_a_label_with_a_stroke_are_two_counts(self) -> None:
        assert numbers("(male/female: 4/8)") == [{"value": "4"}, {"value": "8"}]


NOT_RETRIEVED = [
    "as reported [3, 4] and [5-7]",
    "in earlier work (1,2)",
    "improved survival.21 The",
    "several lesions24,25 were",
    "as shown in Figure 3 and Table 2",
    "in Figures 2-5",
    "from January 2009 through February 2016",
    "since 2010",
    "on 14 May 2024",
    "between 2005 and 2010",
    "a grade 3 tumour, G2",
    "multiple endocrine neoplasia type 1",
    "the 5-year survival was poor",
    "5-HIAA, CA19-9, Ki-67, CD56 and 18F-FDG",
    "68Ga-DOTATATE and 131I-MIBG treatment",
    "on T2-weighted images",
    "located in S2, 3, and 8",
    "SPSS software version 16.0",
    "a radiologist with 10 years of experience",
    "A P value <0.05 was considered to indicate significance",
    "a significance level of P < 0.05",
    "one of the criteria",
    "two types of tumour",
    "in two groups",
    "registered as NCT02675894 (#1310-051-526)",
    "doi 10.3389/fonc.2024.1391663",
    "in a 24-h urine sample",
]


class TestWhatMustNotBeRetrieved:
    @pytest.mark.parametrize("text", NOT_RETRIEVED)
    def test_is_no_statistic(self, text: str) -> None:
        assert said(text) == []


class TestCells:
    @pytest.mark.parametrize(
        ("text", "header", "row", "kind", "fields"),
        [
            ("17(73.9%)", "NETs", "Hyper", "proportion", {"numerator": "17", "percent": "73.9"}),
            ("0(.0%)", "NETs", "Irregular", "proportion", {"numerator": "0", "percent": "0.0"}),
            ("<0.001", "P", "Plateau", "p_value", {"p": "0.001"}),
            ("0.432†", "p-value", "Ablations", "p_value", {"p": "0.432"}),
            ("5.662", "χ2", "Hyper", "test_statistic", {"value": "5.662"}),
            ("1.15 ± 0.33", "A", "Ratio", "mean_sd", {"mean": "1.15", "sd": "0.33"}),
            (
                "71.8 ± 7.2 (58–82)",
                "A",
                "Age (years)",
                "mean_sd",
                {"mean": "71.8", "sd": "7.2", "low": "58", "high": "82"},
            ),
            ("62 (45–77)", "A", "Age, median (range)", "median", {"median": "62", "low": "45", "high": "77"}),
            ("61.4 (33~75)", "A", "Age (mean, range, years)", "mean_sd", {"mean": "61.4", "low": "33", "high": "75"}),
            ("180 (120/414)", "A", "PFS", "median_iqr", {"median": "180", "low": "120", "high": "414"}),
            (
                "97.2% (35/36)",
                "A",
                "Success",
                "proportion",
                {"numerator": "35", "denominator": "36", "percent": "97.2"},
            ),
            ("12", "A", "Patients treated (n)", "count", {"value": "12"}),
            ("2.1 (1.2–3.4)", "OR (95% CI)", "Size", "odds_ratio", {"value": "2.1", "ci_low": "1.2", "ci_high": "3.4"}),
            ("12 (52)", "A, n (%)", "Male", "proportion", {"numerator": "12", "percent": "52"}),
            ("15.7%", "24", "Group", "percent", {"percent": "15.7"}),
        ],
    )
    def test_is_read_by_its_form_and_its_labels(
        self, text: str, header: str, row: str, kind: str, fields: dict[str, str]
    ) -> None:
        assert in_cell(text, header, row) == [(kind, fields)]

    @pytest.mark.parametrize("text", ["-", "–", "", "  ", "n/a", "NS", "Reference", "washout"])
    def test_an_empty_cell_says_nothing(self, text: str) -> None:
        assert find_in_cell(text, "P", "Plateau") == []

    def test_counts_with_strokes_are_counts(self) -> None:
        assert in_cell("52/9/4/4", "Overall", "Etiology (HBV/HCV/alcoholic/none)") == [
            ("count", {"value": n}) for n in ("52", "9", "4", "4")
        ]

    def test_a_label_gives_the_unit(self) -> None:
        assert [one.unit for one in find_in_cell("25.7 ± 67.1", "Overall", "Serum AFP (mean ± SD, ng/mL)")] == ["ng/mL"]

    def test_two_statistics_in_a_cell_are_two(self) -> None:
        assert [kind for kind, _ in in_cell("180 (120/414); 266 ± 55", "A", "PFS")] == ["median_iqr", "mean_sd"]


whole = st.integers(min_value=2, max_value=400)


class TestNumbersOfTheTextAreTheNumbersFound:
    @given(whole, whole)
    def test_a_share(self, first: int, second: int) -> None:
        n, total = sorted((first, second))
        assert numbers(f"Washout was seen in {n}/{total} lesions.") == [
            {"numerator": str(n), "denominator": str(total)}
        ]

    @given(st.decimals(min_value=Decimal("0.001"), max_value=Decimal("0.999"), places=3))
    def test_p_value(self, p: Decimal) -> None:
        assert numbers(f"a significant difference (P = {p})") == [{"p": str(p)}]

    @given(
        st.decimals(min_value=Decimal("0.1"), max_value=Decimal("99.9"), places=1),
        st.decimals(min_value=Decimal("0.1"), max_value=Decimal("99.9"), places=1),
    )
    def test_mean_and_sd(self, mean: Decimal, sd: Decimal) -> None:
        assert numbers(f"The size was {mean} ± {sd} mm.") == [{"mean": str(mean), "sd": str(sd)}]

    @given(st.text(alphabet="ab1290 .,;:%()[]/-–±<>=≤xPn×~of", max_size=60))
    def test_any_text_gives_statistics_in_order_and_apart(self, text: str) -> None:
        found: list[Reported] = find(text)
        assert all(0 <= one.start < one.end <= len(text) for one in found)
        assert all(first.end <= second.start for first, second in pairwise(found))


class TestAgainstAnnotatedPapers:
    @pytest.mark.parametrize("key", ["cui2017", "houat2020", "yang2024"])
    def test_nearly_every_number_a_reader_marked_is_found_and_hardly_another(self, key: str) -> None:
        result = score(
            text_of(key, ROOT / "sources"), annotations_in(ROOT / "tests" / "data" / "gold" / f"{key}.jsonl")
        )
        assert result.recall >= 0.97, result.missed
        assert result.precision >= 0.93, result.extra

    def test_other_numbers_in_the_text_are_other_numbers_found(self) -> None:
        data = text_of("cui2017", ROOT / "sources").replace(b"15(65.2%)", b"11(47.8%)").replace(b"(15/23)", b"(11/23)")
        annotations = annotations_in(ROOT / "tests" / "data" / "gold" / "cui2017.jsonl")
        assert {missed.split()[1] for missed in score(data, annotations).missed} >= {"'15(65.2%)'", "'15/23'"} or len(
            score(data, annotations).missed
        ) > len(score(text_of("cui2017", ROOT / "sources"), annotations).missed)

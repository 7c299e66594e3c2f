"""The shipped papers: what a reader with a calculator finds in them, no more and no less; and errors put into them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from kg import queries, rdf
from kg.audit import audit, worst
from kg.audit.library import papers_of
from kg.cli import main
from kg.files import audit_file
from kg.store import Store
from kg.tables import VERDICT_COLUMNS, statement_table, verdict_table
from kg.verdict import Verdict
from tests.bench.seeded_errors import Reader, measure, texts

ROOT = Path(__file__).resolve().parent.parent
# (source, check, printed), found by reading the papers with a calculator; the reason is in the comment.
FINDINGS = Counter(
    [
        # Table 1: 6/23 is 26.1 % and 18/23 is 78.3 %, each printed with the other's percentage
        ("cui2017", "percentage", "6(78.3%)"),
        ("cui2017", "percentage", "18(26.1%)"),
        ("cui2017", "exchanged", "6(78.3%); 18(26.1%)"),
        # 23/0 against 21/2: 0.523 is Yates' chi-square; Pearson's, as in the other rows, is 2.091
        ("cui2017", "test", "0.523; 0.47"),
        # plateau in 21/23 adenocarcinomas and 6/23 NETs: sensitivity 21/23, specificity 17/23
        ("cui2017", "accuracy", "73.9% (17of 23); 91.3% (21 of 23)"),
        # 19/23 is 82.61 %
        ("cui2017", "attainable", "sensitivity of 82.60%"),
        # adenocarcinoma is said to have a ratio of 0.898 or less, and in the Discussion of less than 0.898
        ("cui2017", "operator", "≤0.898; <0.898"),
        # Table 1 holds neither ratios nor kappas
        ("cui2017", "caption", "Table 1"),
        ("cui2017", "caption", "Table 1"),
        # 6/8 and 1/2 are the 7/10 of the Abstract; the Discussion has 7/9, which is 77.8 %
        ("yang2024", "denominators", "7/10; Approximately 77.7% (7/9)"),
        ("yang2024", "parts", "6/8; 1/2; Approximately 77.7% (7/9)"),
        ("yang2024", "percentage", "Approximately 77.7% (7/9)"),
        ("yang2024", "percentage", "77.7% (7/9)"),
        # 15/517 is 2.9 %
        ("yang2024", "percentage", "517 NEN patients; fifteen occurrences; approximately 2.7%"),
        # reference 3 for the share of primary hepatic ones among all neuroendocrine neoplasms
        ("yang2024", "reference", "0.8%-4.0%; about 0.4%"),
        # 32/34 is 94.1 %, 33/34 is 97.1 %; 27/34 is 79.4 %, 28/34 is 82.4 %
        ("veenendaal2006", "attainable", "95%; 34 patients"),
        ("veenendaal2006", "attainable", "80%; 34 patients"),
        # Figure 2 is a flow chart; the pictures are in Figure 1
        ("veenendaal2006", "caption", "figure 2A"),
        ("veenendaal2006", "caption", "figure 2B"),
        # the captions of calcification and of the fluid level are those of each other's figure
        ("houat2020", "caption", "Figure 6; Figure 7"),
        # 23 numbers of tumours from 1 to 20 have an SD of 9.47 at most with the mean 12.61, of 9.22 with 13.48
        ("cui2017", "spread", "12.61±10.30; less than 20"),
        ("cui2017", "spread", "13.48±9.56; less than 20"),
        # Methods name the chi-square test, Fisher's and the t-test: none of them gives a Z
        ("cui2017", "methods", "Z=-0.472; Z=-1.143"),
        # no marker was raised in any case (Abstract), and four cases had one raised (Results)
        ("yang2024", "denial", "one case; another case; yet another case; a single case"),
        # 7 with HCC, 1 with adenoma and 1 with cholangiocarcinoma as first diagnosis had none, and 4 of the 12 had one
        ("yang2024", "leftover", "one case; another case; yet another case; a single case"),
        # 7 of all enhanced cases, which are 8 by CT and 2 by MRI
        ("yang2024", "denominators", "7 out of all cases; seven out of all enhanced cases; 77.7% (7/9)"),
        # NSE was raised in 2 of the 3 tested, and normal in those of two figures
        ("yang2024", "figures", "three cases; two cases"),
        # two thirds arise in the GI tract, and over half of these have spread to the liver: a third of all, not 15 %
        ("houat2020", "part shares", "66–74%; Just over half; Approximately 15%"),
        # "Most (46-93 %)"
        ("houat2020", "quantifier", "46–93%"),
    ]
)


@pytest.fixture(scope="module")
def verdicts(shipped: Path) -> tuple[Verdict, ...]:
    return queries.verdicts(Store.open(shipped))


def test_the_audit_finds_what_a_reader_with_a_calculator_finds_and_nothing_else(verdicts: tuple[Verdict, ...]) -> None:
    found = Counter((one.source, one.check, one.printed) for one in verdicts if one.verdict == "inconsistent")
    assert found == FINDINGS


def test_what_is_right_in_the_same_table_is_called_right(verdicts: tuple[Verdict, ...]) -> None:
    tests = [one for one in verdicts if (one.source, one.check, one.verdict) == ("cui2017", "test", "consistent")]
    assert {one.printed for one in tests} == {"0.119; 0.73", "5.662; 0.017", "<0.001", "4.293; 0.038"}
    assert [one.printed for one in tests if one.warning] == ["4.293; 0.038"]  # by Fisher's test P = 0.075


def test_papers_that_differ_disagree(verdicts: tuple[Verdict, ...]) -> None:
    found = [(one.source, one.printed) for one in verdicts if one.verdict == "disagreement"]
    assert sorted(found) == [
        ("granata2019", "around 50%; 30–40%"),  # 5-year survival with liver metastases
        ("granata2019", "around 50%; 40%"),
        ("granata2019", "solitary lesion; 9/12"),
        ("houat2020", "0.3%; 0.8%-4.0%"),
        ("houat2020", "solitary lesion; 9/12"),
    ]


def test_what_a_reader_must_decide_is_listed(verdicts: tuple[Verdict, ...]) -> None:
    """A centre of low attenuation in two patients, which may be necrosis, and central necrosis in one."""
    (one,) = [one for one in verdicts if one.check == "kin"]
    assert (one.source, one.verdict, one.printed) == ("yang2024", "not checkable", "two patients; one case")


def test_no_wording_accuses(verdicts: tuple[Verdict, ...]) -> None:
    blame = ("error", "mistake", "wrong number", "false", "incorrect", "misprint")
    assert not [one for one in verdicts if any(word in one.explanation.casefold() for word in blame)]


def test_verdicts_keep_all_through_the_graph(shipped: Path, verdicts: tuple[Verdict, ...]) -> None:
    assert audit(papers_of(Store.open(shipped))) == tuple(sorted(verdicts))
    assert (shipped / "_audit.nq").read_text(encoding="utf-8") == audit_file(shipped) == rdf.audit_nquads(verdicts)
    assert "_:" not in (shipped / "_audit.nq").read_text(encoding="utf-8").replace("\\", "")


def test_the_statement_table_has_the_worst_verdict(shipped: Path, verdicts: tuple[Verdict, ...]) -> None:
    statements = queries.statements(Store.open(shipped), source="cui2017")
    rows = {(row["printed"], row["verdict"]) for row in statement_table(statements, verdicts).rows if row["printed"]}
    assert {("6(78.3%)", "inconsistent"), ("15(65.2%)", "consistent")} <= rows
    assert set(worst(verdicts).values()) == {"inconsistent", "disagreement", "consistent", "not checkable"}


def test_the_command_lists_the_worst_first_and_exits_0(shipped: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "cui2017", "--data", str(shipped), "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert tuple(rows[0]) == VERDICT_COLUMNS
    assert [rows[0]["verdict"], rows[-1]["verdict"]] == ["inconsistent", "not checkable"]
    assert {row["source"] for row in rows} == {"cui2017"}
    assert main(["audit", "--data", str(shipped)]) == 0
    assert "inconsistent" in capsys.readouterr().out
    assert verdict_table([]).rows == ()


def test_a_sample_of_seeded_errors_is_found() -> None:
    """The whole of it is tests/bench/seeded_errors.py."""
    reader = Reader()
    outcomes = [measure(source, text, reader, every=17) for source, text in texts(ROOT / "sources")]
    found, missed = (sum(map(len, group)) for group in zip(*((o.found, o.missed) for o in outcomes), strict=True))
    assert found + missed > 12
    assert found / (found + missed) >= 0.95

"""This module holds the rows of INTENTS on what tells, or does not tell, one disease from another."""

from __future__ import annotations

from typing import Final

from kg.ask.intents.intent import ACCURACY, Intent

COMPARING: Final = (
    Intent(
        name="ratio",
        title="Likelihood ratio",
        cues=(
            r"\blikelihood ratios?\b|\bodds ratios?\b.{0,80}\b(?:vs|versus|against)\b",
            r"\blr ?[+-]",
            r"\brelative risk\b",
            r"\bpost.?test\b",
        ),
        weight=5,
        example=(
            "What is the likelihood ratio of washout for GEP-NET liver metastases against GEP adenocarcinoma "
            "liver metastases?"
        ),
        empty="likelihood ratio",
        predicates=("has_sign", "discriminates"),
        kinds=(),
        needs_number=True,
        consumes=("likelihood-ratio", "relative-risk"),
    ),
    Intent(
        name="agreement",
        title="Do the papers agree",
        cues=(
            (
                r"\b(?:papers?|studies|stud(?:y|ies)|authors?|sources?|reviews?|literature|"
                r"they)\b.{0,40}\b(?:agree|disagree|contradict|conflict|differ|consisten|unanimous|same)"
            ),
            (
                r"\b(?:agree|disagree|contradict|conflict|consensus|unanimous|discrepan)\w*.{0,40}\b(?:papers?|"
                r"studies|literature|sources?|reviews?)\b"
            ),
            r"\b(?:disagreement|contradict\w*|conflicting|discrepan\w+|controvers\w+)\b",
            r"(?<!what )\bdo (?:the )?(?:papers|studies|sources|authors)\b(?! (?:say|report|write|state|think"
            r"|mention))",
            r"^(?:do|does|did|is|are) .{0,60}\b(?:agree|disagree|contradict|consistent)\b",
            r"\b(?:is there|any) (?:agreement|disagreement|consensus) (?:on|about|whether)\b",
        ),
        weight=4,
        example="Do the papers agree on whether PHNEN is solitary or multiple?",
        empty="statement of two papers to hold against each other",
    ),
    Intent(
        name="significance",
        title="Statistical significance",
        cues=(
            r"\bp[- ]?values?\b",
            r"\bp[- ]?values? (?:for|of|between)\b",
            r"\bstatistical(?:ly)? significan",
            r"\bsignificant(?:ly)? (?:differen|more|less|higher|lower)",
            r"\b(?:is|was|were|are) .{0,60}\bsignificant|\bsignificant ?\?|: ?significant",
            r"\bindependent (?:ct )?predictors?\b|\blogistic regression\b|\bodds ratio\b|\bexp ?\(b\)",
            r"\btest statistic|\bchi.?square|\bt.?test\b",
        ),
        weight=3,
        example="Is lymphadenopathy significantly different between GEP-NET and adenocarcinoma liver metastases?",
        empty="test of significance",
        predicates=("discriminates",),
        kinds=("p_value", "test_statistic", "odds_ratio"),
        words=r"significan|independent|P ?[<=]",
        consumes=("p-value", "statistical-significance", "logistic-regression", "odds-ratio", "chi-square-test"),
    ),
    Intent(
        name="performance",
        title="Performance of a test",
        cues=(
            r"\bsensitivit(?:y|ies)\b|\bsensitive\b",
            r"\bspecificit(?:y|ies)\b",
            r"\baccura(?:cy|te)\b",
            r"\bau(?:ro)?c\b|\barea under\b|\broc\b",
            r"\b(?:diagnostic )?(?:performance|yield)\b",
            r"\bdetection rates?\b|\bdetect(?:s|ed|ing)? more\b",
            r"\bhow (?:good|well|reliable|accurate|sensitive)\b",
            (
                r"\b(?:better|best|superior|worse|inferior|more sensitive|most sensitive|preferred|"
                r"optimal)\b.{0,60}\b(?:ct|mri|mr|us|pet|eus|srs|modality|imaging|test|technique|detect\w*|"
                r"scintigraphy|dwi)\b"
            ),
            r"\b(?:ct|mri|mr|us|pet|eus|srs|dwi)\b.{0,40}\b(?:better|superior|inferior|worse|versus|vs|or)\b",
            r"\bcut.?off\b",
        ),
        weight=2,
        example="What is the sensitivity of somatostatin receptor scintigraphy for neuroendocrine tumours?",
        empty="sensitivity, specificity or other measure of performance",
        predicates=("detected_by", "discriminates", "imaging_technique", "observer_agreement"),
        kinds=ACCURACY,
        words=(
            r"sensitiv|specific(?:ity)?\b|accura|superior|more effective|best |first.line|preferred|method of "
            r"choice|improv|efficient"
        ),
        consumes=(
            "sensitivity",
            "specificity",
            "diagnostic-accuracy",
            "auc",
            "roc-curve",
            "false-positive",
            "cutoff-value",
        ),
    ),
    Intent(
        name="discriminate",
        title="Compare",
        cues=(
            r"\b(?:discriminat|differentiat|distinguish|separat|tell\w*\b.{0,40}\b(?:apart|from))\w*",
            r"\b(?:vs\.?|versus|against)\b",
            r"\brather than\b|\bas opposed to\b|\binstead of\b",
            r"\b(?:differ|differs|difference|differences|different)\b",
            r"\bcompar(?:e|ed|ing|ison)\b",
            r"\bfavou?rs?\b|\bpoints? (?:to|towards?)\b|\bargues? (?:for|against)\b",
            r"\b(?:more (?:frequent|common|often|likely)|commoner|rarer|less (?:common|often|likely))\b.{0,80}\bthan\b",
        ),
        weight=3,
        example="Which signs discriminate GEP-NET liver metastases from GEP adenocarcinoma liver metastases?",
        empty="finding that sets one against the other",
        predicates=("discriminates", "differential_of", "misdiagnosed_as", "has_sign", "has_marker"),
        words=r"unlike|compared|differen|distinguish|discriminat|whereas|in contrast|similar|overlap|than",
        needs=("disease", "disease"),
    ),
    Intent(
        name="mimics",
        title="Mimics and misdiagnoses",
        cues=(
            (
                r"\b(?:wrong|incorrect|false|initial)\b.{0,12}\bdiagnos\w+|\b(?:wrongly|incorrectly|falsely"
                r"|erroneously) (?:diagnos\w+|called|label+ed|interpreted|read|classified)\b"
                r"|\b(?:taken for|thought to be|initially (?:called|read|labell?ed))\b|\bmimic\w*\b|\blook.?alikes?\b"
                r"|\bresembl\w+|\bsimilar to\b|\bmislead\w*|\bmasquerad\w+"
                r"|\b(?:what|which)\b(?: \w+){0,6} (?:looks?|looking) (?:\w+ )?like (?!on\b|in\b|at\b|under\b)\w"
            ),
            r"\bmis.?diagnos\w+|\bmisread\w*|\bmislabel\w*|\bmistak\w+|\bmistook\b|\bconfus\w+|\bmisinterpret\w*"
            r"|\binitial(?:ly)? diagnos",
            r"\bdifferential diagnos[ei]s\b|\bdifferentials?\b|\bddx\b",
            r"\bpitfalls?\b",
            r"\binitial (?:radiological |imaging )?diagnos",
        ),
        weight=4,
        example="What is PHNEN misdiagnosed as?",
        empty="disease that it is mistaken for or told from",
        predicates=("differential_of", "misdiagnosed_as"),
        words=r"mis.?diagnos|mistaken|similar to|mimic|differential diagnos|resembl|interpretation",
        lists="object",
        lead="What {asked} is told from, mistaken for, or like",
        consumes=("misdiagnosis", "differential-diagnosis"),
    ),
)

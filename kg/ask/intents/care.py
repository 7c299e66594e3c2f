"""This module holds the rows of INTENTS on therapies and what becomes of patients."""

from __future__ import annotations

from typing import Final

from kg.ask.intents.intent import Intent

CARE: Final = (
    Intent(
        name="contraindication",
        title="Contraindications of a therapy",
        cues=(
            r"\bcontra.?indicat",
            r"\bwhen (?:not|never) to\b",
            r"\bwho should not\b|\bshould not (?:get|have|receive|undergo)\b",
        ),
        weight=6,
        example="What are the contraindications of hepatic arterial embolisation?",
        empty="contraindication",
        predicates=("therapy_contraindication",),
        words=r"contraindicat|not suitable|impossible|no extrahepatic",
        lists="object",
        lead="Contraindications that papers name of {asked}",
    ),
    Intent(
        name="indication",
        title="Indications of a therapy",
        cues=(
            r"\bindicat(?:ions?|ed)\b(?! (?:by|that))",
            (
                r"\bwhen (?:is|are|should|to|can|do|does|would)\b.{0,60}\b(?:us\w+|give\w*|start\w*|perform|consider|"
                r"recommend|offer|indicat|done|given|appropriate|transplant\w*|resect\w*|operat\w*|ablat\w*|emboli\w*|"
                r"surgery)"
            ),
            r"\b(?:candidates?|eligib\w+|suitab\w+|selection criteri\w+|selected patients)\b",
            r"\b(?:who|which patients?|what patients?) (?:should|can|may|benefit|qualif|is|are|get)",
        ),
        weight=3,
        example="When is liver transplantation indicated for neuroendocrine metastases?",
        empty="indication",
        predicates=("therapy_indication", "treated_by", "therapy_contraindication"),
        words=(
            r"indicat|candidate|selection criteri|should be considered|feasible|suitable|may benefit|option|"
            r"first.line|recommended"
        ),
        prefers="therapy_indication",
        lists="object",
        lead="Indications that papers name of {asked}",
    ),
    Intent(
        name="complication",
        title="Complications and side effects",
        cues=(
            r"\bcomplications?\b|\bcomplication rate",
            r"\b(?:side|adverse) (?:effects?|events?|reactions?)\b",
            r"\b(?:harms?|risks?(?! factor)|morbidity|toxicit\w+|safety|safe|unsafe|dangers?)\b",
            r"\bsyndrome after\b|\bhappens? after\b",
        ),
        weight=4,
        example="What complications does hepatic arterial embolisation have?",
        empty="complication",
        predicates=("complication",),
        words=(
            r"complicat|side.effect|adverse|rejection|crisis|postembol|allergic|radiation exposure|induce|provoke|"
            r"bleeding|well.tolerated|safety"
        ),
        prefers="complication",
        lists="object",
        lead="Complications that papers name of {asked}",
        consumes=(
            "complication",
            "adverse-event",
            "major-complication",
            "minor-complication",
            "morbidity",
            "risk-factor",
        ),
    ),
    Intent(
        name="mortality",
        title="Mortality",
        cues=(
            r"\bmortalit(?:y|ies)\b|\bdeath rate|\blethal|\bfatal",
            r"\b(?:dies?|died|dying|deaths?|kills?|killed)\b",
        ),
        weight=5,
        example="What is the mortality of liver transplantation for neuroendocrine metastases?",
        empty="mortality",
        kinds=("mortality_rate",),
        words=r"mortalit|\bdeath\b|cause of death|\bdie",
        consumes=("mortality", "perioperative-mortality", "death"),
    ),
    Intent(
        name="survival",
        title="Survival",
        cues=(
            r"\bsurviv(?:al|e|es|ed|ing)\b",
            r"\blife expectancy\b|\blive\b|\bhow long\b.{0,40}\b(?:live|to live|patients (?:have|had|last))\b",
            r"\b(?:5|five|1|one|3|three|10|ten)[- ]?(?:year|yr)s?\b.{0,15}\b(?:os|survival|rate)?\b",
            r"\blong.?term outcomes?\b",
        ),
        weight=4,
        example="What is the 5-year survival of patients with neuroendocrine liver metastases?",
        empty="survival",
        kinds=("survival_rate",),
        words=r"surviv|life expectancy|long.term outcome",
        consumes=(
            "overall-survival",
            "five-year-survival",
            "median-survival",
            "one-year-survival",
            "three-year-survival",
            "ten-year-survival",
            "life-expectancy",
        ),
    ),
    Intent(
        name="follow_up",
        title="Follow-up",
        cues=(
            r"\bfollow(?:ed)?[- ]?up\b|\bsurveillance\b|\bmonitor\w*\b|\b(?:be|are|is|get|being"
            r"|patients) followed (?!by)|\bfollowed (?:up|for|after)\b",
            r"\bhow often\b.{0,40}\b(?:scan|imag|follow|check|monitor|control)\w*",
            r"\brecist\b|\bresponse (?:criteria|evaluation|assessment)\b|\bassess(?:ing)? response\b",
        ),
        weight=5,
        example="What follow-up imaging is recommended for a grade 1 NET after resection?",
        empty="follow-up",
        words=r"follow.?up|surveillance|monitor|recurren|RECIST|response pattern|every \d|yearly",
        consumes=(
            *("follow-up", "follow-up-duration", "screening"),
            *("surgical-resection", "radical-resection", "treatment", "recurrence"),
        ),
    ),
    Intent(
        name="outcome",
        title="Outcome of a therapy",
        cues=(
            r"\boutcomes?\b|\bresults? of\b|\b(?:success|effective\w*|efficacy|benefits?)\b",
            (
                r"\brespon(?:se|d|ds|ses|ders?)\b|\bsymptom\w*.{0,20}\b(?:relie\w+|control\w*|improve\w*|"
                r"response)\b|\brelie(?:f|ve)\w*"
            ),
            (
                r"\bhow (?:well|good|effective)\b.{0,50}\b(?:work|treat|therap|ablation|surgery|octreotide|emboli|"
                r"is|does)\w*"
            ),
            r"\b(?:does|do|did|can) .{0,60}\b(?:work|help|improve|reduce|relieve|prolong|prevent|cure|shrink|slow"
            r"|control)\b",
            r"\bachiev\w+\b|\beffects? of\b|\baccomplish\w*",
            r"\bquality of life\b|\bpalliat\w+|\bcur(?:e|ed|ative)\b",
        ),
        weight=2,
        example="How well does radiofrequency ablation relieve symptoms?",
        empty="outcome",
        predicates=("therapy_outcome",),
        words=r"respon|relief|improv|outcome|effective|benefit|palliat|surviv|result|cure|remission|reduc",
        prefers="therapy_outcome",
    ),
    Intent(
        name="prognosis",
        title="Prognosis",
        cues=(
            r"\bprognos\w+",
            r"\b(?:natural history|course|indolent|aggressive|behaviou?r|recurren\w+|relapse)\b",
            r"\bpredict(?:or|ors|s|ive)?\b.{0,40}\b(?:mortality|outcome|survival|recurrence|death)",
        ),
        weight=3,
        example="What is the prognosis of neuroendocrine liver metastases?",
        empty="prognosis",
        predicates=("has_prognosis",),
        kinds=("survival_rate", "mortality_rate"),
        words=r"prognos|surviv|indolent|slow|predict|recurren|death",
        prefers="has_prognosis",
        consumes=("prognosis",),
    ),
    Intent(
        name="therapies",
        title="Therapies",
        cues=(
            r"^(?:which|what|best)\b.{0,15}\b(?:treatments?|therap\w+|drugs?|options?)\b",
            (
                r"\b(?:treat|treated|treats|treating|treatment|treatments|therapy|therapies|therapeutic|manage|"
                r"managed|management)\b"
            ),
            r"\bprevent\w*|\bavoid\w*|\babort\w*|\bprophyla\w*",
            r"\b(?:first|second).line\b|\bdrugs?\b|\bmedication\w*|\boptions?\b",
            r"\b(?:surgery|operate|resected?)\b.{0,10}\b(?:for|in|of)\b",
        ),
        weight=2,
        example="How is carcinoid syndrome treated?",
        empty="therapy",
        predicates=("treated_by", "therapy_indication", "therapy_outcome"),
        words=r"treat|therap|manage|surg|resect",
        prefers="treated_by",
        lists="object",
        lead="Therapies that papers name for {asked}",
        consumes=("treatment", "second-line-treatment"),
    ),
)

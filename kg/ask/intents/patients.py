"""This module holds the rows of INTENTS on what patients with a disease have."""

from __future__ import annotations

from typing import Final

from kg.ask.intents.intent import COUNTS, FINDINGS, Intent

PATIENTS: Final = (
    Intent(
        name="frequency",
        title="How often",
        cues=(
            (
                r"\bhow (?:often|frequent|frequently|common|commonly|rare|likely|usual)\b"
                r"|\bhow many\b(?! (?:seconds|minutes|hours|days|weeks|months|years|mm|cm|mg|ml|times)\b)"
            ),
            r"\b(?:frequency|percentage|percent|proportion|share|fraction|rate|rates|count|counts|number)\b",
            r"\bwhat (?:percentage|proportion|fraction|share)\b|\bwhat part of\b",
            r"\b(?:probability|likelihood|chance) (?:of|that)\b",
            r"%",
        ),
        weight=2,
        example="How often is peripheral washout seen in PHNEN?",
        empty="count",
        predicates=FINDINGS,
        kinds=COUNTS,
        words=(
            r"\b(?:most|majority|usual|often|common|frequent|rare|uncommon|seldom|few|typical|always|never|all|"
            r"none)\w*"
        ),
        needs_number=True,
        about="subject",
    ),
    Intent(
        name="epidemiology",
        title="Epidemiology",
        cues=(
            r"\bepidemiolog\w+|\bincidences?\b|\bprevalen\w+",
            r"\bhow (?:rare|common|frequent) (?:is|are)\b",
            r"\b(?:rare|rarity|unusual)\b",
            r"\b(?:share|percentage|proportion|percent|fraction) of (?:all|the)?\b|\b(?:among|of|in) all\b"
            r"|\bmakes? up\b",
            r"\bcases\b.{0,30}\b(?:reported|published|described|documented)\b|\breported cases\b",
            r"\bper 100 ?,?000\b",
        ),
        weight=2,
        example="What share of neuroendocrine neoplasms is PHNEN?",
        empty="epidemiology",
        predicates=("has_epidemiology",),
        kinds=("incidence_rate", "percent", "percent_range", "count"),
        words=r"incidence|\brare|prevalen|account(?:s|ing)? for|per 100,000|cases (?:having|have) been reported",
        prefers="has_epidemiology",
        consumes=("incidence", "prevalence", "rare-occurrence"),
    ),
    Intent(
        name="demographics",
        title="Age and sex",
        cues=(
            r"\b(?:age|ages|aged|old|young|younger|older)\b",
            r"\b(?:sex|gender|women|men|woman|man|females?|males?|ethnic\w*|race|asians?)\b",
            r"\bdemographic\w*|\bwho gets\b|\bat what age\b|\bhow old\b|\bmale.to.female\b",
        ),
        weight=3,
        example="At what age does PHNEN occur?",
        empty="age or sex",
        predicates=("has_epidemiology", "cohort"),
        words=r"years? (?:of age|old)|\bage|women|\bmen\b|\bmales?\b|females?|middle.aged|Asian|adult",
        prefers="has_epidemiology",
        consumes=("age", "sex", "female-sex", "male-sex", "ethnicity"),
    ),
    Intent(
        name="markers",
        title="Markers",
        cues=(
            r"^(?:which|what|best)\b.{0,12}\b(?:bio)?markers?\b",
            r"\b(?:bio)?markers?\b|\btumou?r markers?\b",
            r"\b(?:raised|elevated|increase[ds]?|high|normal|level|levels|positive)\b.{0,30}\b(?:in|of|for)\b",
            r"\b(?:lab|laborator\w+|blood|serum|urine|biochemi\w+|hormones?)\b",
            r"\bexpress\w*\b",
        ),
        weight=2,
        example="Which markers help to detect neuroendocrine tumours?",
        empty="marker",
        predicates=("has_marker", "expresses"),
        words=r"marker|serotonin|chromogranin|level|elevat|express",
        prefers="has_marker",
        about="subject",
        lists="object",
        lead="Markers that papers name of {asked}",
        consumes=("tumor-marker", "blood-test", "hormone-test", "hormone"),
    ),
    Intent(
        name="expression",
        title="Expression and secretion",
        cues=(
            r"\b(?:over)?express(?:es|ed|ion|ing)?\b",
            r"\b(?:hyper)?secret(?:e|es|ed|ion|ing)\b|\bproduc(?:e|es|ed|ing|tion)\b|\breleas(?:e|es|ed|ing)\b"
            r"|\bmake serotonin\b",
        ),
        weight=3,
        example="Which somatostatin receptor subtype do neuroendocrine tumours express?",
        empty="statement on what is expressed or secreted",
        predicates=("expresses", "has_marker"),
        words=r"express|secret|produc|releas|synthesi[sz]",
        prefers="expresses",
    ),
    Intent(
        name="symptoms",
        title="Symptoms",
        cues=(
            r"^(?:which|what)\b.{0,12}\b(?:symptoms?|complaints?)\b|\bclinical (?:features?|signs?|manifestations?)\b",
            r"\bsymptom\w*|\bcomplain\w*|\bclinical (?:features?|presentation|manifestations?|signs?|picture)\b",
            r"\b(?:present|presents|presenting|presentation)\b",
            r"\basymptomatic\b|\bincidental\w*",
            r"\bsyndromes?\b",
        ),
        weight=2,
        example="What symptoms does PHNEN cause?",
        empty="symptom",
        predicates=("has_clinical_feature", "associated_with"),
        words=r"symptom|syndrome|present|pain|manifest",
        prefers="has_clinical_feature",
        about="subject",
        lists="object",
        lead="Clinical features that papers name of {asked}",
        consumes=("symptoms", "nonspecific-symptoms"),
    ),
    Intent(
        name="primary_sites",
        title="Primary sites and origin",
        cues=(
            (
                r"\bprimar(?:y|ies)\b.{0,12}\b(?:site|sites|tumou?rs?|location|organ|origin)\b|\bsites? of "
                r"origin\b|\bprimary sites?\b"
            ),
            r"\b(?:origin|originat\w+|arise|arises|arising|come from|derive\w*|histogenesis)\b",
            (
                r"\bwhere (?:do|does|is|are)\b.{0,50}\b(?:start|arise|originate|come from|located|occur|found|sit|"
                r"grow)\b"
            ),
            r"\bwhich organs?\b|\bwhat organs?\b",
            r"\bwhere\b.{0,25}\bprimar(?:y|ies)\b|\bprimar(?:y|ies)\b.{0,25}\bwhere\b|\bunknown primary\b"
            r"|\b(?:commonest|most common|usual|likely(?:est)?) primar(?:y|ies)\b(?! (?:liver|hepatic))",
        ),
        weight=3,
        example="What is the most common primary site of neuroendocrine liver metastases?",
        empty="primary site",
        predicates=("has_primary_site",),
        words=r"primary site|originat|arise|most common primary|origin",
        prefers="has_primary_site",
        about="subject",
        lists="object",
        lead="Primary sites that papers name of {asked}",
        consumes=("primary-tumor",),
    ),
    Intent(
        name="spread",
        title="Metastatic spread",
        cues=(
            r"\bmetasta(?:s|z)i[sz]\w+\b|\bspread\w*|\bmetasta\w+ (?:\w+ )?(?:go|affect|involve|occur|land"
            r"|sit)\w* (?:to|in|the)\b",
            (
                r"\bwhere\b.{0,40}\bmetasta|\b(?:have|has|with|develop\w*) (?:liver |hepatic )?metasta|"
                r"\bmetasta\w+ at (?:diagnosis|presentation)\b"
            ),
            r"\bhow (?:often|many|frequent\w*)\b.{0,60}\bmetasta",
        ),
        weight=3,
        example="How often do neuroendocrine tumours metastasise to the liver?",
        empty="statement on spread",
        predicates=("metastasizes_to", "has_epidemiology"),
        words=r"metasta",
        prefers="metastasizes_to",
        about="subject",
        lists="object",
        lead="Where {asked} spreads, as papers say",
        consumes=("metastasis",),
    ),
    Intent(
        name="modalities",
        title="Modalities",
        cues=(
            r"^(?:which|what|best)\b.{0,12}\b(?:imaging|tests?|scans?|modalit\w+|examinations?|investigations?)\b",
            r"\b(?:modalit\w+|imaging (?:tests?|methods?|techniques?|studies|tools?|modality)|techniques?|scans?)\b",
            r"\b(?:which|what) (?:imaging|test|tests|scan|examination|investigation)\b",
            (
                r"(?<!at )(?<!time of )\b(?:detect|detected|localis|localiz|visuali[sz]|diagnos|stage|staging"
                r"|work.?up|investigat|"
                r"image|imaged)\w*\b"
            ),
            (
                r"\b(?:role|use|value|place|advantage|advantages|disadvantage|disadvantages|drawbacks?|"
                r"limitations?|pros|cons|recommended) (?:of|for)\b|\bused for\b|\buseful\b"
            ),
        ),
        weight=2,
        example="Which imaging is recommended for pancreatic neuroendocrine tumours?",
        empty="modality",
        predicates=("detected_by", "imaging_technique", "discriminates"),
        words=r"imaging|detect|CT|MRI|PET|scintigraphy|ultraso|EUS|endoscop",
        stress=(
            r"should be|recommend|method of choice|preferred|mandatory|first.line|suggested|essential|best|"
            r"cornerstone|most accurate"
        ),
        lists="object",
        lead="Examinations that papers name for {asked}",
        consumes=("medical-imaging", "diagnosis"),
    ),
    Intent(
        name="merits",
        title="Merits and limits of a test or therapy",
        cues=(
            r"\b(?:dis)?advantages?\b|\bdraw.?backs?\b|\bdownsides?\b|\bpros\b|\bcons\b|\bmerits?\b",
            r"\blimit(?:s|ations?)? of (?!(?:[\w']+ ){0,4}(?:study|paper|series|article|trial|work)\b"
            r"|this\b|[\w']+ \d{4}\b)"
            r"|\b(?:dwi|ct|mri|us|eus|pet|srs|rfa|litt) limit\w*|"
            r"\bcosts?\b|\bexpensive\b|\bavailab\w+",
        ),
        weight=4,
        example="What are the drawbacks of MRI?",
        empty="merit or limit",
        words=r"advantage|limit|expensive|cost|availab|radiation|lack of|disadvantage|hamper|impediment|difficult",
        stress=r"advantage|limit|expensive|cost|availab|impediment|difficult",
    ),
    Intent(
        name="signs",
        title="Imaging signs",
        cues=(
            r"^(?:which|what)\b.{0,25}\b(?:signs?|features?|findings?)\b",
            (
                r"\b(?:imaging|ct|mri|mr|radiologic\w*|us|ultrasound|enhancement|dynamic) (?:signs?|features?|"
                r"findings?|characteristics?|appearances?|patterns?|manifestations?)\b"
            ),
            r"\b(?:signs?|features?|findings?|characteristics?)\b",
            r"\b(?:look|looks) like\b|\bappear\w*\b|\bhow (?:do|does)\b.{0,50}\b(?:look|enhance|appear|behave)\b",
            r"\b(?:enhanc\w+|signal|attenuation|density|pattern)\b",
        ),
        weight=2,
        example="What are the imaging signs of PHNEN?",
        empty="imaging sign",
        predicates=("has_sign",),
        words=r"enhanc|signal|hyper|hypo|cyst|solid|lesion",
        prefers="has_sign",
        about="subject",
        lists="object",
        lead="Signs that papers name of {asked}",
    ),
    Intent(
        name="diseases_with",
        title="Diseases with a sign",
        cues=(
            (
                r"\b(?:which|what) (?:diseases?|tumou?rs?|lesions?|conditions?|entit\w+|diagnos[ei]s|neoplasms?|"
                r"cancers?|metastases)\b"
            ),
            r"\bwhat (?:has|have|shows?|causes?|could|can|might|would)\b",
            r"\bdiagnos[ei]s\b.{0,30}\b(?:with|for|if)\b|\bdifferentials?\b",
            (
                r"\bmeaning of\b|\bsignificance of\b|\b(?:suggestive|indicative|typical|characteristic|pathognomonic"
                r"|specific) (?:of|for)\b"
                r"|\bwhat (?:does|do|would)\b.{0,60}\b(?:mean|suggest|indicate|imply|signify|point|hint|tell)\b"
            ),
        ),
        weight=3,
        example="Which tumours show a fluid-fluid level?",
        empty="disease in which it is named",
        predicates=(*FINDINGS, "discriminates"),
        lists="subject",
        lead="Diseases of which papers name {asked}",
        needs=("finding",),
    ),
    Intent(
        name="cause",
        title="Causes and associations",
        cues=(
            r"^why\b",
            r"\bwhy\b|\breasons?\b|\bexplan\w*|\bexplaine?[sd]\b",
            (
                r"\bwhy\b|\bcauses?\b|\bcaused by\b|\breasons?\b|\bmechanism\w*|"
                r"\bbecause\b|\bpathophysiolog\w*"
            ),
            r"\b(?:risk factors?|associat\w+|relat\w+|link\w*|correlat\w+|depend\w*|due to)\b",
        ),
        weight=3,
        example="Why do PHNENs wash out?",
        empty="cause or association",
        predicates=("associated_with",),
        kinds=("correlation",),
        words=(
            r"due to|because|therefore|hence|associated|related|cause|attribut|owing|result|correlat|reflect|believed"
            r"|thought|may "
            r"be"
        ),
        prefers="associated_with",
        consumes=("risk-factor",),
    ),
    Intent(
        name="presence",
        title="Is it there",
        cues=(
            r"^(?:is|are|was|were|do|does|did|can|could|has|have|will|may|any)\b",
            r"\b(?:is|are) there\b|\bany\b",
        ),
        weight=1,
        example="Is fat seen in PHNEN?",
        empty="statement",
        predicates=FINDINGS,
        about="subject",
        open=True,
    ),
)

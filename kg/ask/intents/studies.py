"""This module holds the rows of INTENTS on studies, their methods, measures and classes."""

from __future__ import annotations

from typing import Final

from kg.ask.intents.intent import Intent

STUDIES: Final = (
    Intent(
        name="reader_agreement",
        title="Agreement of readers",
        cues=(
            r"\b(?:inter|intra)[- ]?(?:observer|reader|rater)\b",
            r"\bkappa\b|κ",
            r"\bicc\b|intra.?class",
            r"\b(?:reader|observer|rater|radiologist)s?\b.{0,20}\bagree",
            r"\bagree\w*.{0,20}\b(?:reader|observer|rater|radiologist)s?\b",
            r"\breproducib",
        ),
        weight=5,
        example="What was the interobserver agreement for the enhancement pattern?",
        empty="agreement of readers",
        predicates=("observer_agreement",),
        kinds=("kappa", "icc"),
        words=r"observer|reader|reproducib|\bagreement\b",
        consumes=("kappa", "icc", "interobserver-agreement", "intraobserver-agreement", "reproducibility"),
    ),
    Intent(
        name="study",
        title="What a study did",
        cues=(
            (
                r"\bhow many (?!.{0,60}\b(?:reported|published|described|documented)\b)(?:patients|cases|participants"
                r"|subjects|people|men|women|males|females|lesions|"
                r"masses|tumou?rs|readers|radiologists|papers|observers|individuals)\b"
            ),
            r"\b(?:number of|sample size|cohort size|n of) ?(?:patients|cases|participants|subjects|lesions)?",
            (
                r"\b(?:scanners?|machines?|magnet|tesla|field strength|slice thickness|tube (?:voltage|current)|kvp?"
                r"|mas|"
                r"contrast (?:agent|medium|media|material)s?|injection rate|flow rate|scan delays?|software|spss|"
                r"b.?values?|matrix|repetition time|echo time)\b"
            ),
            (
                r"\b(?:readers?|observers?|radiologists?|reviewers?)\b.{0,50}\b(?:experience\w*|many|who|"
                r"blind\w*|read|review\w*|years?)\b|\b(?:who|how) (?:read|reviewed|interpreted|assessed)\b"
            ),
            (
                r"\b(?:inclusion|exclusion)(?: criteri\w*)?\b|\bexcluded?\b|\bleft out\b"
                r"|\bwere (?:included|enrolled|recruited)\b|\benrol+ed\b|\brecruit"
            ),
            (
                r"\b(?:study (?:design|period|population|type)|retrospective|prospective|type of study|kind of "
                r"study|design)\b"
            ),
            r"\bethic|\binformed consent\b|\blimitations?\b|\bshortcomings?\b|\bweakness\w*",
            (
                r"\b(?:readers?|observers?|radiologists?|reviewers?)\b.{0,50}\b(?:dis-?agree\w*|discrepan\w+"
                r"|conflict\w*)"
                r"|\b(?:dis-?agree\w*|discrepan\w+|conflict\w*)\b.{0,50}\b(?:readers?|observers?|radiologists?"
                r"|reviewers?)"
            ),
            r"\bexperience[ds]?\b.{0,60}\b(?:readers?|observers?|radiologists?|reviewers?|pathologists?)\b",
            r"\bhow (?:was|were) .{0,50}\b(?:chosen|selected|recruited|sampled|matched)\b|\bcontrol group\b",
            r"\bseconds? (?:after|post)\b|\bhow many seconds\b|\bscan(?:ning)? delays?\b|\bdelay times?\b",
            r"\bpathologists?\b.{0,40}\b(?:experience\w*|blind\w*|who|years)\b|\bwho\b.{0,30}\bpatholog\w+",
            (
                r"\b(?:aims?|purpose|objective|hypothesis|limitations?|funding|sponsor|methods?) (?:of|in"
                r"|behind) (?:the|this)"
                r"\b.{0,40}\b(?:study|paper|review|essay|article|work|series)\b"
            ),
            r"\b(?:what|which) (?:ct|mri|mr) (?:machine|system|protocol|scanner)\b|\bprotocol\b",
            r"\bstatistical (?:tests?|analys[ei]s|methods?|software)\b|\bwhich tests?\b",
            (
                r"\b(?:when|over what period|between which years|what years)\b.{0,50}\b(?:data|patients|study|"
                r"collected|enrol+ed|included)\b"
            ),
        ),
        weight=3,
        example="How many patients did Yang include?",
        empty="account of how a study was done",
        predicates=("cohort", "imaging_technique"),
        words=(
            r"scanner|software|experience|blinded|retrospective|enrolled|excluded|inclusion|exclusion|limitation|"
            r"approv|consent|performed|recorded|administered|independently"
        ),
        consumes=("number-of-patients", "number-of-lesions-studied"),
    ),
    Intent(
        name="measurement",
        title="How it was measured or defined",
        cues=(
            (
                r"\bhow (?:was|were|is|are|did|do|does)\b.{0,60}\b(?:measur|defin|calculat|comput|determin|assess|"
                r"evaluat|record|classif|grad|quantif|diagnos|confirm|obtain|rate)\w*"
            ),
            r"\bdefin(?:e|ed|ition|itions|es)\b",
            r"\bwhat (?:does|do|did)\b.{0,40}\bmean\b|\bmeaning of\b|\bmeant (?:by|with)\b|\bwhat is meant\b",
            r"\bdifferences? between\b",
            r"\bformula\b|\bequation\b",
            r"\bwhat counts? as\b|\bconsidered\b(?! for\b)|\bcriteri(?:on|a) for\b",
        ),
        weight=4,
        example="How was lymphadenopathy defined?",
        empty="definition",
        predicates=("imaging_technique", "measured_value", "classified_by", "detected_by"),
        words=(
            r"defin(?:ed|ition)|described as|recorded as|calculated|measured|determined|was assessed|refer(?:s|"
            r"red)? to|represent|according to|characteri[sz]ed by|arise from|is an?\b|are an?\b|criteri"
        ),
    ),
    Intent(
        name="classification",
        title="Classification and grading",
        cues=(
            r"\bclassif\w+|\bcategor\w+|\bsubtypes?\b|\btypes? of\b|\bkinds? of\b",
            r"\bgrad(?:e|es|ed|ing)\b|\bstag(?:e|es|ing)\b|\bwho (?:2000|2010|2019|classification|criteria)\b",
            r"\bki.?67\b|\bmitot\w+|\bmitos[ei]s\b|\bproliferati\w+",
            r"\bthresholds?\b|\bcut.?offs?\b",
            r"\bdifferentiated\b",
            r"\b(?:g1|g2|g3)\b",
        ),
        weight=2,
        example="Which Ki-67 threshold defines a well-differentiated neuroendocrine tumour?",
        empty="classification",
        predicates=("classified_by",),
        kinds=("threshold",),
        words=r"classif|WHO|grade|differentiated|Ki-?67|type [123I]",
        prefers="classified_by",
        consumes=("cutoff-value",),
    ),
    Intent(
        name="size",
        title="Sizes and measured values",
        cues=(
            r"\bhow (?:large|big|small|wide|thick|long)\b",
            r"\b(?:size|sizes|diameter|diameters|dimension|volume)\b",
            (
                r"\b(?:mean|average|median|range of|typical|maximum|largest|smallest)\b.{0,40}\b(?:size|diameter|"
                r"value|ratio|age|number|adc|ct values?)\b"
            ),
            r"\b(?:ct|adc|suv|ktrans|attenuation|hounsfield)\b.{0,12}\bvalues?\b|\bktrans\b|\bhu\b",
            r"\bmetastasis.to.liver ratio",
            r"\b\d+(?:\.\d+)? ?(?:cm|mm)\b",
        ),
        weight=2,
        example="What was the mean size of liver metastases of GEP-NETs?",
        empty="measured value",
        predicates=("measured_value",),
        kinds=("size", "mean_sd", "median", "median_iqr", "range", "threshold", "value"),
        words=r"\bcm\b|\bmm\b|diameter|\bsize\b",
        consumes=("tumor-size", "tumor-diameter"),
    ),
    Intent(
        name="about",
        title="What is said",
        cues=(r"\bwhat (?:does|do|did)\b.{0,40}\b(?:say|write|report|conclude|find|state|think|mention|recommend)\b",),
        weight=1,
        example="What does Granata say about DWI?",
        empty="statement",
    ),
    Intent(
        name="conclusion",
        title="What a paper concludes",
        cues=(r"\bconclu\w+|\b(?:key|main|take.?home|central) (?:message|finding|point|result)s?\b|\bbottom line\b",),
        weight=4,
        example="What did Cui conclude?",
        empty="conclusion",
        words=r"conclusion|in summary|helpful|should raise|feature|result|findings?\b",
        sections=("Conclusion",),
    ),
    Intent(
        name="meaning",
        title="What it is",
        cues=(),
        example="What is radiomics?",
        empty="statement",
        predicates=("classified_by", "other", "associated_with"),
        words=(
            r"\b(?:is|are) (?:an?|the|rare|considered)\b|defined|refers? to|represent|term of|introduced|"
            r"characteri[sz]ed"
        ),
        stress=r"\b(?:is|are) (?:an?|the)\b|defin",
        open=True,
    ),
)

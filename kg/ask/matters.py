"""This module is the table of telling words: what can be asked besides concepts, and how a sentence says it."""

from __future__ import annotations

from typing import Final

from kg.ask.telling import Telling

_SIZE: Final = r"\d ?(?:cm|mm)\b"
_MORE_THAN: Final = (
    r"[<>≤≥]|\b(?:less|more|larger|smaller|greater|higher|lower|shorter|longer) than\b|\bup to\b|\bat least\b"
)
_MIMIC: Final = (
    r"mimic|mistak|confus|mislead|misinterpret|misdiagnos|masquerad|resembl|similar|pitfall|same (?:pattern|appearance)"
    r"|differential diagnos|diagnosed as|masked|initial(?:ly)?(?: \w+)? diagnos"
)
_CAUSE: Final = (
    r"\bdue to\b|because|\bcaus|reason|\bowing|account for|attribut|responsible|result(?:ing|s)? (?:from|in)|related to"
    r"|associated|thought|believed|\bfact that\b|(?<!such )\bas (?:they|it|these|this|the|most)\b"
    r"|\bsince\b"
    r"|absent|depend"
    r"|therefore|hence|thus|inasmuch|considering|explain|factor|\bby (?:the|their|its)\b"
)


TELLING: Final = (
    Telling(
        cue=r"\blimitations?\b|\bshortcomings?\b|\bweakness\w*|\bcaveats?\b",
        words=(
            r"limitation|\blimited (?:number|size|by)\b|hamper|cannot be|could not be"
            r"|\bretrospective\b|^(?:First|Second|Third|Last)(?:ly)?,"
        ),
        must=True,
        empty="limitation of the study",
        intents=("study",),
    ),
    Telling(
        cue=(
            r"\bdis-?agree\w*|\bdiscrepan\w+|\bnot agree\b|\bconsensus\b|\badjudicat\w+"
            r"|\b(?:readers?|radiologists?|observers?|reviewers?)\b.{0,40}\b(?:differ\w*|conflict\w*)"
        ),
        words=r"disagree|discrepan|consensus|final decision",
        must=True,
        empty="account of how readers settled a disagreement",
        intents=("study",),
    ),
    Telling(
        cue=r"\bexperience[ds]?\b|\bexpertise\b|\bhow (?:senior|skilled)\b",
        words=r"experience|expertise",
        must=True,
        empty="experience of readers",
        intents=("study",),
    ),
    Telling(
        cue=r"\bblind\w*|\bunaware\b|\bmasked\b", words=r"\bblind", must=True, empty="blinding", intents=("study",)
    ),
    Telling(
        cue=r"\bsoftware\b|\bspss\b|\bstatistical (?:package|program|tool)\w*|\bworkstation\b",
        words=r"software|SPSS|workstation",
        must=True,
        empty="software",
        intents=("study",),
    ),
    Telling(
        cue=r"\bstatistical (?:tests?|analys[ei]s|methods?)\b|\b(?:which|what) tests? (?:was|were|did)\b",
        words=r"\btests?\b|regression|\bSPSS\b|\banalysis (?:was|to)\b|Youden|\bROC\b",
        must=True,
        empty="statistical test",
        intents=("study",),
    ),
    Telling(
        cue=r"\bscanners?\b|\bmachines?\b|\bmanufactur\w+|\bvendors?\b|\bfield strengths?\b|\btesla\b",
        words=r"scanner|\bsystems\b|Siemens|Philips|GE Healthcare|Tesla|\d\.\d ?T\b|multidetector|-slice\b",
        must=True,
        empty="scanner",
        intents=("study",),
    ),
    Telling(
        cue=r"\bexclu(?:sion|ded?|ding)\b|\bleft out\b",
        words=r"exclu",
        must=True,
        empty="reason to exclude patients",
        intents=("study",),
    ),
    Telling(
        cue=(
            r"\binclusion\b|\bwere included\b|\bchosen\b|\bcontrols?\b|\bmatched\b|\beligib\w+|\bselect(?:ed|ion)\b"
            r"|\benrol\w*"
        ),
        words=r"inclu|enrol|criteria|matched|sampled|control group",
        intents=("study",),
    ),
    Telling(
        cue=r"\bethic\w*|\bconsent\b|\breview board\b|\birb\b|\bapprov\w+",
        words=r"ethic|consent|review board",
        must=True,
        empty="approval or consent",
        intents=("study",),
    ),
    Telling(
        cue=r"\bfund(?:ed|ing|er)\b|\bsponsor\w*|\bgrants?\b|\bconflicts? of interest\b|\bcompeting interests?\b",
        words=r"\bfund|sponsor|grant|conflict of interest|competing interest",
        must=True,
        empty="funding",
    ),
    Telling(
        cue=(
            r"\b(?:aims?|purposes?|objectives?|goals?)\b|\bset out to\b"
            r"|\bwhat (?:question|hypothesis)\b|\bhypothes\w+"
        ),
        words=(
            r"proposed to|purpose|objective|\baim|^To \w+|to illustrate|to define|was performed to|hypothes"
            r"|to provide"
        ),
        must=True,
        empty="aim",
        intents=("study",),
    ),
    Telling(
        cue=(
            r"\b(?:which|what) (?:hospital|institution|cent(?:er|re)|university|city|country)\b"
            r"|\bwhere (?:was|were|did|is)\b.{0,60}\b(?:study|patients|done|conducted|carried out|performed|authors)\b"
        ),
        words=r"hospital|university|institut",
        must=True,
        empty="institution",
        intents=("study",),
    ),
    Telling(
        cue=r"\bwhat years?\b|\bwhich years?\b|\bwhen (?:was|were)\b|\bperiod\b|\bfrom when\b|\btime span\b",
        words=r"\b(?:19|20)\d\d\b",
        intents=("study", "epidemiology", "about", "classification"),
    ),
    Telling(
        cue=(
            r"\bhow many seconds\b|\bseconds? (?:after|post)\b|\bdelays?\b|\btiming\b|\bhow (?:long"
            r"|soon) after (?:the )?(?:injection|contrast)"
        ),
        words=r"\bseconds?\b|\d ?s\b|\bdelay time",
        must=True,
        empty="scan delay",
        intents=("study",),
    ),
    Telling(
        cue=(
            r"\bfirst (?:ever |known |published |radiolog\w+ )*(?:cases?|reports?|descri\w+|document\w*|publi\w+"
            r"|stud\w+|"
            r"recogni\w+|author)\b"
            r"|\bfirst\b.{0,40}\b(?:descri|report|document|publish|mention|observ|recogni)\w*"
            r"|\b(?:descri|report|document|publish|mention|observ|recogni)\w*\b.{0,60}\bfirst\b"
            r"|\bearliest\b|\b(?:who|when)\b.{0,30}\b(?:discovered|coined|described|initially)\b|\binitial (?:case"
            r"|report)"
        ),
        words=r"\bfirst\b(?! line|-line)|\binitial case|\bearliest\b|\b(?:since|in) (?:18|19)\d\d\b|\bintroduced\b",
        must=True,
        empty="first report",
    ),
    Telling(
        cue=(
            r"\bprevent\w*|\bavoid\w*|\babort\w*|\bprophyla\w*|\bward off\b|\bforestall\w*|\bprotect\w* (?:from"
            r"|against)\b|"
            r"\bstop\w*\b.{0,30}\bfrom\b"
        ),
        words=r"prevent|abort|avoid|prophyla|decreased frequency|can be reduced|postpon",
        must=True,
        empty="statement on how it is prevented",
        intents=("therapies", "outcome", "about", "complication", "presence", "cause"),
    ),
    Telling(
        cue=r"\bmedian (?:overall |progression.free )?(?:survival|os|pfs)\b",
        words=r"\bmedian (?:overall )?(?:survival|os)\b",
        must=True,
        empty="median survival",
    ),
    Telling(
        cue=r"\bhow many (?:patients|cases|participants|subjects|people|men|women|males|females|individuals)\b"
        r"(?!.{0,60}\b(?:reported|published|described|documented)\b)",
        words=r"(?!)",
        kinds=("count", "proportion", "percent", "percent_range"),
        must=True,
        own=True,
        empty="count of patients of its own",
        intents=("study",),
    ),
    Telling(
        cue=r"\bkappas?\b|κ",
        words=r"κ|\bkappa\b",
        kinds=("kappa",),
        must=True,
        empty="kappa",
        intents=("reader_agreement",),
    ),
    Telling(
        cue=r"\bin percent\b|\bpercentages?\b|\b(?:how many|what) percent\b",
        words=r"\d ?%",
        kinds=("proportion", "percent", "percent_range"),
        must=True,
        empty="percentage",
    ),
    Telling(
        cue=r"\bcut.?offs?\b|\bthresholds?\b|\bcutpoints?\b",
        words=rf"cut-?off|threshold|(?:{_MORE_THAN}).{{0,12}}\d",
        kinds=("threshold",),
        must=True,
        empty="cut-off",
    ),
    Telling(
        cue=(
            r"\b(?:from|above|over|beyond|below|under|up to|at|of) (?:what|which) (?:sizes?|diameters?)\b"
            r"|\b(?:what|which) (?:size|diameter) (?:limit|threshold|must|should|can|is (?:needed|required))\b"
            r"|\bhow (?:large|big|small|wide)\b.{0,20}\b(?:must|should|can|may|has to|have to|need)\b"
            r"|\b(?:how|as) (?:large|big) a\b|\b(?:large|small)er than what\b"
        ),
        words=rf"{_SIZE}",
        must=True,
        empty="size",
    ),
    Telling(
        cue=r"\bhow (?:large|big|small|wide)\b|\bdiameters?\b|\bsizes?\b",
        words=rf"{_SIZE}|\bdiameter\b|\bsize\b|\blarge\b|\bsmall\b",
        kinds=("size",),
    ),
    Telling(
        cue=r"\bdos(?:e|es|ages?)\b|\bhow many (?:mg|ml|mmol|milligrams?|milliliters?)\b",
        words=r"\d ?(?:mg|ml|mmol|mci|gbq|mbq|g)\b|\bdos(?:e|age)",
        must=True,
        empty="dose",
    ),
    Telling(
        cue=r"\bcosts?\b|\bprices?\b|\bexpens\w+|\bcheap\w*",
        words=r"\bcosts?\b|expens|cheap",
        must=True,
        empty="cost",
    ),
    Telling(
        cue=r"\bavailab\w+|\baccessib\w+|\beverywhere\b|\broutine\w*|\bwidely used\b|\bin every\b",
        words=r"availab|routine|impediment|everywhere|anywhere|specialized cent",
    ),
    Telling(
        cue=(
            r"\blimit\w*|\bdraw.?backs?\b|\bdownsides?\b|\bdisadvantages?\b|\bcons\b|\bshortcomings?\b|\bweakness\w*"
            r"|\bproblems?\b"
        ),
        words=(
            r"\blimit(?:s|ed|ation)?\b(?! diffusion)|drawback|disadvantage|expensive|\bcosts?\b|\black of\b"
            r"|less readily|requires? more"
            r"|hamper|impediment|difficult|suffer|not (?:routinely )?available|side.effects?|less sensitive"
        ),
        must=True,
        empty="limit or drawback",
        intents=("merits",),
    ),
    Telling(
        cue=r"\b(?<!dis)advantages?\b|\bbenefits?\b|\bpros\b|\bmerits?\b|\bstrengths?\b",
        words=(
            r"advantage|benefit|\bwithout\b|does not use|better|superior|higher|excellent|improv|increas"
            r"|non-?\s?invasive|safe"
            r"|reasonable|not (?:e|a)ffected|in contrast|complement|allow|capab|valuable|efficient|preserv"
        ),
        must=True,
        empty="advantage",
        intents=("merits",),
    ),
    Telling(
        cue=r"\bmetasta\w+|\bspread\w*",
        words=r"metasta|spread|NELM|secondar",
        intents=("spread", "size", "frequency", "presence"),
    ),
    Telling(
        cue=(
            r"\b(?:above|over|beyond|from|exceed\w*|minimum|larger than|bigger than)\b.{0,12}\b(?:what|which|size"
            r"|diameter)\b"
        ),
        words=r"\b(?:larger|greater|more|bigger) than\b|[>≥]|\bat least\b",
    ),
    Telling(
        cue=r"\bgenetic\w*|\binherit\w*|\bheredit\w+|\bfamilial\b|\bmutations?\b|\bgenes?\b",
        words=r"genetic|inherit|heredit|familial|mutation|\bgenes?\b|multiple endocrine|\bMEN-?1|Hippel",
        must=True,
        empty="genetic association",
    ),
    Telling(cue=r"\breduc\w+|\bminimi\w+|\bdecreas\w+|\blessen\w*", words=r"reduc|decreas|minimi|\bless\b|fewer|lower"),
    Telling(cue=r"\brisk factors?\b", words=r"risk factor", must=True, empty="risk factor"),
    Telling(
        cue=(
            r"\bhow (?:long|soon)\b|\bafter how (?:long|many)\b"
            r"|\b(?:time|interval|years|months|delay) (?:between|from|to|until|before)\b|\bduration\b"
            r"|\bhow many (?:years|months|weeks|days|hours|minutes)\b|\baverage time\b"
        ),
        words=(
            r"\b(?:years?|months?|mo|weeks?|days?|hours?|h|minutes?|seconds?|life|yearly|early|late|slow\w*"
            r"|rapid\w*)\b|\d ?s\b"
        ),
        kinds=("duration",),
        must=True,
        empty="length of time",
    ),
    Telling(
        cue=(
            r"\b(?:time|interval|delay|years|months)\b.{0,20}\b(?:between|from|to|until)\b"
            r"|\bhow (?:long|soon|late) (?:after|before|until)\b"
        ),
        words=r"\bafter\b|\bbetween\b|interval|on average",
    ),
    Telling(
        cue=(
            r"\bcells? of origin\b|\bhistogenesis\b|\bcells?\b.{0,25}\b(?:origin|aris|deriv|come from)\w*"
            r"|\b(?:origin|aris|deriv|come from)\w*.{0,30}\bcells?\b|\bpathogenesis\b"
        ),
        words=(
            r"histogenesis|\bcells?\b.{0,80}\borigin|\borigin\w*.{0,120}\bcells?\b|\baris\w+.{0,60}\bcells?\b"
            r"|exact origin|\bcells\b"
        ),
        must=True,
        empty="cell of origin",
    ),
    Telling(
        cue=r"\borigins?\b|\boriginat\w+|\baris(?:e|es|ing)\b|\bderiv\w+|\bcom(?:e|es|ing) from\b|\bhistogenesis\b",
        words=r"\borigin|\baris|deriv|histogenesis|primary site",
    ),
    Telling(
        cue=(
            r"\bmimic\w*|\bmistak\w+|\bmistook\b|\bconfus\w+|\bmislead\w*|\bmisled\b|\bmisinterpret\w*|\bmisread\w*"
            r"|\bmasquerad\w+|\bresembl\w+|\bsimilar\b|\blook(?:s|ing)? (?:\w+ )?like\b|\blike (?:their|its)\b"
            r"|\bfool\w*|\btrick\w*"
            r"|\bpitfalls?\b"
        ),
        words=_MIMIC,
    ),
    Telling(cue=r"", words=_MIMIC, alone=True, intents=("mimics",)),
    Telling(
        cue=(
            r"\b(?:more|less|better|worse|higher|lower|larger|smaller|greater|superior|inferior|fewer)\b"
            r"|\b(?:most|best|which is)\b.{0,15}\b(?:sensitive|specific|accurate|reliable|useful|effective)\b"
        ),
        words=(
            r"\b(?:more|less|better|worse|higher|lower|larger|smaller|greater|fewer)\b|\bmost\b|superior|inferior"
            r"|compared"
            r"|improve|increase|advantage"
        ),
    ),
    Telling(
        cue=(
            r"\bmost (?:common|frequent|often|important|likely|usual)\w*|\bcommonest\b|\bmain(?:ly)?\b|\bleading\b"
            r"|\bchief\w*"
            r"|\bpredominant\w*|\bmostly\b|\bbiggest\b|\bmost\b"
        ),
        words=r"\bmost\b|\bmain|predominant|majority|commonly|frequently|primarily|\bchief",
    ),
    Telling(cue=r"\bsecond (?:most|commonest|in)\b", words=r"\bsecond\b", must=True, empty="second in order"),
    Telling(
        cue=(
            r"\brecommend\w*|\bshould\b|\bguidelines?\b|\badvis\w+|\bpreferred\b|\bsuggested\b|\bof choice\b|\bneeded\b"
            r"|\brequested?\b|\bmandatory\b"
        ),
        words=r"recommend|\bshould\b|guideline|prefer|suggest|of choice|mandatory|indicated|required|essential",
    ),
    Telling(
        cue=r"\bunknown\b|\bunclear\b|\bunsettled\b|\bcontrovers\w+|\bdebated?\b|\bopen questions?\b|\bno consensus\b",
        words=r"unknown|unclear|consensus|controvers|not (?:been )?well|no definitive|no established|remains",
    ),
    Telling(cue=r"\bfirst.line\b", words=r"first[- ]line", must=True, empty="first line"),
    Telling(cue=r"\bsecond.line\b", words=r"second[- ]line", must=True, empty="second line"),
    Telling(
        cue=r"\bincidental\w*|\bby chance\b|\baccidental\w*", words=r"incidental", must=True, empty="incidental finding"
    ),
    Telling(
        cue=r"\basymptomatic\b|\bwithout (?:any )?symptoms\b|\bno symptoms\b|\bsymptom.?free\b|\bsilent\b",
        words=r"asymptomatic|without\b.{0,20}\bsymptoms|nonspecific|non-specific|absent",
    ),
    Telling(
        cue=r"\b(?:tell|distinguish|differentiat|discriminat|separat)\w*\b.{0,60}\b(?:from|between|apart)\b",
        words=r"distinction|distinguish|differentiat|discriminat|tell apart",
    ),
    Telling(cue=r"\bcombin\w+|\btogether\b|\bboth\b", words=r"combin|together|both"),
    Telling(
        cue=r"\bfuture\b|\bpromising\b|\bemerging\b|\bnovel\b|\bnew(?:er|est)?\b|\bunder way\b|\bexperimental\b",
        words=r"promising|future|novel|\bnew|under way|experimental|recent",
    ),
    Telling(
        cue=(
            r"\bsuggest\w*|\bindicat(?:e|es|ed|ing|ive)\b|\bpoints? (?:to|towards?)\b|\bhints?\b|\bclues?\b"
            r"|\bsignif(?:y|ies)\b"
            r"|\bmeaning\b|\bmeans?\b|\bsignificance\b|\bimpl(?:y|ies)\b|\btypical\b|\bcharacteristic\b"
            r"|\bspecific for\b"
        ),
        words=(
            r"suggest|indicat|\bhint|\bclue|typical|characteristic|specific(?:ally|ity)?\b|raise suspicion|defined"
            r"|caused by|represent"
        ),
    ),
    Telling(
        cue=r"\bhow rare\b|\brare\b|\brarity\b|\bhow common\b|\bprevalen\w+|\bincidence\b",
        words=r"\brare|account|incidence|\bcases\b|prevalen|uncommon|exceedingly|frequent|common|\bof all\b|\bonly\b",
    ),
    Telling(
        cue=r"\b(?:why|reasons?|explain\w*|explanations?|how come)\b",
        words=_CAUSE,
        alone=True,
        intents=("cause",),
    ),
    Telling(cue=r"\b(?:cause[sd]?|because|due to|responsible|owing|mechanism)\b", words=_CAUSE),
)
"""What can be asked besides concepts, what is asked for most exactly first."""


def tellings(question: str, intent: str) -> tuple[Telling, ...]:
    """What a question asks besides its concepts, where this intent is the foremost."""
    return tuple(one for one in TELLING if (not one.intents or intent in one.intents) and one.asked(question))

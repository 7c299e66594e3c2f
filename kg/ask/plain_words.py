"""This module holds the English words that a question may hold without asking for anything by them."""

from __future__ import annotations

from typing import Final

from kg.vocabulary import fold

CONNECTORS: Final = frozenset(
    (
        *("a", "an", "the", "of", "in", "from", "to", "with"),
        *("on", "at", "by", "and", "or", "for", "as", "due"),
        *("inside", "within"),
    )
)

_FUNCTION_TEXT: Final = """
which what who whom whose where when why how do does did done is are was were be been being have has had having can
could may might must shall should will would not no nor but if then than that this these those there here it its they
them their we our you your i me my he she his her him about above below under over between among during through into
onto upon per via so such very much many more most some any each every all both either neither other another same own
only just also too even still yet ever never often usually typically commonly sometimes give gives given say says said
tell tells know mean paper papers study studies author authors report reported reports according get gets make makes
made one two use used using s e g eg ie vs versus
"""
FUNCTION_WORDS: Final = CONNECTORS | frozenset(_FUNCTION_TEXT.split())
"""Words that only join others or ask."""

SHORTHAND: Final = {
    "mets": "metastases",
    "gut": "gastrointestinal tract",
    "met": "metastasis",
    "metas": "metastases",
    "sens": "sensitivity",
    "spec": "specificity",
    "sn": "sensitivity",
    "sp": "specificity",
    "dx": "diagnosis",
    "ddx": "differential diagnosis",
    "dd": "differential diagnosis",
    "tx": "treatment",
    "rx": "treatment",
    "pts": "patients",
    "pt": "patient",
    "hx": "history",
    "sx": "symptoms",
    "prog": "prognosis",
    "incid": "incidence",
    "calc": "calcification",
    "calcify": "calcification",
    "calcifies": "calcification",
    "food": "diet",
    "metastasise": "metastasize",
    "enh": "enhancement",
    "hyperenh": "hyperenhancement",
    "adeno": "adenocarcinoma",
    "adenoca": "adenocarcinoma",
    "cholangio": "cholangiocarcinoma",
    "chemo": "chemotherapy",
    "ifn": "interferon",
    "radiotx": "radiotherapy",
    "transplant": "transplantation",
    "neuroendo": "neuroendocrine",
    "histo": "histology",
    "surg": "surgery",
    "t1": "T1-weighted imaging",
    "t2": "T2-weighted imaging",
    "ne": "neuroendocrine",
    "w": "with",
    "wo": "without",
    "ci": "confidence interval",
    "lr": "likelihood ratio",
    "usa": "United States",
    "yr": "year",
    "yrs": "years",
    "yo": "years old",
    "mo": "months",
    "wk": "week",
    "wks": "weeks",
    "hrs": "hours",
    "mort": "mortality",
    "freq": "frequency",
    "abn": "abnormal",
    "pathol": "pathology",
    "panc": "pancreatic",
    "resp": "response",
    "classif": "classification",
}
"""What clinicians type for a word; read before anything else, unless the vocabulary has it as a name."""

_TEXT: Final = """
add adds added adding printed print prints wrongly drawback drawbacks downside downsides pros cons advantage
advantages disadvantage disadvantages mother father
wife husband
brother sister daughter friend mom mum dad him doctors relative family mainly chiefly conclude concluded concludes
complaints recommendable sensible compare summary summaries key takeaway message mainstay main finding figures patient
helped helping lookup lookups tell telling told apart versus distinguishes mistaken possible similarities behave name

a about above according across after again against ago all almost along already also although always am among
amount an
and another any anybody anyone anything anyway apart appear appears are around as ask asked asking at available
average
away back based basically be became because become been before begin behind being believe below best better
between big
bigger biggest both briefly bring but by call called came can cannot care case cases cause caused causes
certain chance
characterise characterize characteristic check choose claim claims clear clearly clinical clinically clinician close
come comes coming common commonest commonly compare compared compares comparing comparison concerning conclude
concludes
conclusion conclusions condition conditions confirm consider considered consist contain contains contrast
correct could
couple current currently data day days deal decide define defined defines definition depend depends describe described
describes describing description detail detailed details detect detected detecting detection determine develop did
differ difference differences different differentiate differentiates differentiating differentiation differently
discriminate discriminates discriminating discrimination discuss discussed discusses disease diseases distinct
distinction distinguish distinguishes distinguishing do doc doctor does doing done don down during each early easily
easy effect effective effectively effects eg either else employed end enough enrol enroll enrolled entire especially
establish et al etc evaluate evaluated evaluation ever every everything evidence exact exactly example examples except
exclude excluded exist existing exists expect expected explain explained explains extent fact facts factor factors
factually false far favor favour favors favours feature features few figure figures final find finding findings finds
first focus follow following follows for form found four from full further gave general generally get gets
getting give
given gives giving go goes going good got great greater group groups had half happen happens hard has have having he
held hello help helpful helps hence her here hi high higher highest highly him his hold holds how however i idea
identified identify if illustrate image images imaging imaged important in include included includes including indeed
indicate indicated indicates indication information inform instead interested interpret into involve involved involves
is isn it item its itself just keep key kind kinds know knowing known knows lack large larger largest last late later
latest lead leads learn least leave less let letters level levels like likely limit list listed lists
literally literature
little long longer look looked looking looks lot low lower lowest made main mainly major majority make makes
making many
matter may maybe me mean meaning means meant measure measured measurement measurements measures measuring mention
mentioned mentions method methods might mine minimum maximum mix moderately month months more most mostly much must my
name named namely names nature near nearly need needed needs never new next no nobody non none nor normal normally not
note noted nothing notice now number numbers observation observe observed obtain obtained occur occurred occurrence
occurs of off offer offers often ok okay old on once one ones only onto open opinion option options or order ordinary
other others otherwise our out over overall overview own paper papers article articles publication publications part
particular particularly patient patients people per percent percentage percentages perform performance performed
performing performs perhaps person persons picture pictures place please point points poor poorly population possible
possibly practice prefer preferred present presentation presentations presented presenting presents pretty previous
previously probable probably problem problems proportion proportions proven provide provided provides published
purpose
put question questions quick quickly quite quote quoted radiologic radiological radiologically radiologist
radiologists
radiology raised range ranges rarely rate rates rather ratio reach read reading real really reason reasons recommend
recommendation recommendations recommended recommends record recorded refer reference references regard regarding
regards relate related relation relevant reliable reliably rely remain report reported reporting reports represent
require required research researchers respect respectively result results reveal reveals review reviews right
role roles
rough roughly run said same say saying says scan scans scanned second section see seeing seem seemed seems seen
separate separates serious serve series set several share shared she short should show showed showing shown shows side
sign signs significance significant significantly similar similarity similarities similarly simple simply since single
site situation size small smaller smallest so some somebody someone something sometimes soon sort sorts source sources
speak speaks specific specifically specify split stand standard start state stated states statement statements
statistic
statistical statistically statistics still strong strongest study studied studies subject subjects such suggest
suggested suggesting suggestive suggests sum summarise summarize summary support supported supports sure suspect
suspected table take taken takes talk technique techniques tell tells ten term terms test tested testing tests than
thank thanks that the their them then there therefore these they thing things think this those though three through
thus time times to today together told too took top total toward towards tried true try turn two type types typical
typically under understand unit until up upon us use used useful usefulness uses using usual usually value values
various vary varies versus very via view visible visit vs want wanted wants was way ways we week weeks well went were
what whats when where whereas whether which while who whole whom whose why wide will wise with within without word
words work worked works world worse worst worth would wrong year years yes yet yield yields you your yours zero
characteristics appearance appearances behave behaves behaviour behavior clue clues hint hints favouring favoring
pointing points criterion criteria thing pair pairs versus against respectively regarding diagnose diagnosed diagnoses
diagnosing diagnostic establish established workup work treat treated treating manage managed managing handle approach
approaches strategy strategies happen originate originates arise arises spread spreads come metastasise metastasize
metastasises metastasizes metastasised metastasized affect affects affected involve rise risen elevated elevate
increase
increased increases decreased decrease decreases abnormal positive negative suffering suffer suffers experience
experienced die died dies dying survive survives survived survivors live lives lived living alive outcome outcomes
agree agrees agreed agreement disagree disagrees consistent consistently contradict contradicts contradictory conflict
conflicting consensus opinions differing author authors et team institution hospital centre center country conducted
scanner scanners machine machines equipment software package reader readers observer observers blinded experience
experienced enrol recruit recruited recruitment participants participant sample samples cohort cohorts sized
prove proven accurate accurately good worst superior inferior versus best-performing perform well miss missed misses
confuse confused confuses mistake mistaken mistook mimic mimics mimicked mimicking mimicker resemble resembles
resembling lookalike lookalikes pitfall pitfalls differential differentials consideration considerations include
suited suitable candidate candidates contraindicated contraindication contraindications indicated indications when
safe safety harm harms harmful risk risks benefit benefits helpfulness improve improves improved improvement prolong
prolongs efficacy effectiveness response respond responds responding relief relieve relieves relieved control controls
controlled last lasts lasting duration gets    adults adult   age aged ages gender sex
sexes men women man woman males females predominance predominantly prevalent frequent frequently frequency infrequent
infrequently occasional occasionally unusual exceptional exceptionally rare rarity proportionally fraction share ones
occurring cut cutoff threshold thresholds grade grades graded grading classify classified classifies classification
classifications category categories categorise categorize subtype subtypes stage staged staging system scheme schemes
mm cm kg ml mg hz s min mins minute minutes hour hours dose doses speed thick thickness bright dark brighter darker
cold hot warm color colour look-alike describing prefered prefer monitor monitored monitoring surveillance interval
intervals schedule timing often long regular regularly recheck repeat repeated routine routinely mandatory essential
drug drugs medication medications medicine medicines line choice choices therapy therapies treatment treatments
modality
modalities marker markers symptom symptoms complaint complaints therapeutically histological pathological pathologic
pathology pathologically histologically known unknown unclear exists origin origins cell cells mechanism mechanisms
explanation responsible underlying associated association associations correlate correlates correlation
correlated link
linked links connection predict predicts predictor predictors prediction independent independently prognostic survival
mortality lethal fatal death deaths complication complications adverse event events morbidity safe sensitivity
specificity accuracy auc roc area curve kappa icc p lr positive likelihood odds interval confidence hazard relative
actually any-thing anything's apparently appropriate basis brief cite cited cites citing compile concise concrete
conversely decent documented elsewhere entity entities estimate estimated estimates extract fairly figure given
globally hardly hereby importantly incidentally independent initial initially investigate investigated investigation
located location locate lie lies meanwhile merely minor mostly notably overall overview percents plus possible
potential potentially precise precisely predominant primarily prior proper properly prospective provide purely
quantitative quantitatively question quoted readily reasonable reportedly respective retrospectively rundown
second-best separately sole solely somewhat specifics spectrum straight strongly substantially surprising table tend
tends tendency thorough thoroughly tricky trust trustworthy truly typically ultimately universal unlike whatsoever
widely evident apparent highlight highlights demonstrate demonstrates demonstrated demonstrating exhibit exhibits
exhibited display displays displayed manifest manifests manifestation manifestations depict depicts visualise
visualize
visualised visualized assess assessed assesses assessing assessment examine examined examines examination examinations
analyse analyze analysed analyzed analysis acquire acquired acquisition protocol protocols parameter parameters
setting
settings used administered injected given delay delays rate percentagewise ml per second seconds inclusion exclusion
criterion eligible eligibility period conducted retrospective prospective design approved ethics approval written
consent statistic significant difference
able ability unable cannot enable allows allow allowed let lets permit permits exam exams relationship relationships
correspond corresponds corresponding match matches equal equals equally apply applies applied applicable assume assumed
attention aware beware borne bother bring brought carry carries carried chosen colleague colleagues curious discuss
distinguishable doubt enough exhaustive expert experts explore exception exceptions expressed extra facing familiar
fellow fellows figure fit fits follow followed fully gist glance gone guess handy heard hint honest hospital ideal
ideally impact implication implications imply implies infer insight instance instances instructive interesting
interpretation issue issues
journal judge junior kindly latter lecture lecturer lesson lessons logic matters meet merely mind
missing nowadays numerically numeric numerical obvious obviously odd overview pick plain plausible
pointers popular preferable preferably presumably principal principally proportionate purposes rank ranked
ranking readable realistic recall recently reckon relatively reminder remind resident residents respect
revise revision rule ruled rules salient seldom sense slide slides spot spotted spotting stand stands
standardised standardized student students summarises summarizes teach teaching tempted trainee trainees trick true
tutor unclear undergo undergoes underwent undergone usable utility valid validity versus visible wonder wondering
admit admits believe believed thought acknowledge acknowledged argue argues argued propose proposes proposed claimed
mention assert asserts emphasise emphasize emphasised emphasized stress stressed point pointed noted caution cautions
warn warns warned speculate speculates speculated hypothesise hypothesize postulate postulated assume list ones reckoned
regarded viewed deemed quote quotes outline outlines outlined sketch discuss touch touched cover covers covered address
addressed tackle deal deals dealt enumerate enumerated categorised categorized compile compiled pooled reviewed
commonest rarest biggest likeliest earliest usualest main foremost leading top chief
plan plans planning planned agent agents regimen regimens option options features manner fashion details aspect aspects
settle settled policy policies recommending advised advise advises advisable accepted established combining combine
combined ratio-based picture pictures appears combination beyond alongside including excluding
misread misreads misreading mislabeled mislabelled misclassified
workable worry worried tumorboard board mdt meeting rounds exam-style viva quiz
misleading mislead misleads misled worthwhile pick picks picked picking grounds numerator numerators denominator
denominators being told definitive definite conclusive indirect indirectly thinking lecture
spelled exactly precisely somehow despite except besides per regardless unless whenever wherever whichever whoever
isn't aren't wasn't doesn't don't didn't hasn't haven't won't can't couldn't isnt arent wasnt doesnt dont didnt hasnt
havent wont cant couldnt im ive whats thats theres hows gonna wanna gotta kinda sorta btw pls plz thx tnx asap fyi
"""

SYNONYMS: Final = (
    ("before", "prior", "preoperative", "pretreatment"),
    ("after", "post", "postoperative", "following"),
    ("young", "younger"),
    ("texture", "histogram"),
    ("mouse", "mice", "murine", "animal"),
    ("enough", "sufficient", "adequate"),
    ("fail", "failure", "difficult", "miss"),
    ("choose", "chosen", "sampled", "select"),
    ("drawback", "disadvantage", "limit", "limitation", "impediment", "lack"),
    ("reason", "account", "due", "because"),
    ("better", "superior", "more"),
    ("worse", "inferior", "less"),
    ("recommend", "should", "suggest"),
    ("cheap", "cost", "expensive"),
)
"""Plain words of which a sentence may have one where a question has another."""

PLAIN_SPELLINGS: Final = frozenset(_TEXT.split())
PLAIN_WORDS: Final = frozenset(fold(word) for word in _TEXT.split()) | set(_TEXT.split())
"""Folded English words of questions; a word that is neither one of these, nor known to the graph, is asked about."""

"""This module holds classes of English words, by which a noun phrase is told from what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_FUNCTION_WORDS: Final = """
about across after again against al along already also although among amongst and around as at because before between
beyond but by concerning despite down due during eg else et etc even ever except followed following for from he hence
former however i ie if in including instead into it latter like namely near neither never no nor not off on only onto
or otherwise out over owing per plus quite rather regarding respectively she since so still such than that them then
there therefore these they this those though through throughout thus to together toward towards under unless unlike
until up upon us using versus very via vs we well when where whereas whether which while who whom whose with within
without yet you
"""
FUNCTION_WORDS: Final = frozenset(_FUNCTION_WORDS.split())
"""Words that no noun phrase holds, 'of' aside."""

_PLACING: Final = """
about across after against along among around at before behind between beyond during for from in into near of on onto
over per since than through throughout to toward towards under until upon via within
"""
PLACING: Final = frozenset(_PLACING.split())
"""Prepositions that hang what follows on the noun before, so that 'and' may join either: 'pain in the liver and'."""

_FRONT: Final = """
a additional all an another any associated both certain commonly consequent different each eight either even five four
frequently further her his its less mainly many more most mostly nine numerous occasionally often one other our
possible possibly potentially probably rarely seven several six some sometimes subsequent ten the their three two
typically usually variable various varying
"""
FRONT: Final = frozenset(_FRONT.split())
"""Articles, quantifiers and hedges before a noun phrase, which are no part of what a thing is called."""

_AUXILIARIES: Final = """
am are be been being can cannot could did do does done had has have having is may might must shall should was were
will would
"""
_VERBS: Final = """
account achieve add affect aim allow appear arise assess associate avoid become begin belong bring calculate cause
characterise characterize classify compare comprise concern confer confirm consider consist constitute contain
continue contribute correlate correspond decrease define delay demonstrate depend derive describe detect determine
develop diagnose differ differentiate discriminate display distinguish enable encode enhance evaluate examine exceed
exclude exhibit exist explain express facilitate fail favor favour find follow form gain give grow help identify imply
improve include increase indicate induce influence inhibit involve know lack lead lie maintain make mean measure
metastasise metastasize mimic need note observe obtain occur offer originate outweigh perform permit persist precede
predict predispose present prevent produce progress promote prompt propose protect provide provoke reach receive
recommend record recur reduce reflect relate relieve rely remain render report represent require resect resemble
resolve respond result reveal seem serve show simulate spare spread stabilize stimulate suffer suggest suppress
survive take tell tend treat trigger undergo use vary visualise visualize yield
"""
_VERBAL_NOUNS: Final = """
cause decrease delay experience form gain increase influence lack lead measure note progress record report result
spread use
"""
VERBAL_NOUNS: Final = frozenset(_VERBAL_NOUNS.split())
"""Nouns that are verbs where another noun follows: 'cause pain'."""

_IRREGULAR: Final = """
arisen arose became began begun brought came felt found gave given grew grown kept known lay led left lying made meant
said saw seen shown taken thought told took undergone underwent went
"""


def _forms(verb: str) -> Iterator[str]:
    """How a verb is written.

    >>> list(_forms("vary"))
    ['vary', 'varies', 'varied', 'varying']
    """
    y = verb.endswith("y") and verb[-2] not in "aeo"
    stem = verb.removesuffix("e") if not y else verb[:-1]
    doubled = stem + stem[-1] if verb in {"occur", "recur", "confer"} else stem
    yield verb
    yield f"{stem}ies" if y else f"{verb}es" if verb.endswith(("s", "x", "ch", "sh")) else f"{verb}s"
    yield f"{stem}ied" if y else f"{doubled}ed"
    yield f"{verb}ing" if y else f"{doubled}ing"


VERBS: Final = frozenset(
    {*_AUXILIARIES.split(), *_IRREGULAR.split(), *(form for verb in _VERBS.split() for form in _forms(verb))}
    - VERBAL_NOUNS
)
"""Forms of the verbs of papers, without those that are nouns as well."""

_PARTICIPLES: Final = """
accelerated advanced altered calcified compressed decreased delayed dilated disseminated distended disturbed elevated
enlarged exaggerated generalised generalized impaired increased infected inflamed isolated limited localised localized
lowered obstructed prolonged raised reduced repeated restricted shortened thickened underlying unexplained worsening
"""
PARTICIPLES: Final = frozenset(_PARTICIPLES.split())
"""Participles that stand before a noun as adjectives do: 'dilated ducts'."""

_EMPTY: Final = """
ability absence account addition adult adults aim amount amounts analyses analysis approach approaches arrow arrowhead
arrowheads arrows asterisk asterisks attempt attention author authors basis candidate candidates care case cases
caution center centers centre centres challenge challenges chance child children choice classification clinician
clinicians cohort cohorts column combination concept consensus consideration constellation contrast controls covariate
covariates criteria criterion data date day days decision decisions degree difficulties difficulty dilemma evidence
example examples experience experiment experiments extent fact figure figures finding findings fold form former forms
group groups guideline guidelines half hospital hour hours image images importance individual individuals infant
infants information institution interest inventory kind kinds knowledge latter level levels light likelihood line lines
literature majority man means men method methods minority model models month months name names need number one ones
option options order pair parameter parameters part parts patient patients people percent person persons physician
physicians population populations possibility potential practice presence purpose question questionnaire questionnaires
radiologist radiologists range rate rates reason reasons report reporting reports rest result results risk risks role
row sample samples scale scales scan scans score scores section sections selection series set severity significance
specimen specimens star stars step steps studies study subject subjects surgeon surgeons system systems table tables
technique techniques term terms thing things time times tool tools total triad type types uncertainty use user users
value values variable variables variety view way ways week weeks woman women year years
"""
EMPTY: Final = frozenset(_EMPTY.split())
"""Nouns that name nothing that a disease, a finding or a therapy could have, bring or be treated by."""

_TRANSPARENT: Final = """
appearance attack attacks combination constellation development episode episodes existence feeling feelings form forms
group kind kinds number occurrence onset presence range severity sign signs symptom symptoms triad type types variants
variety
"""
TRANSPARENT: Final = frozenset(_TRANSPARENT.split())
"""Nouns that leave it to what follows 'of' to name the thing: 'the presence of ascites'."""

_RELATIONAL: Final = """
access association change changes contribution contributions correlation decline declines decrease decreases deficit
deficits difference differences exposure fall improvement improvements increase increases limitation need needs
reaction reactions reduction reductions relation relationship requirement requirements resistance response responses
rise sensitivity shift shifts susceptibility tendency
"""
RELATIONAL: Final = frozenset(_RELATIONAL.split())
"""Nouns that leave it to what follows 'in', 'to' or 'for' to say of what they are: 'increased requirement for'."""

_WIDE: Final = """
abnormalities abnormality activity agent agents appearance area areas behavior behaviour cancer cancers cause causes
cell cells change changes characteristic characteristics complaint complaints complication complications component
components condition conditions control course damage decrease diagnoses diagnosis difference differences disease
diseases disorder disorders drug drugs effect effects entities entity event events examination examinations expression
factor factors feature features formation function functions gene genes grade growth history hormone hormones imaging
improvement improvements increase infiltration injury intervention interventions involvement lack lesion lesions
location locations loss malignancies malignancy management manifestation manifestations marker markers mass masses
mechanism mechanisms modalities modality mutation mutations neoplasm neoplasms nodule nodules organ organs origin
origins outcome outcomes pattern patterns picture presentation problem problems procedure procedures process processes
production prognosis properties property protein proteins reaction reactions receptor receptors reduction region
regions release response responses secretion sign signs site sites size stage status structure structures substance
substances symptom symptoms syndrome syndromes test tests therapies therapy tissue tissues treatment treatments tumor
tumors tumour tumours
"""
WIDE: Final = frozenset(_WIDE.split())
"""Nouns that say something only beside a word that tells which: 'cystic changes', 'secretion of amines'."""

_NO_HELP: Final = """
above adverse beneficial best better characteristic classic classical clinical common considerable distinct earlier
early favorable favourable final first following general good high higher highest histologic histological imaging
important initial laboratory large large-sized larger largest late later likely low lower lowest main major marked
medium-sized minor moderate new nonspecific old overall particular pathologic pathological poor primary radiologic
radiological rare relevant same second significant similar single small small-sized smaller smallest specific study
typical unusual usual worse
"""
NO_HELP: Final = frozenset(_NO_HELP.split())
"""Adjectives beside which a wide noun stays wide: 'typical findings'."""

_ADJECTIVES: Final = """
acute anti benign better bilateral bright cautious chronic clear common complete complex cystic dark deep dense
different diffuse dominant early entire extra female first free frequent further good greater hard high higher hyper
hyperdense hyperintense hypo hypodense hypointense ill incomplete inter intra isodense isointense large larger last
late left likely lobulated long longer low lower macro male malignant micro mild mixed moderate multi multiple narrow
new next normal old older oval para partial peri poor possible post pre present rapid rare rich right rim-like round
second severe short similar single slow small smaller smooth soft solid solitary sporadic strong sub thick thin third
trans unclear unusual upper weak whole wide worse young younger
"""
ADJECTIVES: Final = frozenset(_ADJECTIVES.split())
"""Adjectives and prefixes that do not end as most adjectives do."""

_ADJECTIVE: Final = re.compile(
    r"(?:al|ic|ous|ive|ary|ory|able|ible|ful|less|ish|oid|ar|ent|ant|ly|est|ed|like)$", re.IGNORECASE
)
_NOUN: Final = re.compile(r"(?:ment|itis|osis|ency|ancy)$", re.IGNORECASE)
"""How most adjectives and some nouns end."""

_NOUNS: Final = """
accident agent analgesic animal anomaly antibiotic anticoagulant arrest arrival artery bed bleed bowel capillary
clinic colic collar component contaminant deficit denial deposit diuretic event family feed implant infant interest
interval metal mineral need ovary panic pillar potential removal renewal request scanner scar seed signal spasm speed
stool supply survival topic transplant trial withdrawal
"""
NOUNS: Final = frozenset(_NOUNS.split())
"""Nouns that end as adjectives do."""


def is_noun(word: str) -> bool:
    """Whether a word may be the noun that a phrase is of: no function word, verb or adjective by its look.

    >>> [is_noun(word) for word in ("pellagra", "DAXX", "pancreatic", "enlarged", "causes", "agent")]
    [True, True, False, False, False, True]
    """
    folded = word.casefold()
    if word.isupper():
        return len(word) > 1
    if any(folded in words for words in (FUNCTION_WORDS, VERBS, FRONT, ADJECTIVES, NO_HELP)):
        return False
    return folded in NOUNS or _NOUN.search(folded) is not None or _ADJECTIVE.search(folded) is None


def is_plural(word: str) -> bool:
    """Whether a word is a plural or a verb's third person by its look: 'masses', 'grows', not 'abscess' or 'fibrosis'.

    >>> [is_plural(word) for word in ("masses", "abscess", "fibrosis", "thrombus", "FNAs")]
    [True, False, False, False, False]
    """
    return word.islower() and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s", "ies"))

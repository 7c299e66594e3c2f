"""This module tells general English words, in all their forms, from words of a field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from kg.ask.plain_words import PLAIN_SPELLINGS, PLAIN_WORDS

_ENDINGS: Final = (
    (r"(?:'s|s|es|d|ed|ing|ly|r|er|st|est|ness|ment|able|ful|less)$", ""),
    (r"(?:ing|ed|able|ation|er)$", "e"),
    (r"(?:ies|ied|ier|iest|ily|iness|ication)$", "y"),
    (r"ably$", "able"),
    (r"ibly$", "ible"),
    (r"([b-df-hj-np-tv-z])\1(?:ed|ing|er|est)$", r"\1"),
    (r"isation", "ization"),
    (r"is(e|es|ed|ing|er|able)$", r"iz\1"),
    (r"our", "or"),
)
"""What is taken off a form of a word, and what is put in its place: puzzling, puzzle; stopped, stop; cheaply, cheap."""
_SHORTEST: Final = 3  # letters of what is left
_DEEPEST: Final = 2  # endings that a word may have one upon the other: meaningfully


@lru_cache(maxsize=8192)
def is_english(word: str) -> bool:
    """Whether a word of small letters is one of general English, or a form of one: nobody asks for it by itself.

    >>> is_english("everywhere"), is_english("prevented"), is_english("beginning"), is_english("readily")
    (True, True, True, True)
    >>> is_english("elastography"), is_english("telotristat")
    (False, False)
    """
    return any(form in WORDS for form in _forms(word, _DEEPEST))


def _forms(word: str, depth: int) -> Iterator[str]:
    yield word
    if not depth:
        return
    for ending, instead in _ENDINGS:
        stem = re.sub(ending, instead, word)
        if stem != word and len(stem) >= _SHORTEST:
            yield from _forms(stem, depth - 1)


_TEXT: Final = """
abandon abnormality aboard abroad absence absent absolute absorb abundant accept access accessible accident accompany
accomplish account achieve acronym act action activity actual adapt addition additional adequate adjective adjunct
adjust admire adopt advance advent adventure advice advocate affair afford afraid afternoon afterwards agenda
aggregate ahead aim akin alarm alas albeit album alert align alike allegedly allocate alone aloud alright alter
alternative altogether amazing ambiguous ambition amend amid ample analogy anew anger angle anniversary annotate
announce annoy annual anomaly anonymous answer anticipate anticipation anyhow anymore anytime anywhere apology appeal
appointment appreciate approve arbitrary argument arisen arose arrange array arrival arrive art articulate artist
aside assemble assertion asset assign assist assistance assumption assure asunder atmosphere attach attain attempt
attend attitude attract attribute audience authority avoid avoidance await awful awkward background backup backward
bad balance ban bare base basic batch battle bear beat beaten beautiful beauty beforehand begun behalf belief belong
benchmark bend beneath bent bet bias billion bit bizarre black blame blank blend blind block bold book bore boss
bottleneck bottom bought box brace branch brand break breakdown breakthrough bridge brilliant broad broaden broke
broken budget build built bullet bunch bundle burden busy buy buzz calendar calm campaign cancel capability capable
capture cast catch caught cautious caveat cease century certainty chain challenge champion change chaos chapter charge
chart chase cheap checklist chose circle circulate circumstance clarify clarity clash class classic classical clause
clean clever clincher cling clung coarse code cogent coherent coincide coincidence coined collaborate collapse collect
collection collective column comfort command commence comment commit committee communicate community companion
comparability comparative comparator compatible compel compensate compete competent competition competitor complement
complete completion complex complexity complicate comply component compose composition compound comprehensive comprise
compromise conceal concede conceivable concentrate concept concern concession conduct confer confident confidential
configuration confine conform confront confusion conjunction connect consecutive consequence consequent consistency
conspicuous constant constitute constrain constraint construct construction consult consume contemplate contend
content contest context continue contradiction contrary contribute contribution contributor controversial controversy
convenient conversation conversion convert convey conviction convince cooperation cope copy corner cornerstone
correction correspondence cost couldn count counterpart county courage course coverage crave crazy create creation
creator credible credit crisis critical criticism crop cross crowd crucial crude crux culprit culture cumbersome
curiosity curriculum custom customary danger dangerous dare database dataset date dawn deadline dear debate decade
deception decision decisive deck declare decline deduce deem default defeat defect defence defend defensible defer
deficit defy delete deliberate delicate deliver demand demonstration deny depart departure dependence deploy deprive
depth derive deserve designate desire destination destiny detectability deter deteriorate deviate device devise devoid
devote diagram dialogue dictate dictionary differentiator difficult difficulty dilemma dimension diminish dip direct
direction dirty disappear disappoint disaster discard discernible discipline disclose discontinue discourage discover
discovery discrepancy discrete discriminator discussion disguise dismiss disposal dispute disregard disrupt distance
distinctive distribute distribution disturb dive diverge divergent diverse diversity divide division document
documentation dominate double downplay downstairs downstream downward dozen draft drama dramatic drank draw drawn
dreadful dream drew drift drive driven drop drove due dull durable duty dwell eager earn ease edit edition education
efficacious efficiency efficient effort eight eighteen eighth eighty elaborate elect elegant element eleven elicit
eliminate elude elusive email embark embarrassing embrace emerge emergence emphasis employ empower empty encompass
encounter encourage endorse endure enemy enforce engage engine enjoy enlarge enlist enormous enquiry enrich ensemble
ensure entail enter enterprise entitle entry environment episode equality equate equation equivalent era erroneous
error escalate escape essay essence evade evening evenly eventual everybody everyday everyone everywhere evolution
evolve exaggerate exceed excel excellence excellent excess excessive exchange excitement exciting exclusive excuse
execute executive exert exhaust existence exotic expand expansion expectation expedite expend expenditure expense
expensive experiment expertise explicit exploit exponent expose exposition express extend extension extensive
extraordinary extrapolate extreme facet facility fade fail failure faint fair faith fake fall fallacy fallen falter
fame familiarize famous fan fare farther fast fate fault favorite fear feasibility feasible feeling fell felt fetch
fiction fictional field fifteen fifth fifty fight file fill filter finance finish finite fixed flag flaw fled flexible
flip float fluctuate fool forbid forbidden force forecast foreground forever forgave forget forgive forgo forgot
forgotten formal format formula formulate formulation forth fortunate fortune forty forum forward foster fought
foundation fourteen framework frank free freedom fresh frighten froze frozen fulfil fun function fundamental funny
furthermore future fuzzy game gap gather gauge generalize generate generation generic generous gentle genuine gift
giveaway glad glimpse global glossary goal gotten govern grab gradual grand grant grasp gratitude grew grow grown
growth guarantee guard guest guidance guide guideline guilty habit hallmark halt halve halves hamper hand handbook
hang happy hardware haste hasten hate haul header heading headline heed hefty heighten henceforth hereafter herein
hero herself hesitate hid hidden hide hierarchy himself hinder hinge history hit hither hmm hobby home honor hope host
household huge humble hunch hundred hung hunt hurdle hurry hurt hypothesis identical identity idle ignorance ignorant
ignore illegal illusion imagine imitate imitation immediate immense imminent impair impede implement import importance
impose impossible impractical impress impression impressive improbable improvise inaccurate inadequate inappropriate
incentive incident incidental incline incomplete inconclusive inconsistent inconvenient incorporate incorrect
incredible incur independence index indicator indifferent indispensable individual individualize indoors induce
industry inevitable inexpensive infamous inference infinite influence informal informative inherent initiate
initiative input inquiry insensitive inside insignificant insist inspect inspire install instant instruct instruction
instrument insufficient intact integral integrate integration integrity intend intensify intention intentional
interact interaction interest interface interfere intermediate internet interrupt intervene interview intimate
intriguing intrinsic introduce introduction intuition intuitive invalid invaluable invent invention invest invisible
invite inward ironic irony irrelevant job join joke journey joy judgment jump jury justify keen kept keyword kick kill
knew knowledge label lag laid lain land landmark landscape language launch lay layout lazy leadership leaflet lean
leap led left legacy legal legend legitimate lend length lent lessen lest leverage library license lieu life lift
likewise limitation linger listen literal load localization lock logical lone loose loosen lose loss lost loud lowdown
luck lucky magazine magic magnitude mail maintain maintenance maker mandate manipulate manipulation manual
manufacturer manuscript map march mark mask master material materialize matrix maximal maximize meantime mechanical
mechanics medium member menu mere merge merit mess messy met metaphor methodology middle midnight midst milestone
million minimal minimize minority miracle mirror misconception misjudge misunderstand misunderstood mitigate mixture
mobility mock mode model modern modest modify module moment momentum monograph moral moreover morning morphological
mostly motion motivate motive mount move multiply multitude mustn mutual myself myth namesake narrative narrow nasty
nation naughty navigate nearby neat necessary necessitate necessity needn neglect negligible negotiate negotiation
neighbor neither neutral nevertheless nice night nineteen ninety ninth noble noise noisy nominal nominate nonetheless
nonsense nope norm noteworthy notify notion notorious notwithstanding novel nowhere nuance nuisance nutshell obey
object objection objective obligation obscure obsolete obstacle obstruct occasion occupy office official offset
omission omit onward operate operation operator opponent opportunity oppose opposite opt optimal optimistic optimize
optional organ organize orient orientation original ors ought ourselves outdated outdoors outlook outnumber outperform
output outright outside outstanding outward outweigh overcame overcome overestimate overlap overlook overnight
override oversee overt overtake overtook owe ownership pace pack page paid painful paint pale panel paradigm paradox
paradoxical paragraph paramount partake partial participate participation partner partnership pass passage passive
password past path pattern pause pay peculiar peculiarity peer perceive perception perfect perfection perish permanent
permission perplexing persist personal personnel perspective persuade pertinent phenomenon philosophy phrase
physiologic piece pinpoint pivotal plague platform play pleasant plentiful plenty plot polite politics pop popularity
portable portion pose position possess possession possibility post postpone potent pour poverty power practical
practize praise precarious precaution precede precedence precious precision preclude predecessor predominate
preference prejudice preliminary premise preparation prepared prerequisite presence preserve press prestige
prestigious presume presumption pretend prevail prevent prevention pride prime principle priority privacy private
privilege prize proactive probability problematic procedure proceed process produce product production productive
profession professional professor profile profit profound program programme progress prohibit prohibition project
prominent promise promote promotion prompt pronounce proof property proponent proportional proposal prospect protect
protection proud provision provoke proximity prudent public publicity publish pull punctual punishment pupil purchase
pure pursue pursuit push puzzle quaint qualify quality quantify quantity quarter quest questionnaire queue quiet quit
quota race raise ran random rational rationale react reaction ready reality realize realm reap reappear reassure
receive recent recipe recipient reckless recognition recognize reconcile reconsider reconstruct recover redo reduce
reduction redundant ref refine reflect reflection refrain refresher refusal refuse refute regain region register
regret regularity regulate regulation reinforce reiterate reject rejection relevance reliability reliance reluctance
reluctant remark remedy remember reminiscence remote removal remove render renew repair repertoire repetition replace
replica reply representation representative reproduce reputable reputation request requisite rescue resemblance
reserve reside resist resolution resolve resource responsibility rest restore restrict restriction resume retain
retire retrieve retrospect return revenue reversal reverse revert revisit revolution reward rhythm rich rid ridden
riddle ride ridiculous rigid rigorous risky rival road robust rode roll room root rose rotate route row rude ruin
rumor rush sacrifice sad safeguard sake sank satisfaction satisfactory satisfy save saw scale scarce scarcity scare
scenario scene science scientist scope score screen script seal search season seat secret sector secure security seek
seize select selection self sell semi send senior sent sentence separation sequence service session setup seven
seventeen seventh seventy shady shaken shall shallow shame shift shine shiny shone shoot shop shortage shortcoming
shortcut shorten shorthand shortlist shot shouldn shout shrank shrink shrunk shut shy sick sidestep sight signify
silence silent silly simplicity simplify simulate simultaneous sincere sit sixteen sixth sixty skilful skill skip
sleek slept slip slot slow sober society soft sold solution solve someday somewhere song sophisticated sorry sought
soul space spare spark spatial special specialist speciality specialize specialty spectacular speculation speech
speedy spell spelt spend spent spill spin spirit spite splendid spoil spoke spoken square squeeze staff stake
stakeholder stance standpoint stare status stay steady steal steep steer step stereotype stick stock stole stolen
stood store story straightaway straighten straightforward strange straw stream street strength strengthen stretch
strict strike string strive struck structure struggle stubborn stuck stuff stumble stunning stupid style subcategory
subgroup subjective submission subsequent subset substantial substitute subtle subtract succeed success succession
sudden suffice sufficient suggestion suit suitability sunk superb superficial superfluous superiority supervision
supplement supplementary supplier supply suppose surpass surprise surround survey suspicion suspicious sustain swap
sway sweep swept swift swing swung symbol symbolic sympathy synonym synopsis synthesis systematic tactic tailor talent
tall tangible task taught technology tedious telephone telltale temporal tempt temptation tentative tenth terminate
terminology terrible terrific territory text textbook theater theatre theme themselves theoretical theory thereabouts
thereafter thereby therein thereof thereupon third thirteen thirty thousand thread threat threaten threw thrice thrive
throughout throw thrown tick tighten till timeline tiny tip tired title toggle tolerate tomorrow tonight tool topic
tore torn tough tour town trace track trade tradition traditional tragic training trait transcript transfer transform
transition translate translation transmit transparent trap treasure tremendous trend trigger trim trip triumph trivial
trouble troublesome truth tune tutorial twelve twenty twice twist ubiquitous ugly ultimate unanimous unaware uncertain
uncertainty uncommon undeniable underestimate underline undermine underneath understood undertake undertook underuse
undid undo undone undoubted uneasy unequivocal unexpected unexplained unfamiliar unfold unfortunate unify unimportant
union unique unite unity universe unlock unnecessary unpopular unpredictable unravel unrelated unreliable unresolved
unsatisfactory unsuccessful unsuitable unsure untrue unwanted unwilling update upgrade uphold upset upshot upside
upstairs upward urge urgent usage utilize vague vain validate vanish variable variant variation variety vast vehicle
vendor venue verbal verdict verify versa versatile version versus viable vice vicious video viewpoint violate
violation visitor visual vivid vocabulary vote vulnerable wake walk wander warrant wash waste watch weak weaken wealth
wealthy wear web website weekend weigh weight weird welcome welfare whatever whence whereabouts whereby wherein
whereupon whilst wholly whom whomever widen widespread width wild win window wipe wisdom wish wit withdraw withdrawn
withdrew withheld withhold withstand woke won wore workaround workflow workload worldwide worn worsen worthy wouldn
wrap write wrote yep yesterday young yourself yourselves youth zone zoom
"""

WORDS: Final = frozenset(_TEXT.split()) | PLAIN_WORDS | PLAIN_SPELLINGS
"""General words without their endings, and the plain words of questions."""

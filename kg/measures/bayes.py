"""This module carries likelihood ratios through Bayes' rule: from a probability before to one after."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kg.measures.tables import HALDANE_ANSCOMBE
from kg.measures.values import LEVEL, Difference, MeasureError, Ratio, normal_quantile, require_count


def post_test_probability(before: float, ratio: float) -> float:
    """The probability after a finding with this likelihood ratio, by Bayes' rule in odds (Fagan, NEJM 1975;293:257).

    `before` lies in 0 to 1, the ends included; `ratio` is at least 0.

    >>> round(post_test_probability(0.5, 7.5), 2)
    0.88
    """
    _require_probability(before)
    if not 0 <= ratio < math.inf:
        raise MeasureError(f"likelihood ratio is {ratio}; allowed: 0 or more, finite")
    if before == 1:
        return 1.0
    odds = before / (1 - before) * ratio
    return odds / (1 + odds)


def _require_probability(before: float) -> None:
    if not 0 <= before <= 1:
        raise MeasureError(f"probability before is {before}; allowed: 0 to 1")


def post_test(before: float, ratio: Ratio) -> Difference:
    """The probability after a finding, its interval being that of the ratio carried through Bayes' rule.

    >>> from kg.measures.tables import likelihood_ratio
    >>> after = post_test(0.5, likelihood_ratio(15, 23, 2, 23))
    >>> f"{after.estimate:.0%} ({after.low:.0%} to {after.high:.0%})"
    '88% (66% to 97%)'
    """
    return Difference(*(post_test_probability(before, value) for value in (ratio.estimate, ratio.low, ratio.high)))


def joined_ratio(ratios: Sequence[Ratio]) -> Ratio:
    """The ratio of several findings together, as if they were independent: a product; the variances of the logs add.

    All are taken at one level. Simel, Samsa and Matchar (J Clin Epidemiol 1991;44:763-770) give the variance of each
    log; that of a sum of independent logs is the sum. No finding at all gives 1, with no width.

    >>> from kg.measures.tables import likelihood_ratio
    >>> both = joined_ratio([likelihood_ratio(15, 23, 2, 23), likelihood_ratio(16, 23, 9, 23)])
    >>> f"{both.estimate:.1f} ({both.low:.1f} to {both.high:.0f})"
    '13.3 (3.1 to 58)'
    """
    estimate = math.prod(ratio.estimate for ratio in ratios)
    factor = math.exp(math.hypot(*(math.log(ratio.high / ratio.low) / 2 for ratio in ratios)))
    return Ratio(estimate, estimate / factor, estimate * factor, any(ratio.corrected for ratio in ratios))


def post_test_of(before: float, ratios: Sequence[Ratio]) -> Difference:
    """The probability after several findings as if they were independent; see `joined_ratio`.

    >>> from kg.measures.tables import likelihood_ratio
    >>> after = post_test_of(0.5, [likelihood_ratio(15, 23, 2, 23), likelihood_ratio(16, 23, 9, 23)])
    >>> f"{after.estimate:.0%} ({after.low:.0%} to {after.high:.0%})"
    '93% (75% to 98%)'
    """
    return post_test(before, joined_ratio(ratios))


@dataclass(frozen=True, slots=True)
class Likelihood:
    """How likely a finding is in one group, up to a factor that all groups share: its logarithm, and its variance."""

    log: float
    variance: float

    def __post_init__(self) -> None:
        if not math.isfinite(self.log) or not 0 <= self.variance < math.inf:
            raise MeasureError(f"log {self.log}, variance {self.variance}; allowed: finite, variance at least 0")


def likelihoods(counts: Sequence[tuple[int, int]]) -> tuple[tuple[Likelihood, ...], bool]:
    """The likelihood of a finding in each group from its (n, N), and whether 0.5 was added to every cell.

    It is added where nobody, or everybody, of some group has the finding. The ratio of two of them is their
    `likelihood_ratio`, its limits included.

    >>> (a, b), corrected = likelihoods([(15, 23), (2, 23)])
    >>> round(math.exp(a.log - b.log), 1), corrected
    (7.5, False)
    """
    for n, total in counts:
        require_count(n, total)
    corrected = any(n in (0, total) for n, total in counts)
    added = HALDANE_ANSCOMBE if corrected else 0.0
    cells = [(n + added, total + 2 * added) for n, total in counts]
    return tuple(Likelihood(math.log(n / total), 1 / n - 1 / total) for n, total in cells), corrected


def shares_after(
    before: Sequence[float], found: Sequence[Sequence[Likelihood]], level: float = LEVEL
) -> tuple[Difference, ...]:
    """The probability of each group after what was found; they add up to 1.

    `before` are the probabilities before, which add up to 1; each of `found` has a likelihood for every group, and they
    are taken as independent. The interval is that of the log odds of a group against all others together, by the delta
    method (Oehlert, Am Stat 1992;46:27-29); of two groups it is that of the likelihood ratio carried through Bayes'
    rule.

    >>> both, _ = likelihoods([(15, 23), (2, 23)])
    >>> [f"{one.estimate:.0%} ({one.low:.0%} to {one.high:.0%})" for one in shares_after([0.5, 0.5], [both])]
    ['88% (66% to 97%)', '12% (3% to 34%)']
    """
    _require_shares(before, found)
    logs = [math.fsum(one[i].log for one in found) for i in range(len(before))]
    variances = [math.fsum(one[i].variance for one in found) for i in range(len(before))]
    most = max(logs)
    weights = [share * math.exp(log - most) for share, log in zip(before, logs, strict=True)]
    z = normal_quantile(level)
    return tuple(_share_after(i, weights, variances, z) for i in range(len(before)))


def _require_shares(before: Sequence[float], found: Sequence[Sequence[Likelihood]]) -> None:
    for share in before:
        _require_probability(share)
    if len(before) < 2 or not math.isclose(math.fsum(before), 1, abs_tol=1e-9):
        raise MeasureError(f"probabilities before are {list(before)}; allowed: two or more that add up to 1")
    if any(len(one) != len(before) for one in found):
        raise MeasureError(f"not every finding has one likelihood for each of {len(before)} groups")


def _share_after(i: int, weights: Sequence[float], variances: Sequence[float], z: float) -> Difference:
    others = math.fsum(weights[:i]) + math.fsum(weights[i + 1 :])
    everything = weights[i] + others
    if weights[i] == 0 or others == 0:  # the prior left no doubt, and nothing found can raise one
        return Difference(*[weights[i] / everything] * 3)
    parts = (variances[j] * (weight / others) ** 2 for j, weight in enumerate(weights) if j != i)
    half = z * math.sqrt(variances[i] + math.fsum(parts))
    odds = weights[i] / others
    low, high = odds * math.exp(-half), odds * math.exp(half)
    return Difference(weights[i] / everything, low / (1 + low), high / (1 + high))

"""scipy_statistics.py: tests, intervals and tails by SciPy, with the numbers they are of, as JSON.

Prints an object of lists: welch, paired, wilcoxon, rankSum, spearman, proportions, means, student, normal.
"""

import json
import sys

import numpy as np
from scipy import stats

random = np.random.RandomState(3)
alternatives = ["two-sided", "greater", "less"]


def drawn(count, shift=0.0, scale=1.0, steps=None):
    numbers = random.randn(count) * scale + shift
    return (np.round(numbers * steps) / steps if steps else numbers).tolist()


groups = [
    (drawn(2), drawn(3, 1)), (drawn(15, 9.7, 1.6), drawn(15, 10.7, 1.6)), (drawn(40, 0, 5), drawn(7)),
    (drawn(30, 1e6), drawn(20, 1e6 + 1)), (drawn(200), drawn(200, 3)), (drawn(9), drawn(4, 2.5, 1e-4)),
]
welch = []
for first, second in groups:
    for alternative in alternatives:
        result = stats.ttest_ind(first, second, equal_var=False, alternative=alternative)
        both = stats.ttest_ind(first, second, equal_var=False).confidence_interval(0.9)
        welch.append({
            "first": first, "second": second, "alternative": alternative, "statistic": result.statistic,
            "degrees": result.df, "p": result.pvalue, "low": both.low, "high": both.high})

paired = []
for count in (2, 3, 15, 300):
    first, second = drawn(count, 0.3), drawn(count)
    for alternative in alternatives:
        result = stats.ttest_rel(first, second, alternative=alternative)
        both = stats.ttest_rel(first, second).confidence_interval(0.95)
        paired.append({
            "first": first, "second": second, "alternative": alternative, "statistic": result.statistic,
            "degrees": result.df, "p": result.pvalue, "low": both.low, "high": both.high})

# Differences, and how p is found: by the normal distribution where there are many, and by going through all
# signs where there are ties or zeros.
all_of_them = stats.PermutationMethod(n_resamples=2**17)
signed = [(drawn(n, 0.4), "exact") for n in (1, 2, 5, 12, 30, 50)] + [
    (drawn(51, 0.2), "approx"), (drawn(1000, 0.05), "approx"), (drawn(12, 0.5, steps=2), all_of_them),
    (drawn(14, 0.3, steps=4), all_of_them), (drawn(13, 0.4) + [0.0, 0.0], all_of_them),
    ([1.0, 1.0, 1.0, -1.0, 2.0], all_of_them), ([0.25] * 6, all_of_them), ([0.5, 0.5, 0.0], all_of_them),
    (drawn(200, 0.1, steps=4), "approx"),
]
wilcoxon = []
for differences, method in signed:
    for alternative in alternatives:
        result = stats.wilcoxon(
            differences, zero_method="wilcox", correction=False, alternative=alternative, method=method)
        wilcoxon.append({
            "first": differences, "second": [], "alternative": alternative, "statistic": result.statistic,
            "isExact": method != "approx", "p": result.pvalue})

unpaired = [(drawn(m, 0.5), drawn(n), "exact") for m, n in ((1, 1), (1, 9), (8, 5), (15, 15), (20, 30))] + [
    (drawn(26, 0.4), drawn(25), "asymptotic"), (drawn(7, 0.5, steps=2), drawn(8, steps=2), all_of_them),
    (drawn(300, 0.1, steps=3), drawn(100, steps=3), "asymptotic"), ([1.0, 1.0], [1.0, 2.0], all_of_them),
]
rank_sum = []
for first, second, method in unpaired:
    for alternative in alternatives:
        result = stats.mannwhitneyu(first, second, alternative=alternative, method=method)
        rank_sum.append({
            "first": first, "second": second, "alternative": alternative, "statistic": result.statistic,
            "isExact": method != "asymptotic", "p": result.pvalue})

spearman = []
for count, steps in ((2, None), (5, None), (30, 2), (500, 3), (500, None)):
    first = drawn(count, steps=steps)
    second = (np.array(first) * 0.5 + drawn(count, steps=steps)).tolist()
    spearman.append({"first": first, "second": second, "rho": stats.spearmanr(first, second).statistic})

proportions = []
for successes, trials in ((0, 1), (1, 1), (0, 20), (20, 20), (3, 10), (7, 15), (150, 1000), (99999, 100000)):
    for level in (0.8, 0.95, 0.999):
        result = stats.binomtest(successes, trials)
        wilson, exact = (result.proportion_ci(level, method) for method in ("wilson", "exact"))
        proportions.append({
            "successes": successes, "trials": trials, "level": level,
            "wilson": [wilson.low, wilson.high], "exact": [exact.low, exact.high]})

means = []
for numbers in (drawn(2), drawn(30, 5), drawn(1000, -3, 10)):
    low, high = stats.t.interval(0.99, len(numbers) - 1, np.mean(numbers), stats.sem(numbers))
    means.append({
        "numbers": numbers, "mean": np.mean(numbers), "deviation": np.std(numbers, ddof=1),
        "low": low, "high": high})

tails = [1e-12, 1e-6, 0.0005, 0.025, 0.3, 0.5, 0.9, 0.999999]
student = [
    {"degrees": degrees, "tail": tail, "quantile": stats.t.isf(tail, degrees)}
    for degrees in (1, 2, 2.5, 7.3, 28, 1000, 1e7) for tail in tails]
normal = [
    {"degrees": 0, "tail": tail, "quantile": stats.norm.isf(tail)} for tail in [1e-300, 1e-100] + tails]

json.dump({
    "welch": welch, "paired": paired, "wilcoxon": wilcoxon, "rankSum": rank_sum, "spearman": spearman,
    "proportions": proportions, "means": means, "student": student, "normal": normal}, sys.stdout, default=float)

"""Shares, answers and plans of tests, against statsmodels.stats and scipy.stats."""

import itertools

import numpy as np
import statsmodels.api as sm
from scipy import stats
from scipy.optimize import brentq
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import NormalIndPower, normal_power
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    proportions_ztest,
)
from statsmodels.stats.weightstats import DescrStatsW

from .question import Question, inference
from .regression import fitted


def questions(rng):
    yield arms(rng)
    yield whole_districts(rng)
    yield people(rng)
    yield from share(rng)
    yield grades(rng)
    yield strata(rng)
    yield cross(rng)
    yield plan(rng)


def bounds(successes, trials, method="wilson", level=0.95):
    low, high = proportion_confint(successes, trials, 1 - level, method)
    return {"low": low, "high": high}


def detectable(n, treated_share, deviation, power=0.8, level=0.95):
    """The upper tail alone is asked for, as everyone's table has it."""
    size = n * treated_share * (1 - treated_share)
    lacking = lambda effect: power - normal_power(
        effect, size, (1 - level) / 2, alternative="larger"
    )
    return brentq(lacking, 0, 10, xtol=1e-14) * deviation


def arms(rng):
    trials = rng.integers(50, 900, 2)
    won = rng.binomial(trials, [0.31, 0.22])
    low, high = confint_proportions_2indep(
        won[0], trials[0], won[1], trials[1], method="wald", compare="diff"
    )
    chi_root, p = proportions_ztest(won, trials)
    every = won.sum() / trials.sum()
    return Question(
        "rct of shares with arms of unlike size",
        "rct",
        {"arm": [1, 0], "won": won, "sent": trials},
        {"form": "shares", "successes": "won", "trials": "sent", "treated": "arm"},
        {
            "estimate": won[0] / trials[0] - won[1] / trials[1],
            "interval": {"low": low, "high": high},
            "pValue": p,
            "details": {
                "chiSquare": chi_root**2,
                "arms": [bounds(w, t) for w, t in zip(won, trials)],
                "minimumDetectable": detectable(
                    trials.sum(), trials[0] / trials.sum(), np.sqrt(every * (1 - every))
                ),
            },
        },
        1e-7,
    )


def moved(sums, sizes, chosen):
    own = np.isin(np.arange(len(sums)), chosen)
    return abs(sums[own].sum() / sizes[own].sum() - sums[~own].sum() / sizes[~own].sum())


def by_assignment(sums, sizes, treated):
    """The share of all assignments that move the means as far."""
    most = moved(sums, sizes, treated) * (1 - 1e-9)
    ways = itertools.combinations(range(len(sums)), len(treated))
    return float(np.mean([moved(sums, sizes, one) >= most for one in ways]))


def means(name, y, arm, errors, answer, **more):
    result = fitted(y, sm.add_constant(arm), errors)
    columns = {"y": y, "arm": arm.astype(int)}
    if "groups" in errors:
        columns["district"] = [f"d{i}" for i in errors["groups"]]
        more = {"cluster": "district", **more}
    spec = {"form": "means", "outcome": "y", "treated": "arm", **more}
    return Question(name, "rct", columns, spec, {**inference(result, 1), **answer})


def whole_districts(rng):
    district = np.repeat(np.arange(9), [4, 9, 2, 30, 5, 5, 11, 3, 7])
    arm = np.isin(district, [1, 4, 6, 8]).astype(float)
    y = rng.poisson(np.exp(1 + 0.4 * arm + 0.3 * rng.normal(size=9)[district])).astype(float)
    sums, sizes = np.bincount(district, y), np.bincount(district)
    p = by_assignment(sums, sizes, [1, 4, 6, 8])
    drawn = {"pValue": p, "draws": 126, "exact": True}
    return means(
        "rct of nine whole districts with every other lot",
        y,
        arm,
        {"kind": "cluster", "groups": district},
        {"clusters": 9, "details": {"randomisation": drawn}},
    )


def people(rng):
    arm = (np.arange(13) < 4).astype(float)
    y = np.round(5 + 2 * arm + rng.standard_t(3, 13), 1)
    drawn = {"pValue": by_assignment(y, np.ones(13), range(4)), "draws": 715}
    return means(
        "rct of thirteen people with ties",
        y,
        arm,
        {"kind": "HC2"},
        {"details": {"randomisation": drawn}},
    )


def share(rng):
    n = int(rng.integers(30, 5000))
    for won, trials, level in [(0, 9, 0.95), (14, 14, 0.8), (int(0.07 * n), n, 0.99)]:
        yield Question(
            f"survey share of {won} in {trials}, Wilson and Clopper-Pearson",
            "survey",
            {"won": [won], "asked": [trials]},
            {"form": "share", "successes": "won", "trials": "asked", "level": level},
            {
                "interval": bounds(won, trials, "wilson", level),
                "details": {"clopperPearson": bounds(won, trials, "beta", level)},
            },
        )


def graded(answers):
    low, high = DescrStatsW(answers).tconfint_mean()
    return {"mean": np.mean(answers), "interval": {"low": low, "high": high}}


def grades(rng):
    answer = rng.choice([1, 2, 3, 4, 5], 140, p=[0.05, 0.1, 0.2, 0.4, 0.25])
    group = rng.random(140) < 0.25
    top = answer >= 4
    own, others = answer[group], answer[~group]
    z, p = proportions_ztest(
        [top[group].sum(), top[~group].sum()], [group.sum(), (~group).sum()]
    )
    test = stats.mannwhitneyu(own, others, use_continuity=False, method="asymptotic")
    whole = graded(answer)
    return Question(
        "survey grades in two groups, with Mann and Whitney's test",
        "survey",
        {"answer": answer, "young": group.astype(int)},
        {"form": "grades", "answer": "answer", "group": "young"},
        {
            "estimate": whole["mean"],
            "interval": whole["interval"],
            "details": {
                "groups": {
                    "group": {**graded(own), "top2": bounds(top[group].sum(), group.sum())},
                    "others": graded(others),
                    "top2": {"chiSquare": z**2, "pValue": p},
                    "mannWhitney": {"statistic": test.statistic, "pValue": test.pvalue},
                }
            },
        },
    )


def strata(rng):
    """Three strata of unlike size and population."""
    sizes, people = {"20-39": 12, "40-64": 40, "65-": 71}, {"20-39": 52000, "40-64": 71000, "65-": 33000}
    answers = {name: rng.integers(1, 6, size) for name, size in sizes.items()}
    total = sum(people.values())
    mean = sum(people[name] / total * one.mean() for name, one in answers.items())
    variance = sum(
        (people[name] / total) ** 2 * one.var(ddof=1) / len(one) for name, one in answers.items()
    )
    width = stats.t.ppf(0.975, sum(sizes.values()) - 3) * np.sqrt(variance)
    weights = np.concatenate(
        [np.full(size, people[name] / size) for name, size in sizes.items()]
    )
    kish = len(weights) * np.sum(weights**2) / weights.sum() ** 2
    return Question(
        "survey grades brought to the population",
        "survey",
        {
            "answer": np.concatenate(list(answers.values())),
            "age": [name for name, size in sizes.items() for _ in range(size)],
        },
        {"form": "grades", "answer": "answer", "stratum": "age", "population": people},
        {
            "estimate": mean,
            "interval": {"low": mean - width, "high": mean + width},
            "details": {"weighted": {"standardError": np.sqrt(variance), "designEffect": kish}},
        },
    )


def cross(rng):
    """Five ways to cut the answers; one tells nearly everything, far out in the tail."""
    n = 900
    cuts = {f"by{j}": rng.integers(0, 2 + j, n) for j in range(4)}
    cuts["sure"] = rng.integers(0, 2, n)
    high = rng.random(n) < 0.3 + 0.05 * cuts["by1"]
    high = np.where(rng.random(n) < 0.6, cuts["sure"] == 1, high)
    answer = np.where(high, rng.integers(4, 6, n), rng.integers(1, 4, n))
    tests = [
        stats.chi2_contingency(
            [[np.sum((cut == v) & (high == side)) for v in np.unique(cut)] for side in [0, 1]],
            correction=False,
        )
        for cut in cuts.values()
    ]
    corrected = multipletests([one.pvalue for one in tests], method="fdr_bh")[1]
    return Question(
        "survey answers by five columns, corrected for their number",
        "survey",
        {"answer": answer, **cuts},
        {"form": "cross", "answer": "answer", "by": list(cuts)},
        {
            "details": {
                "tests": [
                    {
                        "chiSquare": one.statistic,
                        "degrees": one.dof,
                        "pValue": one.pvalue,
                        "corrected": p,
                    }
                    for one, p in zip(tests, corrected)
                ]
            }
        },
    )


def plan(rng):
    y = rng.gamma(2, 3, 80)
    deviation = y.std(ddof=1)
    needed = NormalIndPower().solve_power(
        effect_size=0.7 / deviation,
        alpha=0.05,
        power=0.9,
        ratio=3,
        alternative="two-sided",
    )
    return Question(
        "power of a test with a quarter treated",
        "power",
        {"y": y},
        {
            "outcome": "y",
            "treated_share": 0.25,
            "power": 0.9,
            "n": 600,
            "effect": 0.7,
        },
        {
            "estimate": detectable(600, 0.25, deviation, 0.9),
            "interval": None,
            "details": {"neededForEffect": int(np.ceil(needed * 4))},
        },
        1e-7,
    )

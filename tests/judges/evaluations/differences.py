"""Differences in differences, against regressions with dummies and weights."""

import itertools

import numpy as np
import statsmodels.api as sm

from .question import Question, by_normal, inference
from .regression import fitted, wild


def questions(rng):
    yield from two_by_two(rng)
    yield changes(rng)
    yield torn_panel(rng)
    yield rotating_panel(rng)
    yield parted_panel(rng)
    yield few_units(rng)
    yield from staggered(rng)
    yield counts(rng)


def two_by_two(rng):
    n = 150
    group, post = (rng.random(n) < 0.3).astype(float), (rng.random(n) < 0.6).astype(float)
    year = np.where(post == 1, rng.integers(2020, 2023, n), rng.integers(2014, 2020, n))
    town = rng.integers(0, 4, n) + 4 * group
    y = 10 + group + post + 2 * group * post + (1 + 2 * group) * rng.normal(size=n)
    x = np.column_stack([np.ones(n), group, post, group * post])
    before = post == 0
    trend = year[before] - 2014.0
    own = group[before]
    trends = np.column_stack([np.ones(len(own)), own, trend, own * trend])
    lines = {"y": y, "group": group.astype(int), "year": year, "town": [f"t{i:.0f}" for i in town]}
    spec = {
        "form": "two_by_two",
        "outcome": "y",
        "treated": "group",
        "post": {"column": "year", "at_least": 2020},
        "period": "year",
    }
    for errors in [{"kind": "HC3"}, {"kind": "cluster", "by": "town"}]:
        few = errors["kind"] == "cluster"
        by = {**errors, "groups": town}
        slopes = fitted(y[before], trends, {**errors, "groups": town[before]})
        answer = {
            **inference(fitted(y, x, by), 3),
            "assumptions": [{"estimate": slopes.params[3], "pValue": slopes.pvalues[3]}, {}],
        }
        if few:
            answer["details"] = {
                "fewClusters": {
                    "wildBootstrap": {"pValue": wild(y, x, 3, town), "exact": True},
                    "randomisation": {"pValue": reassigned(y, group, post, town), "draws": 70},
                }
            }
        yield Question(
            f"did of rows, unbalanced, with {errors['kind']} errors and slopes before",
            "did",
            lines,
            {**spec, "errors": errors, **({"few_clusters": {}} if few else {})},
            answer,
        )


def reassigned(y, group, post, town):
    """Every other choice of as many whole towns, by means of the four cells."""
    towns = np.unique(town)
    treated = [one for one in towns if group[town == one][0] == 1]

    def change(chosen):
        own = np.isin(town, chosen)
        of = lambda side: y[side & (post == 1)].mean() - y[side & (post == 0)].mean()
        return abs(of(own) - of(~own))

    most = change(treated) * (1 - 1e-9)
    ways = itertools.combinations(towns, len(treated))
    return float(np.mean([change(one) >= most for one in ways]))


def changes(rng):
    """Persons seen twice, some once, with unlike variances of the groups."""
    people = 60
    treated = (np.arange(people) % 3 == 0).astype(float)
    base = rng.normal(size=people)
    after = base + 1 + treated + (1 + 3 * treated) * rng.normal(size=people)
    rows = [(i, 0, base[i]) for i in range(people) if i % 11] + [
        (i, 1, after[i]) for i in range(people) if i % 13
    ]
    seen = [i for i in range(people) if i % 11 and i % 13]
    x = sm.add_constant(treated[seen])
    result = fitted((after - base)[seen], x, {"kind": "HC2"})
    who, post, y = zip(*rows)
    return Question(
        "did of persons' changes, some seen once",
        "did",
        {"who": who, "post": post, "y": y, "treated": [int(treated[i]) for i in who]},
        {
            "form": "changes",
            "outcome": "y",
            "unit": "who",
            "treated": "treated",
            "post": "post",
        },
        {**inference(result, 1), "n": len(seen)},
    )


def dummies(values):
    return (values[:, None] == np.unique(values)[None, :]).astype(float)


def design_of(unit, period, treatment):
    x = np.column_stack([treatment, dummies(unit), dummies(period)])
    # One dummy of each part of a panel is the others' combination.
    return x[:, np.abs(np.diag(np.linalg.qr(x, mode="r"))) > 1e-8]


def with_dummies(y, unit, period, treatment):
    x = design_of(unit, period, treatment)
    # The effects take in what is taken off, and digits are gained.
    return fitted(y - np.round(y.mean()), x, {"kind": "cluster", "groups": unit})


def treated(unit, period, starts):
    return np.array([float(p >= starts[u]) for u, p in zip(unit, period)])


def panel(name, y, unit, period, starts, **more):
    treatment = treated(unit, period, starts)
    return Question(
        name,
        "did",
        {
            "n": y,
            "city": [f"c{u}" for u in unit],
            "year": period,
            "on": treatment.astype(int),
        },
        {
            "form": "panel",
            "outcome": "n",
            "unit": "city",
            "period": "year",
            "treatment": "on",
            **more,
        },
        {
            **inference(with_dummies(y, unit, period, treatment), 0),
            "clusters": len(np.unique(unit)),
        },
    )


def torn_panel(rng):
    """A third of the rows are missing; amounts of 10⁹ with effects of some thousands."""
    units, periods = 24, 9
    unit, period = np.divmod(np.arange(units * periods), periods)
    kept = rng.random(len(unit)) < 0.67
    kept |= (unit < 2) | (period > 7)
    unit, period = unit[kept], period[kept]
    starts = {u: (5 if u % 3 == 0 else 99) for u in range(units)}
    y = (
        2e9
        + 3e4 * rng.normal(size=units)[unit]
        + 800.0 * period
        + 2500 * np.array([p >= starts[u] for u, p in zip(unit, period)])
        + 1000 * rng.normal(size=len(unit))
    )
    name = "did of a panel with a third of its rows missing and a mean of 2 billion"
    return panel(name, y, unit, period, starts)


def rotating_panel(rng):
    """Every unit stays for three of sixty months: nothing but neighbours are compared."""
    unit = np.repeat(np.arange(116), 3)
    period = np.repeat(np.arange(116) // 2, 3) + np.tile(np.arange(3), 116)
    starts = {u: (u // 2 + 1 + u % 3 // 2 if u % 4 == 1 else 999) for u in range(116)}
    y = 50 + 0.2 * period + rng.normal(size=116)[unit] + rng.normal(size=len(unit))
    return panel("did of a rotating panel of sixty months", y, unit, period, starts)


def parted_panel(rng):
    """Two regions that were never seen in the same year, and a unit seen once."""
    unit, period = np.divmod(np.arange(72), 6)
    period = period + 10 * (unit >= 6)
    unit, period = np.append(unit, 12), np.append(period, 3)
    starts = {u: (3 if u < 6 else 14) if u % 3 == 0 else 99 for u in range(13)}
    y = rng.normal(size=13)[unit] + 0.5 * period + rng.standard_t(4, 73)
    return panel("did of a panel in two parts that share no year", y, unit, period, starts)


def few_units(rng):
    """Eight units with gaps: every pattern of signs, every other choice of the treated."""
    unit, period = np.divmod(np.arange(56), 7)
    kept = (rng.random(56) < 0.8) | np.isin(period, [0, 3, 4])
    unit, period = unit[kept], period[kept]
    starts = {u: 4 if u in (1, 5, 6) else 99 for u in range(8)}
    y = rng.normal(size=8)[unit] + rng.normal(size=7)[period] + rng.normal(size=len(unit))
    asked = panel("did of a panel of eight units", y, unit, period, starts, few_clusters={})
    x = design_of(unit, period, treated(unit, period, starts))
    rest = sm.OLS(y, x[:, 1:]).fit().resid
    reach = lambda chosen: abs(rest[np.isin(unit, chosen) & (period >= 4)].sum())
    ways = [reach(one) for one in itertools.combinations(range(8), 3)]
    asked.expected["details"] = {
        "fewClusters": {
            "wildBootstrap": {"pValue": wild(y, x, 0, unit), "draws": 256},
            "randomisation": {
                "pValue": np.mean(np.array(ways) >= reach([1, 5, 6]) * (1 - 1e-9)),
                "draws": 56,
            },
        }
    }
    return asked


def staggered(rng):
    """Groups of unlike size at uneven years; one treated from the first year on."""
    years = np.array([2010, 2011, 2013, 2014, 2017, 2018])
    firsts = np.repeat([0, 2010, 2011, 2014, 2015, 2030], [7, 2, 3, 6, 2, 4])
    effect = rng.normal(size=(len(firsts), len(years))) + rng.normal(size=(len(firsts), 1))
    late = (firsts[:, None] > 0) & (years[None, :] >= firsts[:, None])
    y = effect + np.sqrt(years - 2009) + 2 * late * (years[None, :] - firsts[:, None] + 1)
    used = firsts != 2010
    for aggregate in ["simple", "group", "dynamic"]:
        value, error = influence(
            lambda weights: overall(y[used], firsts[used], years, weights, aggregate),
            int(used.sum()),
        )
        cells = [
            {"group": int(g), "period": int(years[t]), **by_normal(*own_cell(y, firsts, t, g, years))}
            for g in [2011, 2014, 2015]
            for t in range(1, len(years))
        ]
        yield Question(
            f"did that starts at several years, {aggregate} average",
            "did",
            {
                "n": y.ravel(),
                "city": [f"c{i}" for i in np.repeat(np.arange(len(firsts)), len(years))],
                "year": np.tile(years, len(firsts)),
                "first": np.repeat(firsts, len(years)),
            },
            {
                "form": "staggered",
                "outcome": "n",
                "unit": "city",
                "period": "year",
                "first_treated": "first",
                "aggregate": aggregate,
            },
            {**by_normal(value, error), "details": {"groupTime": cells}},
        )


def cell_changes(y, t, group, years):
    start = int(np.argmax(years >= group))
    return y[:, t] - y[:, min(t - 1, start - 1)]


def own_cell(y, firsts, t, group, years):
    """Two means and their variances, as any textbook has it."""
    change = cell_changes(y, t, group, years)
    own, others = change[firsts == group], change[firsts == 0]
    error = np.sqrt(own.var() / len(own) + others.var() / len(others))
    return own.mean() - others.mean(), error


def overall(y, firsts, years, weights, aggregate):
    """An average of effects in which every unit has a weight."""
    effects = []
    for group in np.unique(firsts[(firsts > 0) & (firsts <= years[-1])]):
        start = int(np.argmax(years >= group))
        share = weights[firsts == group].sum()
        for t in range(start, len(years)):
            change = cell_changes(y, t, group, years) * weights
            own = change[firsts == group].sum() / share
            others = change[firsts == 0].sum() / weights[firsts == 0].sum()
            effects.append((group, t - start, share, own - others))
    if aggregate == "simple":
        return sum(s * v for _, _, s, v in effects) / sum(s for _, _, s, _ in effects)
    key = 0 if aggregate == "group" else 1
    parts = []
    for name in sorted({one[key] for one in effects}):
        own = [(s, v) for *keys, s, v in effects if keys[key] == name]
        size = sum(s for s, _ in own)
        parts.append((own[0][0], sum(s * v for s, v in own) / size))
    if aggregate == "dynamic":
        return sum(v for _, v in parts) / len(parts)
    return sum(s * v for s, v in parts) / sum(s for s, _ in parts)


def influence(value_of, n):
    """Value and error by what a unit's weight moves, with a complex step."""
    even = np.full(n, 1 / n)
    moves = []
    for i in range(n):
        weights = even.astype(complex)
        weights[i] += 1e-30j
        moves.append(value_of(weights).imag / 1e-30)
    moves = np.array(moves)
    return value_of(even), np.sqrt(np.sum((moves - moves.mean()) ** 2)) / n


def counts(rng):
    """Counts in several rows a cell, against a generalised linear model."""
    group, post = np.array([[1, 1], [1, 0], [0, 1], [0, 0]] * 3).T
    trials = rng.integers(20, 400, 12)
    successes = rng.binomial(trials, 0.2 + 0.1 * group + 0.1 * post + 0.07 * group * post)
    x = np.column_stack([np.ones(12), group, post, group * post]).astype(float)
    both = np.column_stack([successes, trials - successes])
    odds = sm.GLM(both, x, family=sm.families.Binomial()).fit(tol=1e-14)
    straight = sm.GLM(
        both, x, family=sm.families.Binomial(sm.families.links.Identity())
    ).fit(start_params=[0.2, 0.1, 0.1, 0.07], tol=1e-14)
    return Question(
        "did of counts, against binomial models of shares and of log odds",
        "did",
        {"won": successes, "asked": trials, "group": group, "post": post},
        {
            "form": "counts",
            "successes": "won",
            "trials": "asked",
            "treated": "group",
            "post": "post",
        },
        {
            **inference(straight, 3),
            "n": int(trials.sum()),
            "details": {"logOddsInteraction": inference(odds, 3)},
        },
    )

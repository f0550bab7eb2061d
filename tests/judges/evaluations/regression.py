"""Regressions and designs that are one, against statsmodels."""

import itertools

import numpy as np
import statsmodels.api as sm
from statsmodels.stats.stattools import durbin_watson

from .question import Question, inference

KINDS = ["HC0", "HC1", "HC2", "HC3"]


def fitted(y, x, errors, weights=None):
    """A fit with the errors that a specification names."""
    model = sm.OLS(y, x) if weights is None else sm.WLS(y, x, weights=weights)
    kind = errors["kind"]
    if kind == "classical":
        return model.fit()
    if kind in KINDS:
        return model.fit(cov_type=kind, use_t=True)
    if kind == "cluster":
        keys = {"groups": np.unique(errors["groups"], return_inverse=True)[1]}
        return model.fit(cov_type="cluster", cov_kwds=keys, use_t=True)
    keys = {"maxlags": errors["lags"], "use_correction": False}
    return model.fit(cov_type="HAC", cov_kwds=keys, use_t=True)


def questions(rng):
    yield from ols(rng)
    yield poisson_counts(rng)
    yield clusters(rng)
    yield interrupted(rng)
    yield seasonal(rng)
    yield discontinuity(rng)


def ols(rng):
    """Covariates of very different size, one nearly a combination of two others."""
    n = 83
    a, b = rng.normal(size=n), rng.exponential(3, n)
    c = a + 1e-3 * rng.normal(size=n) - b
    year = 2000.0 + rng.integers(0, 25, n)
    y = 4e6 + 3 * a - b + 2e3 * year + (1 + b) * rng.standard_t(4, n)
    lines = {"y": y, "a": a, "b": b, "c": c, "year": year}
    x = sm.add_constant(np.column_stack([a, b, c, year]))
    for kind in ["classical", *KINDS]:
        level = 0.9 if kind == "HC2" else 0.95
        result = fitted(y, x, {"kind": kind})
        coefficients = [inference(result, j, level) for j in range(5)]
        at = [1, 0.5, 2.0, -1.4, 2031.0]
        told = sm.OLS(y, x).fit().get_prediction([at]).summary_frame(alpha=1 - level)
        yield Question(
            f"ols with {kind} errors and a covariate that is nearly two others",
            "ols",
            lines,
            {
                "outcome": "y",
                "terms": ["a", "b", "c", "year"],
                "estimate": "b",
                "errors": {"kind": kind},
                "level": level,
                "predict": [dict(zip(["a", "b", "c", "year"], at[1:]))],
            },
            {
                **coefficients[2],
                "n": n,
                "details": {
                    "coefficients": coefficients,
                    "rSquared": result.rsquared,
                    "fStatistic": sm.OLS(y, x).fit().fvalue,
                    "fPValue": sm.OLS(y, x).fit().f_pvalue,
                    "predictions": [
                        {
                            "value": told["mean"].iloc[0],
                            "low": told["obs_ci_lower"].iloc[0],
                            "high": told["obs_ci_upper"].iloc[0],
                        }
                    ],
                },
            },
            # What a condition of 1e4 leaves beside a mean of 4e6.
            1e-6,
        )


def poisson_counts(rng):
    """Counts with ties and missing values in time; errors that are not independent."""
    n, lags = 70, 4
    month = np.cumsum(rng.integers(1, 4, n))
    heat = np.round(20 + 8 * np.sin(month / 6) + rng.normal(size=n))
    drift = np.convolve(rng.normal(size=n + 3), np.ones(4), "valid")
    y = rng.poisson(np.exp(1 + 0.05 * heat + 0.3 * drift)).astype(float)
    gone = rng.random(n) < 0.1
    x = sm.add_constant(np.column_stack([heat, month]))[~gone]
    result = fitted(y[~gone], x, {"kind": "newey-west", "lags": lags})
    return Question(
        "ols of Poisson counts with Newey-West errors and missing months",
        "ols",
        {
            "visits": [None if out else one for one, out in zip(y, gone)],
            "heat": heat,
            "month": month,
        },
        {
            "outcome": "visits",
            "terms": ["heat", "month"],
            "estimate": "heat",
            "errors": {"kind": "newey-west", "order": "month", "lags": lags},
        },
        {**inference(result, 1), "n": int((~gone).sum())},
    )


def clusters(rng):
    """Seven clusters of unlike size; the bootstrap goes through all patterns of signs."""
    sizes = [2, 3, 3, 8, 15, 21, 40]
    shop = np.repeat(np.arange(7), sizes)
    n = len(shop)
    price = rng.normal(size=7)[shop] + rng.normal(size=n)
    hours = rng.integers(0, 3, n).astype(float)
    y = 1 + 0.4 * price + rng.normal(size=7)[shop] + rng.normal(size=n)
    x = sm.add_constant(np.column_stack([price, hours]))
    result = fitted(y, x, {"kind": "cluster", "groups": shop})
    return Question(
        "ols with seven clusters and the wild bootstrap of every sign",
        "ols",
        {"y": y, "price": price, "hours": hours, "shop": [f"店{i}" for i in shop]},
        {
            "outcome": "y",
            "terms": ["price", "hours"],
            "estimate": "price",
            "errors": {"kind": "cluster", "by": "shop"},
            "few_clusters": {},
        },
        {
            **inference(result, 1),
            "clusters": 7,
            "details": {
                "fewClusters": {
                    "wildBootstrap": {
                        "pValue": wild(y, x, 1, shop),
                        "draws": 2**7,
                        "exact": True,
                    }
                }
            },
        },
    )


def wild(y, x, place, groups):
    """The share of all sign patterns whose t is as large, fitted one by one."""
    errors = {"kind": "cluster", "groups": groups}
    names, codes = np.unique(groups, return_inverse=True)
    null = sm.OLS(y, np.delete(x, place, axis=1)).fit()
    most = abs(fitted(y, x, errors).tvalues[place]) * (1 - 1e-9)
    patterns = itertools.product([-1.0, 1.0], repeat=len(names))
    reached = [
        abs(
            fitted(null.fittedvalues + np.array(signs)[codes] * null.resid, x, errors)
            .tvalues[place]
        )
        >= most
        for signs in patterns
    ]
    return float(np.mean(reached))


def waves(time, period, harmonics):
    angles = [2 * np.pi * k * time / period for k in range(1, harmonics + 1)]
    return [wave(angle) for angle in angles for wave in (np.sin, np.cos)]


def series_design(time, start, change, season=None):
    after = (time >= start).astype(float)
    since = time - start
    columns = [np.ones(len(time)), after]
    if change != "level":
        columns.append(since)
    if change == "level_and_slope":
        columns.append(after * since)
    return np.column_stack([*columns, *(waves(time, *season) if season else [])])


def interrupted(rng):
    """A series with a gap and autocorrelated errors, given in no order."""
    time = np.delete(np.arange(24300.0, 24372.0), [20, 21, 22, 50])
    n, start, lags = len(time), 24338, 3
    noise = np.zeros(n)
    for i, one in enumerate(rng.normal(size=n)):
        noise[i] = 0.6 * noise[i - 1] + one
    y = 200 + 0.3 * (time - 24300) - 4 * (time >= start) + 3 * noise
    x = series_design(time, start, "level_and_slope")
    result = fitted(y, x, {"kind": "newey-west", "lags": lags})
    before = time < start
    half = time[before][before.sum() // 2]
    placebo = fitted(
        y[before],
        series_design(time[before], half, "level_and_slope"),
        {"kind": "newey-west", "lags": lags},
    )
    every = [
        {"change": change, **inference(fitted(y, series_design(time, start, change), errors), 1)}
        for change in ["level", "level_with_trend", "level_and_slope"]
        for errors in [{"kind": "classical"}, {"kind": "newey-west", "lags": lags}]
    ]
    order = rng.permutation(n)
    return Question(
        "its with gaps, autocorrelated errors and rows in no order",
        "its",
        {"n": y[order], "month": time[order]},
        {
            "outcome": "n",
            "time": "month",
            "interruption": start,
            "change": "level_and_slope",
            "errors": {"kind": "newey-west", "lags": lags},
        },
        {
            **inference(result, 1),
            "assumptions": [
                {"estimate": durbin_watson(result.resid)},
                {"estimate": placebo.params[1], "pValue": placebo.pvalues[1]},
                {},
            ],
            "details": {"changeOfSlope": inference(result, 3), "specifications": every},
        },
    )


def seasonal(rng):
    time = np.arange(2.0, 64.0)
    y = rng.poisson(60 + 9 * np.sin(2 * np.pi * time / 12) + 8 * (time >= 40)).astype(float)
    x = series_design(time, 40, "level_with_trend", (12, 2))
    result = sm.OLS(y, x).fit()
    return Question(
        "its of counts with two pairs of waves, classical errors",
        "its",
        {"n": y, "month": time},
        {
            "outcome": "n",
            "time": "month",
            "interruption": 40,
            "change": "level_with_trend",
            "season": {"period": 12, "harmonics": 2},
            "errors": {"kind": "classical"},
        },
        {
            **inference(result, 1),
            "details": {"coefficients": [inference(result, j) for j in range(7)]},
        },
    )


def discontinuity(rng):
    """Ages in whole years, so that many rows stand at the cutoff and at the edge."""
    n, cutoff, width = 400, 65, 10
    age = rng.integers(40, 90, n).astype(float)
    y = 5 + 0.1 * age + 2 * (age < cutoff) + rng.exponential(1 + 0.05 * age)

    def jump(bandwidth):
        x = age - cutoff
        near = np.abs(x) < bandwidth
        x = x[near]
        treated = (x < 0).astype(float)
        design = np.column_stack([np.ones(len(x)), treated, x, treated * x])
        weights = 1 - np.abs(x) / bandwidth
        return inference(fitted(y[near], design, {"kind": "HC3"}, weights), 1)

    return Question(
        "rd by weighted least squares with ties at the cutoff and at the edge",
        "rd",
        {"use": y, "age": age},
        {
            "outcome": "use",
            "running": "age",
            "cutoff": cutoff,
            "bandwidth": width,
            "treated_side": "below",
            "errors": "HC3",
        },
        {
            **jump(width),
            "details": {
                "bandwidths": [jump(factor * width) for factor in [0.5, 0.75, 1, 1.5, 2]]
            },
        },
    )

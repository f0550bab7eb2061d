"""Series carried on, against statsmodels' models of smoothing and state space."""

import numpy as np
import pandas as pd
import statsmodels.api as sm
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.statespace.structural import UnobservedComponents

from .question import Question

STEPS = 5


def questions(rng):
    y = 80 + np.cumsum(rng.normal(size=60)) + 2 * rng.normal(size=60)
    yield line(y)
    yield walk(y)
    yield level(y)
    yield ets(y)
    yield holt(y)
    yield holt_winters(rng, 2)
    yield holt_winters(rng, 5)


def question(name, y, model, expected, precision=1e-8):
    return Question(
        f"forecast {name}",
        "forecast",
        {"n": y, "month": np.arange(len(y))},
        {"outcome": "n", "time": "month", "steps": STEPS, "model": model},
        expected,
        precision,
    )


def line(y):
    time = np.arange(len(y) + STEPS, dtype=float)
    x = sm.add_constant(time)
    told = sm.OLS(y, x[: len(y)]).fit().get_prediction(x[len(y) :]).summary_frame()
    return question(
        "by a line, with intervals of a new value",
        y,
        {"kind": "linear"},
        {
            "details": {
                "predictions": [
                    {"value": v, "low": low, "high": high}
                    for v, low, high in told[["mean", "obs_ci_lower", "obs_ci_upper"]].values
                ]
            }
        },
    )


def walk(y):
    """The local level, whose variances an optimiser finds."""
    model = UnobservedComponents(y, "llevel", use_exact_diffuse=True)
    result = model.fit(disp=False, maxiter=2000, gtol=1e-9)
    told = result.get_forecast(STEPS).summary_frame()
    observation, step = result.params
    return question(
        "by a local level",
        y,
        {"kind": "local-level"},
        {
            "estimate": told["mean"].iloc[-1],
            "interval": {
                "low": told["mean_ci_lower"].iloc[-1],
                "high": told["mean_ci_upper"].iloc[-1],
            },
            "details": {"observation": observation, "step": step},
        },
        1e-3,
    )


def smoothed(y, parameters, **model):
    """Values, intervals and misses of a model whose parameters are given."""
    found = ETSModel(pd.Series(y), error="add", initialization_method="known", **model)
    result = found.smooth(parameters)
    ahead = result.get_prediction(len(y), len(y) + STEPS - 1).summary_frame(alpha=0.05)
    return {
        "details": {
            "predictions": [
                {"value": value, "low": low, "high": high}
                for value, low, high in ahead[["mean", "pi_lower", "pi_upper"]].values
            ],
            "sumOfSquares": result.sse,
        }
    }


def level(y):
    answer = smoothed(y[1:], [0.35], initial_level=y[0])
    return question("by smoothing of the level", y, {"kind": "level", "alpha": 0.35}, answer)


def holt(y):
    alpha, beta = 0.4, 0.2
    answer = smoothed(
        y[2:],
        [alpha, alpha * beta],
        trend="add",
        initial_level=y[1],
        initial_trend=y[1] - y[0],
    )
    return question(
        "by Holt's trend", y, {"kind": "holt", "alpha": alpha, "beta": beta}, answer
    )


def ets(y):
    result = ETSModel(y, error="add").fit(disp=False, maxiter=5000, tol=1e-12, pgtol=1e-9)
    answer = {
        "estimate": result.forecast(STEPS)[-1],
        "details": {"alpha": result.params[0]},
    }
    return question(
        "by ETS(A,N,N), which an optimiser fits", y, {"kind": "ets-ann"}, answer, 1e-3
    )


def holt_winters(rng, period):
    """Starting values as R decomposes the first two years, written anew."""
    alpha, beta, gamma = 0.3, 0.1, 0.5
    time = np.arange(30)
    y = 100 + time + np.array([12, -3, -14, 5, 2])[time % period] + rng.normal(size=30)
    first, half = y[: 2 * period], period // 2
    around = np.ones(2 * half + 1)
    if period % 2 == 0:
        around[[0, -1]] = 0.5
    moving = np.convolve(first, around / period, "valid")
    off = np.full(2 * period, np.nan)
    off[half:-half] = first[half:-half] - moving
    figure = np.nanmean(off.reshape(2, period), axis=0)
    slope, level = np.polyfit(np.arange(1, len(moving) + 1), moving, 1)
    answer = smoothed(
        y[period:],
        # Shares of the miss: R smooths the season by what the new level left.
        [alpha, alpha * beta, gamma * (1 - alpha)],
        trend="add",
        seasonal="add",
        seasonal_periods=period,
        initial_level=level,
        initial_trend=slope,
        initial_seasonal=figure - figure.mean(),
    )
    smoothing = {"alpha": alpha, "beta": beta, "gamma": gamma}
    model = {"kind": "holt-winters", "season": "additive", "period": period, **smoothing}
    return question(f"by Holt and Winters' additive season of {period}", y, model, answer)

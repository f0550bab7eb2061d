"""Mixes of other units: a quadratic programme in scipy, and synthdid's steps in numpy."""

import numpy as np
from scipy.optimize import minimize

from .question import Question, by_normal


def questions(rng):
    yield control(rng)
    yield from synthetic_did(rng)


def table(y, names, years):
    return {
        "n": y.ravel(),
        "city": np.repeat(names, len(years)).tolist(),
        "year": np.tile(years, len(names)),
    }


def control(rng):
    """Integers with ties; the treated one lies outside what the others can mix."""
    years, names = np.arange(2005, 2025), [f"c{i}" for i in range(9)]
    y = np.round(
        100 + 20 * rng.normal(size=(9, 1)) + np.cumsum(3 * rng.normal(size=(9, 20)), axis=1)
    )
    y[3] = y[5] + 1
    before = 14
    own, others = y[0], y[1:]
    weights = simplex(others[:, :before], own[:before])
    gaps = own - weights @ others
    placebos = [gap_of(y, i, before) for i in range(1, 9)]
    ratios = [ratio_of(one, before) for one in placebos]
    rank = 1 + sum(one >= ratio_of(gaps, before) for one in ratios)
    effects = np.array([one[before:].mean() for one in placebos])
    answer = by_normal(gaps[before:].mean(), effects.std())
    named = [(w, i) for i, w in enumerate(weights, 1) if w > 1e-9]
    return Question(
        "sc against a quadratic programme, with ranks of placebos",
        "sc",
        table(y, names, years),
        {
            "outcome": "n",
            "unit": "city",
            "period": "year",
            "treated": "c0",
            "from": 2005 + before,
        },
        {
            **answer,
            "pValue": rank / 9,
            "details": {
                "rank": rank,
                "rmspeBefore": np.sqrt(np.mean(gaps[:before] ** 2)),
                "gaps": [{"period": int(p), "gap": g} for p, g in zip(years, gaps)],
                "weights": [
                    {"unit": f"c{i}", "weight": w} for w, i in sorted(named, reverse=True)
                ],
            },
        },
        1e-7,
    )


def gap_of(y, place, before):
    others = np.delete(y, place, axis=0)
    return y[place] - simplex(others[:, :before], y[place, :before]) @ others


def ratio_of(gaps, before):
    return np.mean(gaps[before:] ** 2) / np.mean(gaps[:before] ** 2)


def simplex(points, target):
    """SLSQP finds who is in the mix; the equations of those give the digits."""
    n = len(points)
    scale = np.abs(points).max()
    a, b = points.T / scale, target / scale
    found = minimize(
        lambda w: np.sum((a @ w - b) ** 2),
        np.full(n, 1 / n),
        jac=lambda w: 2 * a.T @ (a @ w - b),
        bounds=[(0, 1)] * n,
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1, "jac": np.ones_like},
        method="SLSQP",
        options={"ftol": 1e-16, "maxiter": 2000},
    )
    support = np.flatnonzero(found.x > 1e-5)
    own, size = a[:, support], len(support)
    system = np.zeros((size + 1, size + 1))
    system[:size, :size] = own.T @ own
    system[:size, size] = system[size, :size] = 1
    weights = np.zeros(n)
    weights[support] = np.linalg.solve(system, [*(own.T @ b), 1])[:size]
    pull = a.T @ (a @ weights - b)
    if weights.min() < 0 or pull.min() < weights @ pull - 1e-9:
        raise ValueError("the quadratic programme has not found its end")
    return weights


def synthetic_did(rng):
    years, names = np.arange(2000, 2018), [f"c{i}" for i in range(12)]
    factor = np.cumsum(rng.normal(size=18))
    y = 50 + 5 * rng.normal(size=(12, 1)) + rng.normal(size=(12, 1)) * factor
    y += rng.normal(size=y.shape)
    before = 11
    y[:2, before:] -= 4
    for treated in [["c0"], ["c0", "c1"]]:
        m = len(treated)
        rows = y if m == 2 else np.delete(y, 1, axis=0)
        own, others = rows[:m], rows[m:]
        n = len(others)
        placebos = []
        for first in range(n):
            taken = [(first + i) % n for i in range(m)]
            rest = np.delete(others, taken, axis=0)
            placebos.append(steps(others[taken], rest, before))
        answer = by_normal(steps(own, others, before), np.std(placebos, ddof=1))
        kept = names if m == 2 else names[:1] + names[2:]
        yield Question(
            f"sdid with {m} treated, by the steps of synthdid",
            "sdid",
            table(rows, kept, years),
            {
                "outcome": "n",
                "unit": "city",
                "period": "year",
                "treated": treated,
                "from": 2000 + before,
            },
            {**answer, "details": {"placebos": placebos}},
            1e-7,
        )


def steps(treated, others, before):
    """Arkhangelsky and others (2021) with the settings of the R package."""
    noise = np.diff(others[:, :before], axis=1).std(ddof=1)
    after = others.shape[1] - before
    own = treated.mean(axis=0)
    late = others[:, before:].mean(axis=1)
    periods = improved(others[:, :before], late, 1e-6 * noise, 1e-5 * noise)
    strength = (len(treated) * after) ** 0.25 * noise
    units = improved(others[:, :before].T, own[:before], strength, 1e-5 * noise)
    gap = own - units @ others
    return gap[before:].mean() - periods @ gap[:before]


def improved(a, b, zeta, least):
    """Frank and Wolfe's steps, small weights dropped after the first hundred."""
    a, b = a - a.mean(axis=0), b - b.mean()
    weights = rounds(a, b, zeta, least, np.full(a.shape[1], 1 / a.shape[1]), 100)
    weights = np.where(weights <= weights.max() / 4, 0, weights)
    return rounds(a, b, zeta, least, weights / weights.sum(), 10_000)


def rounds(a, b, zeta, least, weights, most):
    eta = len(b) * zeta**2
    values = []
    while len(values) < most and (len(values) < 2 or values[-2] - values[-1] > least**2):
        miss = a @ weights - b
        gradient = miss @ a + eta * weights
        move = -weights
        move[np.argmin(gradient)] += 1
        if move.any():
            along = a @ move
            length = -(gradient @ move) / (along @ along + eta * move @ move)
            weights = weights + min(1, max(0, length)) * move
        miss = a @ weights - b
        values.append(zeta**2 * weights @ weights + miss @ miss / len(b))
    return weights

"""A question for `hiraku evaluate`, with what others' methods answer to it."""

import math
from dataclasses import dataclass, field

import numpy as np
from scipy import stats


@dataclass
class Question:
    name: str
    design: str
    # A list of values for every column of the file; None is missing.
    columns: dict
    spec: dict
    # What the answer must hold, in the answer's own shape.
    expected: dict = field(default_factory=dict)
    # Share of a standard error, or of the number itself, that may be missed.
    precision: float = 1e-8


def csv_of(columns):
    lines = [",".join(columns)]
    lines += [",".join(map(text_of, row)) for row in zip(*columns.values(), strict=True)]
    return "\n".join(lines) + "\n"


def text_of(value):
    if value is None:
        return "NA"
    return value if isinstance(value, str) else repr(value.item() if hasattr(value, "item") else value)


def inference(result, place, level=0.95):
    """One coefficient of statsmodels as our answer tells it."""
    low, high = np.asarray(result.conf_int(alpha=1 - level))[place]
    return {
        "estimate": np.asarray(result.params)[place],
        "standardError": np.asarray(result.bse)[place],
        "interval": {"level": level, "low": low, "high": high},
        "statistic": np.asarray(result.tvalues)[place],
        "pValue": np.asarray(result.pvalues)[place],
        "degreesOfFreedom": degrees_of(result),
    }


def degrees_of(result):
    if not result.use_t:
        return None
    return getattr(result, "df_resid_inference", None) or result.df_resid


def by_normal(estimate, error, level=0.95):
    width = stats.norm.ppf((1 + level) / 2) * error
    return {
        "estimate": estimate,
        "standardError": error,
        "interval": {"level": level, "low": estimate - width, "high": estimate + width},
        "pValue": 2 * stats.norm.sf(abs(estimate / error)),
        "degreesOfFreedom": None,
    }


def misses(expected, found, precision, place="", scale=0.0):
    """Where an answer is not what is expected; it may hold more."""
    if isinstance(expected, dict):
        if not isinstance(found, dict):
            return [f"{place}: {found!r} where an object was expected"]
        own = expected.get("standardError", scale)
        return [
            one
            for key, value in expected.items()
            for one in misses(value, found.get(key), precision, f"{place}.{key}", own)
        ]
    if isinstance(expected, (list, tuple, np.ndarray)):
        if not isinstance(found, list) or len(found) != len(expected):
            return [f"{place}: not a list of {len(expected)}"]
        return [
            one
            for i, value in enumerate(expected)
            for one in misses(value, found[i], precision, f"{place}[{i}]", scale)
        ]
    if expected is None or isinstance(expected, (str, bool)):
        return [] if found == expected else [f"{place}: {found!r}, not {expected!r}"]
    if not isinstance(found, (int, float)) or isinstance(found, bool):
        return [f"{place}: {found!r}, not {float(expected)!r}"]
    # A p-value far out in a tail is told by its own size.
    told = "pvalue" in place.lower() or place.endswith("corrected")
    size = abs(expected) * 100 if told else max(abs(expected), scale)
    near = math.isfinite(found) and abs(found - expected) <= precision * size + 1e-290
    return [] if near else [f"{place}: {found!r}, not {float(expected)!r}"]

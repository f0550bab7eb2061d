"""statsmodels and scipy answer what `hiraku evaluate` is asked, in one voice or not."""

import json
import subprocess
import sys
import tempfile
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from case import expect, judge, load, the_case
from evaluations import differences, forecasts, regression, shares, synthetic
from evaluations.question import csv_of, misses

MODULES = [regression, differences, synthetic, shares, forecasts]
# Where null is an answer: not of clusters, of the normal, none to be had.
UNTOLD = {"clusters", "degreesOfFreedom", "interval", "ratio", "difference"}

warnings.simplefilter("ignore")
case = the_case()


def questions():
    for place, module in enumerate(MODULES):
        try:
            yield from module.questions(np.random.default_rng([case["seed"], place]))
        except Exception as error:  # noqa: BLE001
            print(f"not ok {module.__name__}: {type(error).__name__}: {error}")


def plain(value):
    """What JSON knows of numpy's numbers and lists."""
    return value.item() if isinstance(value, np.generic) else value.tolist()


def ask(question):
    """Runs the command as a reader of docs/evaluate.md would."""
    with tempfile.TemporaryDirectory() as folder:
        data, spec = Path(folder, "data.csv"), Path(folder, "spec.json")
        data.write_text(csv_of(question.columns), "utf-8")
        spec.write_text(json.dumps(question.spec, default=plain), "utf-8")
        options = ["--design", question.design, "--spec", spec, "--json"]
        done = subprocess.run(
            [*case["command"], "evaluate", data, *options],
            capture_output=True,
            encoding="utf-8",
            cwd=folder,
        )
        if done.returncode != 0:
            return {"refused": (done.stdout + done.stderr).strip()}
        Path(folder, "answer.json").write_text(done.stdout, "utf-8")
        return load(Path(folder, "answer.json"))


def untold(value, place="answer"):
    """Places of the answer that hold null and should not."""
    if isinstance(value, dict):
        for key, one in value.items():
            if one is not None or key not in UNTOLD:
                yield from untold(one, f"{place}.{key}")
    elif isinstance(value, list):
        for i, one in enumerate(value):
            yield from untold(one, f"{place}[{i}]")
    elif value is None:
        yield place


def check(question, answer):
    expect("refused" not in answer, answer.get("refused"))
    wrong = misses(question.expected, answer, question.precision)
    expect(not wrong, "; ".join(wrong[:3]))
    nulls = list(untold(answer))
    expect(not nulls, f"null at {', '.join(nulls[:3])}")


def main():
    with ThreadPoolExecutor(2) as pool:
        asked = [(one, pool.submit(ask, one)) for one in questions()]
        for question, answer in asked:
            judge(question.name, lambda: check(question, answer.result()))


if __name__ == "__main__":
    sys.exit(main())

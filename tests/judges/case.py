"""What every judge shares: the case it is given and how it says what it found."""

import json
import sys
from pathlib import Path


def load(path):
    """Reads JSON strictly: a key that stands twice is a fault."""
    return json.loads(Path(path).read_text("utf-8"), object_pairs_hook=_once)


def _once(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError("a key stands twice in one object")
    return dict(pairs)


def the_case():
    return load(sys.argv[1])


def tables(case):
    """Each table with its manifest entry and its files by format."""
    for dataset in case["datasets"]:
        manifest = dataset["manifest"]
        for table in manifest["tables"]:
            files = [f for f in manifest["files"] if f.get("table") == table["id"]]
            yield Path(dataset["dir"]), table, files


def judge(name, check):
    """Runs one check; an exception is its failure, never the end of the judge."""
    try:
        check()
        print(f"ok {name}")
    except Exception as error:  # noqa: BLE001
        print(f"not ok {name}: {type(error).__name__}: {error}")


def expect(condition, message):
    if not condition:
        raise AssertionError(message)

"""Seeded tables of awkward kinds, each as a spec and its data in a folder of its own."""

import csv
import itertools
import json
import random

from disclosure_model import Structure, scale_of

# What a table may be made of; `made` takes any of them together.
FEATURES = (
    "third", "levels", "trees", "bands", "linked", "circle", "codes", "cover", "months", "running",
    "records", "magnitude", "dominance", "p", "households", "caps", "zeros", "known", "frozen",
    "relations", "coalition", "coalitions", "groups", "earlier", "skewed", "totals", "rounded",
)


def made(features, seed, folder):
    """Writes `spec.json` and its data; answers the spec and what is true of each person."""
    rng = random.Random(seed)
    features = frozenset(features)
    spec = {"data": "data.csv", "seed": f"judge {seed}", "seconds": 120}
    spec["dimensions"] = _dimensions(rng, features)
    spec["measure"], spec["rules"] = _measure(rng, features), _rules(rng, features)
    if tables := _tables(rng, features, spec):
        spec["tables"] = tables
    spec["weights"] = rng.choice(["value", "cells", "log"])
    structure = Structure(spec)
    people = _people(rng, features, structure)
    truth = Truth(structure, people)
    _know(rng, features, spec, structure, truth)
    _write(rng, features, spec, structure, truth, people, folder)
    return spec, truth


class Truth:
    """What a cell truly holds."""

    def __init__(self, structure, people):
        self.structure, self.people = structure, people
        self.scale = scale_of(structure.spec)
        self.by_place = {}
        for one in people:
            self.by_place.setdefault(one["at"], []).append(one)
        self._kept = {}

    def within(self, cell):
        """The records of a cell; those of a running total since its beginning."""
        if cell not in self._kept:
            axes = []
            for dim, code in zip(self.structure.dims, cell):
                upto = dim.order and dim.order[: dim.order.index(code) + 1] if dim.monotone else None
                axes.append(upto or ([code] if dim.order else dim.leaves_of(code)))
            places = itertools.product(*axes)
            self._kept[cell] = [one for place in places for one in self.by_place.get(place, ())]
        return self._kept[cell]

    def value(self, cell):
        some = self.within(cell)
        if "magnitude" in self.structure.spec["measure"]:
            return sum(one["value"] for one in some)
        return len({one["person"] for one in some})

    def households(self, cell):
        return len({one["household"] for one in self.within(cell)})

    def shares(self, cell):
        """What each contributor brings, the largest first."""
        sums = {}
        for one in self.within(cell):
            sums[one["person"]] = sums.get(one["person"], 0) + one["value"]
        return sorted(sums.values(), reverse=True)


def _dimensions(rng, features):
    towns = [f"t{i}" for i in range(rng.randint(3, 5) + 2 * ("levels" in features))]
    dims = [{"dim": "region", "tree": _tree(rng, "All", towns, 3 if "levels" in features else 1)}]
    if "trees" in features:
        zones = towns[:]
        rng.shuffle(zones)
        dims.append({"dim": "region", "tree": _grouped("All", zones, "z", 2)})
    ages = [f"a{i}" for i in range(rng.randint(2, 4) + ("bands" in features))]
    bands = {"dim": "age", "tree": {"Any age": ages}}
    if "bands" in features:
        cut = rng.randint(1, len(ages) - 1)
        bands["tree"] = [_grouped("Any age", ages, "b", 2), {"Any age": [*ages[:cut], "older"], "older": ages[cut:]}]
        if len(ages) - cut < 2:
            bands["tree"] = bands["tree"][0]
    dims.append(bands)
    if features & {"third", "linked", "circle"}:
        dims.append({"dim": "sex", "tree": {"Both": ["f", "m"]}, "column": "gender"})
    if "cover" in features:
        apps = ["bus", "clinic", "library"][: rng.randint(2, 3)]
        dims.append({"dim": "app", "tree": {"Any app": apps}, "relation": "cover"})
    if features & {"months", "running"}:
        month = {"dim": "month", "order": ["2026-04", "2026-05", "2026-06"][: rng.randint(2, 3)]}
        dims.append({**month, "relation": "monotone"} if "running" in features else month)
    return dims


def _tree(rng, root, leaves, levels):
    if levels == 1:
        return {root: leaves}
    tree = _grouped(root, leaves, "d", rng.randint(2, 3))
    for parent in tree[root]:
        parts = tree.get(parent, [])
        if levels > 2 and len(parts) > 2:
            tree[parent] = [f"{parent}w", *parts[2:]]
            tree[f"{parent}w"] = parts[:2]
    return tree


def _grouped(root, leaves, letter, count):
    groups = [leaves[i::count] for i in range(count)]
    names = [group[0] if len(group) == 1 else f"{letter}{i}" for i, group in enumerate(groups)]
    return {root: names, **{name: group for name, group in zip(names, groups) if len(group) > 1}}


def _measure(rng, features):
    if "magnitude" in features:
        measure = {"magnitude": "yen", "decimals": rng.randint(0, 2)}
        if "records" in features:
            return {**measure, "contributors": "person"}
        return {**measure, "largest": ["first", "second"], "contributors": "payers"}
    extra = {"households": "homes"} if "households" in features else {}
    if "records" in features:
        return {"person": "person", **extra}
    return {"count": "n", **extra}


def _rules(rng, features):
    rules = {"threshold": rng.choice([3, 4, 5, 10])}
    if "magnitude" in features:
        if "dominance" in features:
            rules["dominance"] = rng.choice([[{"n": 1, "k": 75}], [{"n": 1, "k": 60}, {"n": 2, "k": 90}]])
        if "p" in features:
            rules["p"] = rng.choice([5, 10, 20])
    elif "groups" in features:
        rules["groups"] = {"dims": ["age"], "coalition": rng.randint(0, 2)}
    if "zeros" in features:
        rules["zeros"] = "withheld"
    if "caps" in features and rng.random() < 0.3:
        rules["bothSides"] = False
    if "coalition" in features:
        rules["coalition"] = rng.randint(1, 2)
    return rules


def _tables(rng, features, spec):
    names = list(dict.fromkeys(one["dim"] for one in spec["dimensions"]))
    rest = names[3:] if features & {"linked", "circle", "third"} else names[2:]
    if "circle" in features:
        return [[a, b, *rest] for a, b in itertools.combinations(names[:3], 2)]
    if "linked" in features:
        return [["region", "age", *rest], ["region", "sex", *rest]]
    if "codes" in features:
        top = Structure({**spec, "tables": [names]}).dims[0]
        shown = [top.total, *rng.sample([c for c in top.codes if c != top.total], 3)]
        return [{"dims": names, "codes": {"region": shown}}]
    return None


def _people(rng, features, structure):
    """One record for each thing somebody did, at a place of leaf codes."""
    dims = structure.dims
    fixed = [d for d in dims if not d.cover and not d.order]
    spread = rng.choice([3, 8, 25])
    people = []
    for place in itertools.product(*(d.leaves for d in fixed)):
        at = dict(zip((d.name for d in fixed), place))
        for month in next((d.order for d in dims if d.order), [None]):
            for _ in range(_size(rng, features, spread, place)):
                person = f"p{len(people)}"
                home = f"h{len(people) // rng.choice([1, 2, 40])}"
                apps = next((d.leaves for d in dims if d.cover), [None])
                for app in rng.sample(apps, rng.randint(1, len(apps))):
                    where = {**at, "month": month, "app": app}
                    people.append({
                        "at": tuple(where[d.name] for d in dims),
                        "person": person,
                        "household": home,
                        "value": int(rng.lognormvariate(4, 1.5 if "skewed" in features else 0.8)),
                    })
    return people


def _size(rng, features, spread, place):
    if "skewed" in features and place[0] == "t0":
        return rng.randint(spread * 3, spread * 6)
    return rng.choice([0, 0, 1, rng.randint(0, spread), rng.randint(0, spread), rng.randint(spread, 3 * spread)])


def _know(rng, features, spec, structure, truth):
    """Frozen and known cells, caps and relations, all of them true."""
    cells = structure.cells
    named = lambda cell: dict(zip(structure.names, cell))
    scale, threshold = truth.scale, spec["rules"]["threshold"]
    told = lambda cell: {"cell": named(cell), "value": truth.value(cell) / scale if scale > 1 else truth.value(cell)}
    if "frozen" in features:
        spec["frozen"] = [named(c) for c in cells if c[0] == structure.dims[0].total][:1]
    if "known" in features:
        some = [c for c in cells if truth.value(c) >= threshold * scale]
        spec["known"] = [told(c) for c in rng.sample(some, min(2, len(some)))]
    if "caps" in features:
        some = rng.sample(cells, len(cells) // 3)
        most = {c: max(len(truth.shares(c)) + rng.choice([0, 1, 15, 200]), 3 * threshold) for c in some}
        spec["caps"] = [{"cell": named(c), "population": n} for c, n in most.items()]
    if "relations" in features:
        one, other = rng.sample(cells, 2)
        apart = truth.value(one) - truth.value(other)
        terms = [{"cell": named(one), "factor": 1}, {"cell": named(other), "factor": -1}]
        spec["relations"] = [{"terms": terms, "low": apart / scale - rng.randint(3, 20), "high": apart / scale + rng.randint(3, 20)}]
    if "coalitions" in features:
        some = [c for c in cells if 0 < truth.value(c) < threshold * scale]
        if some:
            spec["coalitions"] = [[told(c) for c in rng.sample(some, min(2, len(some)))]]
    if "rounded" in features:
        spec["method"], spec["base"] = "rounding", threshold
        spec.pop("frozen", None)


def _write(rng, features, spec, structure, truth, people, folder):
    folder.mkdir(parents=True, exist_ok=True)
    columns = [d.column for d in structure.dims]
    if "records" in features:
        spec["input"] = "records"
        header = [*columns, "person", "yen", "homes"]
        rows = [[*one["at"], one["person"], one["value"] / truth.scale, one["household"]] for one in people]
    else:
        header, rows = _cells(features, columns, structure, truth)
    rng.shuffle(rows)
    if "earlier" in features:
        _write_earlier(rng, spec, structure, folder, header, rows)
        spec["earlier"] = ["before"]
    _put(folder, "spec.json", "data.csv", spec, header, rows)


def _put(folder, spec_name, data_name, spec, header, rows):
    (folder / spec_name).write_text(json.dumps({**spec, "data": data_name}, ensure_ascii=False), "utf-8")
    with open(folder / data_name, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def _write_earlier(rng, spec, structure, folder, header, rows):
    """What is out before: all months but the last or, without months, some codes only."""
    kept = ("seed", "seconds", "dimensions", "input", "measure", "rules", "weights", "tables", "method", "base")
    before = {key: spec[key] for key in kept if key in spec}
    month = next((dim for dim in structure.dims if dim.order), None)
    if month:
        *out, last = month.order
        before["dimensions"] = [{**d, "order": out} if "order" in d else d for d in spec["dimensions"]]
        rows = [row for row in rows if row[header.index(month.column)] != last]
    else:
        tables = spec.get("tables", [structure.names])
        total, *others = _codes(tables[0]).get("region", structure.dims[0].codes)
        few = [total, *rng.sample(others, 2)]
        before["tables"] = [{"dims": _dims(t), "codes": {**_codes(t), "region": few}} for t in tables if "region" in _dims(t)]
    _put(folder, "before.json", "before.csv", before, header, rows)


def _dims(table):
    return table["dims"] if isinstance(table, dict) else table


def _codes(table):
    return table.get("codes", {}) if isinstance(table, dict) else {}


def _cells(features, columns, structure, truth):
    own = list(itertools.product(*(d.own for d in structure.dims)))
    if features & {"totals", "households", "magnitude"}:
        own = list(itertools.product(*(d.codes for d in structure.dims)))
    rows = []
    for cell in own:
        if not truth.within(cell):
            continue
        row = [*cell, truth.value(cell) / truth.scale if truth.scale > 1 else truth.value(cell)]
        if "magnitude" in features:
            first, second, *_ = [*truth.shares(cell), 0, 0]
            row += [first / truth.scale, second / truth.scale, len(truth.shares(cell))]
        elif "households" in features:
            row.append(truth.households(cell))
        rows.append(row)
    extra = ["first", "second", "payers"] if "magnitude" in features else ["homes"] if "households" in features else []
    return [*columns, "yen" if "magnitude" in features else "n", *extra], rows

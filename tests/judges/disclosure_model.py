"""What docs/disclosure.md says somebody can tell from a release, put to OR-tools' CP-SAT.

It reads a spec and `released.csv` and shares no code with the project.
"""

import csv
import itertools
from pathlib import Path

from ortools.sat.python import cp_model


class Dimension:
    """One `dim` of a spec with all its trees, or its order of codes."""

    def __init__(self, name, entries):
        self.name = name
        self.column = next((e["column"] for e in entries if "column" in e), name)
        self.order = next((e["order"] for e in entries if "order" in e), None)
        relation = next((e["relation"] for e in entries if "relation" in e), None)
        self.cover, self.monotone = relation == "cover", relation == "monotone"
        trees = [t for e in entries for t in _trees(e)]
        self.lines = [(parent, parts) for tree in trees for parent, parts in tree.items()]
        self.total = None if self.order else _root(trees[0])
        named = [code for parent, parts in self.lines for code in (parent, *parts)]
        self.codes = list(self.order or dict.fromkeys(named))
        parents = {parent for parent, _ in self.lines}
        self.leaves = [code for code in self.codes if code not in parents]
        # A figure of its own: what is no sum of others.
        self.own = self.codes if self.cover or self.order else self.leaves

    def leaves_of(self, code):
        parts = next((parts for parent, parts in self.lines if parent == code), None)
        return frozenset([code]) if parts is None else frozenset().union(*map(self.leaves_of, parts))

    def points(self, code):
        return [code] if code in self.own else sorted(self.leaves_of(code))


def _trees(entry):
    tree = entry.get("tree", {})
    return tree if isinstance(tree, list) else [tree] if tree else []


def _root(tree):
    parts = {code for some in tree.values() for code in some}
    return next(parent for parent in tree if parent not in parts)


class Structure:
    """Dimensions and tables of a spec; a cell is a tuple of codes."""

    def __init__(self, spec):
        names = list(dict.fromkeys(entry["dim"] for entry in spec["dimensions"]))
        self.dims = [Dimension(name, [e for e in spec["dimensions"] if e["dim"] == name]) for name in names]
        self.names = names
        self.spec = spec
        self.cells = list(dict.fromkeys(c for t in spec.get("tables", [names]) for c in self._cells_of(t)))

    def _cells_of(self, table):
        listed, some = (table["dims"], table.get("codes", {})) if isinstance(table, dict) else (table, {})
        axes = [some.get(d.name, d.codes) if d.name in listed else [d.total] for d in self.dims]
        return itertools.product(*axes)

    def cell(self, codes):
        return tuple(codes.get(dim.name, dim.total) for dim in self.dims)

    def points(self, cell):
        """The figures of their own that a cell is the sum of."""
        return itertools.product(*(dim.points(code) for dim, code in zip(self.dims, cell)))


def released(folder, structure):
    """Each cell of a release with its value, None where withheld, and its status."""
    with open(Path(folder) / "released.csv", encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    scale = scale_of(structure.spec)
    return {
        tuple(line[name] for name in structure.names): (
            None if line["status"] == "withheld" else round(float(line["value"]) * scale),
            line["status"],
        )
        for line in lines
    }


def scale_of(spec):
    """A figure is a whole number of so manieth parts."""
    return 10 ** spec["measure"].get("decimals", 0) if "magnitude" in spec["measure"] else 1


class Attack:
    """Everything that is public, as one system over figures of their own."""

    def __init__(self, structure, releases):
        self.structure = structure
        self.scale = scale_of(structure.spec)
        self.at = {p: i for i, p in enumerate(itertools.product(*(d.own for d in structure.dims)))}
        self.rows = []
        for shown in releases:
            for cell, (value, status) in shown.items():
                slack = structure.spec["base"] - 1 if status == "rounded" else 0
                if value is not None:
                    self.say({cell: 1}, max(0, value - slack), value + slack)
        self._say_structure()
        self._say_spec()
        self.top = 10 * (1000 + sum(max(abs(low or 0), abs(high or 0)) for _, low, high in self.rows))
        self._bound()

    def say(self, terms, low, high):
        self.rows.append((self._expanded(terms), low, high))

    def _expanded(self, terms):
        sums = {}
        for cell, factor in terms.items():
            for point in self.structure.points(cell):
                i = self.at[point]
                sums[i] = sums.get(i, 0) + factor
        return {i: factor for i, factor in sums.items() if factor != 0}

    def _say_structure(self):
        dims = self.structure.dims
        for place, dim in enumerate(dims):
            for other in itertools.product(*(d.own for d in dims[:place] + dims[place + 1 :])):
                def put(code):
                    return (*other[:place], code, *other[place:])

                for parent, parts in dim.lines if dim.cover else ():
                    for part in parts:
                        self.say({put(parent): 1, put(part): -1}, 0, None)
                    self.say({put(parent): -1, **{put(part): 1 for part in parts}}, 0, None)
                for before, after in itertools.pairwise(dim.order or ()) if dim.monotone else ():
                    self.say({put(after): 1, put(before): -1}, 0, None)

    def _say_spec(self):
        spec, cell = self.structure.spec, self.structure.cell
        for one in spec.get("known", ()):
            value = round(one["value"] * self.scale)
            self.say({cell(one["cell"]): 1}, value, value)
        for one in spec.get("caps", ()) if "magnitude" not in spec["measure"] else ():
            self.say({cell(one["cell"]): 1}, 0, one["population"])
        for one in spec.get("relations", ()):
            low, high = (None if e not in one else round(one[e] * self.scale) for e in ("low", "high"))
            terms = {}
            for term in one["terms"]:
                terms[cell(term["cell"])] = terms.get(cell(term["cell"]), 0) + term["factor"]
            self.say(terms, low, high)

    def _bound(self):
        """No figure is above a sum it is part of; what is under a zero is zero."""
        self.high = [self.top] * len(self.at)
        for terms, _, high in self.rows:
            if high is not None and all(factor > 0 for factor in terms.values()):
                for i, factor in terms.items():
                    self.high[i] = min(self.high[i], high // factor)

    def asked(self, also=()):
        """A model with further knowledge: (cell, ranges its value may lie in)."""
        model = cp_model.CpModel()
        figures = [model.new_int_var(0, high, "") if high else 0 for high in self.high]
        for terms, low, high in self.rows:
            whole = self._sum(figures, terms)
            if isinstance(whole, int):
                continue
            if low is not None and low == high:
                model.add(whole == low)
                continue
            if low is not None:
                model.add(whole >= low)
            if high is not None:
                model.add(whole <= high)
        asked = Asked(self, model, figures)
        for cell, ranges in also:
            asked.within(cell, ranges)
        return asked

    @staticmethod
    def _sum(figures, terms):
        live = [(figures[i], factor) for i, factor in terms.items() if not isinstance(figures[i], int)]
        return cp_model.LinearExpr.weighted_sum([f for f, _ in live], [n for _, n in live]) if live else 0


class Asked:
    """One attacker's model, asked many times."""

    def __init__(self, attack, model, figures):
        self.attack, self.model, self.figures = attack, model, figures
        self.solver = cp_model.CpSolver()
        self.solver.parameters.num_workers = 1
        self.solver.parameters.linearization_level = 2
        self.solver.parameters.max_time_in_seconds = 60

    def of(self, terms):
        return self.attack._sum(self.figures, self.attack._expanded(terms))

    def within(self, cell, ranges):
        top = self.attack.top * len(self.figures)
        value = self.model.new_int_var_from_domain(
            cp_model.Domain.from_intervals([[low, top if high is None else high] for low, high in ranges]), ""
        )
        self.model.add(value == self.of({cell: 1}))

    def least(self, terms):
        return self._end(terms, 1)

    def most(self, terms):
        """None where nothing bounds it."""
        most = self._end(terms, -1)
        return None if most >= self.attack.top // 2 else most

    def range(self, cell):
        return self.least({cell: 1}), self.most({cell: 1})

    def told(self, cells, truth):
        """Those of which only the true value is possible; every table found acquits all that differ in it."""
        left, told = list(cells), []
        while left:
            cell = left.pop()
            for end in (self.least, self.most):
                value = end({cell: 1})
                left = [c for c in left if self._sum_now(c) == truth(c)]
                if value != truth(cell):
                    break
            else:
                told.append(cell)
        return told

    def _sum_now(self, cell):
        whole = self.of({cell: 1})
        return whole if isinstance(whole, int) else self.solver.value(whole)

    def _end(self, terms, sign):
        whole = self.of(terms)
        if isinstance(whole, int):
            return 0
        self.model.clear_objective()
        (self.model.minimize if sign == 1 else self.model.maximize)(whole)
        value = self._solve()
        if value is None:
            raise AssertionError("no table at all agrees with what is published")
        return round(value)

    def _solve(self):
        status = self.solver.solve(self.model)
        if status == cp_model.INFEASIBLE:
            return None
        if status != cp_model.OPTIMAL:
            raise TimeoutError(f"the judge's solver came to no end: {self.solver.status_name(status)}")
        return self.solver.objective_value

"""Which cells docs/disclosure.md has withheld for their own sake, and what each must be left."""

import itertools


class Rules:
    """The rules of a spec, asked cell by cell with the truth at hand."""

    def __init__(self, structure, truth):
        spec = structure.spec
        self.rules, self.measure, self.truth = spec["rules"], spec["measure"], truth
        self.k = self.rules["threshold"]
        self.counts = "magnitude" not in self.measure
        self.flag = self.counts and self.rules.get("flag", True) and self.k > 2
        self.caps = {}
        for one in spec.get("caps", ()):
            cell = structure.cell(one["cell"])
            self.caps[cell] = min(one["population"], self.caps.get(cell, one["population"]))
        self.known = {structure.cell(one["cell"]) for one in spec.get("known", ())}
        self.primary = {cell for cell in structure.cells if cell not in self.known and self.is_primary(cell)}

    def stretches(self, cell):
        """Counts that are withheld: the small ones and, under a cap, nearly all."""
        small = [(0 if self.rules.get("zeros") == "withheld" else 1, self.k - 1)]
        cap = self.caps.get(cell)
        both = cap is not None and self.rules.get("bothSides", True)
        return small + ([(max(1, cap - self.k + 1), cap)] if both else [])

    def is_small(self, cell, value):
        return self.counts and any(low <= value <= high for low, high in self.stretches(cell))

    def looks_small(self, cell, low, high):
        if not self.counts:
            return True
        top = float("inf") if high is None else high
        return any(start <= end and low <= end and top >= start for start, end in self.stretches(cell))

    def is_primary(self, cell):
        value = self.truth.value(cell)
        if not self.counts:
            return value > 0 and bool(self.levels(cell))
        few = "households" in self.measure and 0 < self.truth.households(cell) < self.rules.get("minHouseholds", 2)
        return self.is_small(cell, value) or few or self.is_group(cell)

    def is_group(self, cell):
        """Whether it holds all but a few of something it is a part of."""
        groups = self.rules.get("groups", {"dims": []})
        return self.truth.value(cell) > 0 and any(
            self.truth.value(whole) > 0 and self.truth.value(whole) - self.truth.value(cell) <= groups["coalition"]
            for whole in self.wholes(cell)
        )

    def wholes(self, cell):
        groups = self.rules.get("groups", {"dims": []})
        for at, dim in enumerate(self.truth.structure.dims):
            if dim.name in groups["dims"]:
                for parent in (parent for parent, parts in dim.lines if cell[at] in parts):
                    yield (*cell[:at], parent, *cell[at + 1 :])

    def levels(self, cell):
        """How far off on both sides somebody must be left by each rule for magnitudes."""
        shares, total = self.truth.shares(cell), self.truth.value(cell)
        first, second = [*shares, 0, 0][:2]
        levels = []
        if len(shares) < self.rules.get("minContributors", self.k):
            levels.append(total * self.rules.get("p", 10) / 100)
        for one in self.rules.get("dominance", ()):
            top = sum(shares[: one["n"]])
            if top * 100 > one["k"] * total:
                levels.append(top * 100 / one["k"] - total)
        if "p" in self.rules and (total - first - second) * 100 < self.rules["p"] * first:
            levels.append(self.rules["p"] / 100 * first - (total - first - second))
        return levels

    def is_wide(self, cell, low, high):
        """G2 of one cell, for magnitudes with the level of its rule."""
        if high is None:
            return True
        if self.counts:
            return high - low >= self.k - 1
        if cell not in self.primary:
            return high > low
        value, level = self.truth.value(cell), max(self.levels(cell))
        return high > low and value - low >= min(level, value) and high - value >= level

    def flags(self, hidden):
        """What somebody knows who is told which cells are too small, each on its side."""
        knows = []
        for cell in hidden:
            value = self.truth.value(cell)
            if cell in self.primary and self.is_small(cell, value):
                knows.append((cell, [next(s for s in self.stretches(cell) if s[0] <= value <= s[1])]))
        return knows

    def coalitions(self, hidden):
        """Lists of cells that few people know together."""
        people = lambda cell: self.truth.value(cell) if self.counts else len(self.truth.shares(cell))
        size = self.rules.get("coalition", 0)
        alone = [cell for cell in hidden if cell in self.primary and 0 < people(cell) <= size]
        yield from ([cell] for cell in alone)
        if size == 2:
            yield from map(list, itertools.combinations((cell for cell in alone if people(cell) == 1), 2))
        for some in self.truth.structure.spec.get("coalitions", ()):
            yield [self.truth.structure.cell(one["cell"]) for one in some]

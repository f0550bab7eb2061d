"""OR-tools' CP-SAT finds from released figures alone what `hiraku audit` says can be found."""

import concurrent.futures
import hashlib
import json
import random
import subprocess
import tempfile
from pathlib import Path

from case import expect, judge, the_case
from disclosure_cases import made
from disclosure_model import Attack, released
from disclosure_rules import Rules

# What is tried: tables of which features, by which seed.
KINDS = {
    "two dimensions, most people in one district": ({"skewed"}, 3),
    "three dimensions, districts of three levels": ({"third", "levels"}, 2),
    "groupings that do not nest": ({"trees", "bands"}, 1),
    "records, two linked tables": ({"linked", "records"}, 1),
    "tables linked in a circle": ({"circle", "trees"}, 1),
    "distinct people of several apps": ({"cover", "records"}, 1),
    "running totals": ({"running"}, 1),
    "months, one of them out already": ({"months", "earlier"}, 1),
    "some codes out already": ({"earlier", "trees", "frozen"}, 2),
    "amounts by dominance and p %": ({"magnitude", "dominance", "p", "records"}, 1),
    "amounts with decimals, a figure and a relation known": ({"magnitude", "known", "relations"}, 1),
    "caps, a known figure, a relation": ({"caps", "known", "relations"}, 1),
    "households": ({"households", "records"}, 1),
    "groups of two parts and more": ({"groups", "third"}, 2),
    "two conspirators, zeros withheld": ({"coalition", "zeros", "totals"}, 505),
    "conspirators of the spec, some codes": ({"coalitions", "codes", "levels"}, 1),
    "rounding": ({"rounded", "levels"}, 1),
}


class Trial:
    """One table: protected by the command line, then judged by what it published."""

    def __init__(self, features, seed, folder, hiraku):
        self.folder, self.hiraku, self.seed = folder, hiraku, seed
        self.spec, self.truth = made(features, seed, folder)
        self.structure = self.truth.structure
        self.rules = Rules(self.structure, self.truth)
        self.before, self.flagged = [], False
        if "earlier" in self.spec:
            self.protect("before.json", "before")
            self.before = [released(folder / "before", self.structure)]
        self.protect("spec.json", "out")
        self.shown = released(folder / "out", self.structure)

    def protect(self, spec, out):
        code, answer = self.hiraku("protect", "--spec", self.folder / spec, "--out", self.folder / out)
        expect(code == 0, f"{out}: {answer.get('error')}")

    def judge(self):
        self.figures_are_true()
        found = self.attack(self.before + [self.shown], "out")
        expect(found.safe, f"it is not safe: {found.why}")
        expect(found.audit["passed"] and found.code == 0, f"our own audit failed it: {found.audit['findings']}")
        self.weakened()
        self.tampered()
        return self

    def figures_are_true(self):
        expect(set(self.shown) == set(self.structure.cells), "it shows other cells than the spec's tables")
        for cell, (value, status) in self.shown.items():
            true = self.truth.value(cell)
            if status == "published":
                expect(value == true, f"{cell} is shown as {value} and is {true}")
                small = cell not in self.rules.known and (self.rules.is_small(cell, value) or cell in self.rules.primary)
                expect(not small, f"{cell} is shown as {value}")
            if status == "rounded":
                base = self.spec["base"]
                expect(value % base == 0 and abs(value - true) < base, f"{cell} is rounded from {true} to {value}")

    def attack(self, releases, out):
        return Found(self, Attack(self.structure, releases), releases, out)

    def weakened(self):
        """The same release with one cell opened: one that has a rule of its own, or that protects another."""
        rng = random.Random(self.seed)
        own = [c for c, (value, _) in self.shown.items() if value is None and c in self.rules.primary]
        if own and self.spec["measure"].keys() & {"magnitude", "households"}:
            cell = rng.choice(own)
            self.write("own", lambda line: self.opened(line, cell))
            expect(self.audit("own")[0] == 1, f"with {cell} itself opened the audit passes")
        open_ = [c for c, (value, _) in self.shown.items() if value is None and c not in self.rules.primary]
        rng.shuffle(open_)
        for cell in open_[:4]:
            weak = {**self.shown, cell: (self.truth.value(cell), "published")}
            if Verdict(self, Attack(self.structure, self.before + [weak]), self.before + [weak]).safe:
                continue
            self.write("weak", lambda line: self.opened(line, cell))
            found = self.attack(self.before + [weak], "weak")
            expect(found.code == 1 and not found.audit["passed"], f"with {cell} opened the audit passes: {found.why}")
            self.flagged = True
            return

    def audit(self, out):
        return self.hiraku("audit", "--spec", self.folder / "spec.json", self.folder / out)

    def opened(self, line, cell):
        return [*cell, self.text(self.truth.value(cell)), "published"] if tuple(line[:-2]) == cell else line

    def text(self, value):
        return f"{value / self.truth.scale:.{self.spec['measure'].get('decimals', 0)}f}"

    def write(self, name, change):
        """A copy of the release with its lines changed."""
        copy = self.folder / name
        copy.mkdir(exist_ok=True)
        head, *lines = (self.folder / "out" / "released.csv").read_text("utf-8").splitlines()
        changed = [",".join(change(line.split(","))) for line in lines]
        (copy / "released.csv").write_text("\n".join([head, *changed]) + "\n", "utf-8")
        certificate = (self.folder / "out" / "certificate.json").read_text("utf-8")
        (copy / "certificate.json").write_text(certificate, "utf-8")
        return copy

    def tampered(self):
        """The certificate holds, and no more once a figure of either file is another."""
        rng = random.Random(f"{self.seed} {len(self.shown)}")
        expect(self.verify("out") == 0, "the certificate does not hold")
        shown = [c for c, (value, _) in self.shown.items() if value is not None]
        if shown:
            self.figure_changed(rng.choice(shown), rng.random() < 0.5)
        ends = len(shown) < len(self.shown) and rng.random() < 0.5
        self.number_changed(rng, "intervals" if ends else None, ends)

    def figure_changed(self, cell, certified):
        """By somebody who gives the certificate the new hash, or by somebody who does not."""
        copy = self.write("figure", lambda line: self.raised(line, cell))
        if certified:
            certificate = json.loads((copy / "certificate.json").read_text("utf-8"))
            certificate["released"]["sha256"] = hashlib.sha256((copy / "released.csv").read_bytes()).hexdigest()
            self.certify(copy, certificate, True)
        expect(self.verify("figure") == 1, f"it holds although {cell} is another")

    def number_changed(self, rng, only, sealed):
        copy = self.write("number", lambda line: line)
        certificate = json.loads((copy / "certificate.json").read_text("utf-8"))
        where = rng.choice([w for w in numbers(certificate) if only in (None, w[0])])
        put(certificate, where)
        self.certify(copy, certificate, sealed)
        expect(self.verify("number") == 1, f"it holds although its {'.'.join(map(str, where))} is another")

    def certify(self, copy, certificate, sealed):
        """Writes a changed certificate, under a seal that fits it or the old one."""
        seal = certificate.pop("sha256")
        if sealed:
            seal = hashlib.sha256(json.dumps(certificate, separators=(",", ":")).encode()).hexdigest()
        (copy / "certificate.json").write_text(json.dumps({**certificate, "sha256": seal}), "utf-8")

    def raised(self, line, cell):
        step = self.spec.get("base", 1)
        return [*cell, self.text(self.shown[cell][0] + step), line[-1]] if tuple(line[:-2]) == cell else line

    def verify(self, out):
        return self.hiraku("certificate", "verify", self.folder / out)[0]


class Verdict:
    """What the rules say of a release, by the judge's own intervals."""

    def __init__(self, trial, attack, releases):
        self.trial, self.attack, self.releases = trial, attack, releases
        told = {c for shown in releases for c, (value, status) in shown.items() if status == "published"}
        known = told | trial.rules.known
        self.hidden = [c for c in trial.structure.cells if c not in known]
        asked = attack.asked()
        self.intervals = {cell: asked.range(cell) for cell in self.hidden}
        self.single = set()
        self.why = next(self.faults(), None)
        self.safe = self.why is None

    def faults(self):
        rules, truth = self.trial.rules, self.trial.truth
        for cell, (low, high) in self.intervals.items():
            value = truth.value(cell)
            expect(low <= value and (high is None or value <= high), f"{cell} is {value}, outside {low}–{high}")
            if low == high:
                yield f"{cell} is told"
            sensitive = cell in rules.primary or rules.looks_small(cell, low, high)
            if sensitive and not rules.is_wide(cell, low, high):
                yield f"{cell} is told as {low}–{high}"
            for whole in rules.wholes(cell) if rules.counts else ():
                most = self.attack.asked().most({whole: 1, cell: -1})
                told = most is not None and most <= rules.rules["groups"]["coalition"]
                if told and low > 0:
                    yield f"{cell} is told to hold {whole}"
        yield from self.to_insiders()

    def to_insiders(self):
        rules, truth = self.trial.rules, self.trial.truth
        targets = [cell for cell in self.hidden if cell in rules.primary]
        knowing = [rules.flags(self.hidden)] if rules.flag else []
        knowing += [[(c, [(truth.value(c), truth.value(c))]) for c in some] for some in rules.coalitions(self.hidden)]
        for knows in knowing:
            own = {cell for cell, [(low, high)] in knows if low == high}
            left = [cell for cell in targets if cell not in own]
            for cell in self.attack.asked(knows).told(left, truth.value):
                yield f"{cell} is told to whoever knows {knows}"


class Found(Verdict):
    """The same, held against what `hiraku audit` says."""

    def __init__(self, trial, attack, releases, out):
        self.code, self.audit = trial.audit(out)
        super().__init__(trial, attack, releases)
        theirs = {trial.structure.cell(one["cell"]): one for one in self.audit["intervals"]}
        expect(set(theirs) == set(self.hidden), "the audit has intervals of other cells")
        for cell, (low, high) in self.intervals.items():
            one = theirs[cell]
            units = [None if end is None else round(end * trial.truth.scale) for end in (one["low"], one["high"])]
            expect(units == [low, high], f"{cell} is {low}–{high} and the audit says {units[0]}–{units[1]}")
            expect(one["exact"], f"the audit calls {cell} inexact")
            expect(one["g2"] == trial.rules.is_wide(cell, low, high), f"the audit says G2 {one['g2']} of {cell}")


def numbers(value, path=()):
    """Where a JSON value has whole numbers."""
    if isinstance(value, int) and not isinstance(value, bool):
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in items:
        yield from numbers(part, (*path, key))


def put(value, path):
    for key in path[:-1]:
        value = value[key]
    value[path[-1]] += 1


def hiraku_of(command):
    def hiraku(*words):
        done = subprocess.run([*command, *map(str, words), "--json"], capture_output=True, stdin=subprocess.DEVNULL)
        return done.returncode, json.loads(done.stdout)

    return hiraku


def tried(features, seed, folder, hiraku):
    """A trial and why it failed, if it did."""
    try:
        return Trial(features, seed, folder, hiraku).judge(), None
    except Exception as error:  # noqa: BLE001
        return None, error


def main():
    hiraku = hiraku_of(the_case()["hiraku"])
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(2) as two:
        places = (Path(folder) / str(at) for at in range(len(KINDS)))
        tries = [two.submit(tried, *kind, place, hiraku) for kind, place in zip(KINDS.values(), places)]
        outcomes = [one.result() for one in tries]
    for name, (_, error) in zip(KINDS, outcomes):
        judge(f"tables that withhold: {name}", lambda: again(error))
    flagged = sum(trial is not None and trial.flagged for trial, _ in outcomes)
    judge("tables that withhold one cell too few are flagged", lambda: expect(flagged > len(KINDS) / 2, f"only {flagged} were"))


def again(error):
    if error is not None:
        raise error


if __name__ == "__main__":
    main()

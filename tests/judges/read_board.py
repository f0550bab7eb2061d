"""openpyxl, python-pptx and pyarrow read what is taken away from boards: the same figures as the page's CSV."""

import csv
import zipfile
from pathlib import Path

import openpyxl
import pptx
import pyarrow.ipc
import pyarrow.parquet as pq

from case import expect, judge, load, the_case

case = the_case()
folder = Path(case["board"])
secrets = {f"{n:,}" for n in case["withheld"]} | {str(n) for n in case["withheld"]}


def lines(name):
    with open(folder / f"{name}.csv", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def number(text):
    return float(text.replace("−", "-"))


def same(found, wanted):
    return found is not None and abs(float(found) - wanted) <= 1e-9 * max(1, abs(wanted))


def hidden(path):
    """Nothing withheld lies in any part of a zipped file."""
    with zipfile.ZipFile(path) as whole:
        for name in whole.namelist():
            content = whole.read(name)
            if name.endswith(".xlsx"):
                inner = path.with_suffix(".inner")
                inner.write_bytes(content)
                hidden(inner)
                inner.unlink()
                continue
            text = content.decode("utf-8", "replace")
            expect(not any(one in text for one in secrets), f"a withheld figure lies in {name}")


def workbook(name):
    path = folder / f"{name}.xlsx"
    book = openpyxl.load_workbook(path, read_only=True)
    sheets = {title: list(book[title].iter_rows(values_only=True)) for title in book.sheetnames}
    compared = 0
    for line in lines(name):
        if line["Row"] == "" and line["Row code"] == "":
            continue
        rows = sheets.get(line["Figure"][:28].rstrip()) or sheets.get(line["Figure"][:28])
        if rows is None:
            continue
        head = [str(cell or "") for cell in rows[1]]
        at = next((i for i, one in enumerate(head) if i > 0 and one.split(" (")[0] == line["Column"].split(" (")[0]), None)
        row = next((one for one in rows[2:] if one[0] in (line["Row"], line["Row code"])), None)
        if at is None or row is None:
            continue
        if line["Status"] == "published":
            expect(same(row[at], number(line["Value"])), f"{line['Row']} is {row[at]}, not {line['Value']}")
            compared += 1
        elif line["Status"] == "withheld":
            expect(not isinstance(row[at], (int, float)), f"{line['Row']} is withheld and shown")
    expect(compared >= 2, f"only {compared} figures were compared")
    hidden(path)


def slides(name):
    path = folder / f"{name}.pptx"
    known = {}
    for line in lines(name):
        for row in {line["Row"], line["Row code"]}:
            known[(line["Figure"], line["Column"], row)] = line
    compared = 0
    for slide in pptx.Presentation(path).slides:
        titles = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        for shape in slide.shapes:
            if not getattr(shape, "has_chart", False):
                continue
            for plot in shape.chart.plots:
                for series in plot.series:
                    for category, value in zip(plot.categories, series.values):
                        line = next(
                            (
                                one
                                for (figure, column, row), one in known.items()
                                if row == category and column == series.name and any(figure in title or title in figure for title in titles if title)
                            ),
                            None,
                        )
                        if line is None:
                            continue
                        if line["Status"] == "published":
                            expect(same(value, number(line["Value"])), f"{category} is {value}, not {line['Value']}")
                            compared += 1
                        else:
                            expect(value in (None, 0), f"{category} is not published and drawn as {value}")
    expect(compared >= 2, f"only {compared} figures were compared")
    hidden(path)


def answers():
    rows = load(folder / "query.json")["rows"]
    expect(pq.read_table(folder / "query.parquet").to_pylist() == rows, "Parquet differs")
    with pyarrow.ipc.open_stream(folder / "query.arrow") as read:
        expect(read.read_all().to_pylist() == rows, "Arrow differs")
    with open(folder / "query.csv", encoding="utf-8", newline="") as file:
        plain = [{key: "" if value is None else str(value) for key, value in row.items()} for row in rows]
        expect(list(csv.DictReader(file)) == plain, "CSV differs")
    expect(any(row["status"] == "published" for row in rows), "nothing is published")
    whole = (folder / "query.json").read_text("utf-8")
    expect(not any(one in whole for one in secrets), "a withheld figure is answered")


for path in sorted(folder.glob("*.xlsx")):
    judge(f"openpyxl reads board {path.stem} as its CSV", lambda name=path.stem: workbook(name))
for path in sorted(folder.glob("*.pptx")):
    judge(f"python-pptx reads board {path.stem} as its CSV", lambda name=path.stem: slides(name))
judge("pyarrow reads an answer of the query interface as its JSON", answers)

"""Python's own csv module reads every CSV and finds what the JSON says."""

import csv
import io
import re

from case import expect, judge, load, tables, the_case

RECORD = re.compile(r'"(?:[^"]|"")*"(?:,"(?:[^"]|"")*")*')
MARK = "X"

case = the_case()
withheld = {str(number) for number in case["withheld"]}


def text_of(path):
    raw = path.read_bytes()
    expect(raw.startswith(b"\xef\xbb\xbf"), "no byte order mark")
    expect(raw.endswith(b"\r\n"), "the last line does not end in CRLF")
    text = raw.decode("utf-8-sig", "strict")
    expect("\ufeff" not in text, "a second byte order mark")
    expect(not re.search(r"[^\r]\n|\r[^\n]", text), "a line end that is not CRLF")
    for line in text.split("\r\n")[:-1]:
        expect(RECORD.fullmatch(line), "a field without double quotes")
    return text


def cells(row, columns, code):
    """What a record must say of a JSON row; None where any name may stand."""
    said = [code, None]
    for column in columns:
        value = row[column["name"]]
        said.append(MARK if value is None else str(value))
        if "codes" in column:
            said.append(None)
    return said


def check(path, table, rows, code):
    records = list(csv.reader(io.StringIO(text_of(path), newline=""), strict=True))
    header, *records = records
    expect(all(header) and len(set(header)) == len(header), "a header is blank or stands twice")
    expect(not any(re.fullmatch(r"[\d.,]+|X", title) for title in header), "line 1 is no header")
    expect(len(records) == len(rows), f"{len(records)} records for {len(rows)} rows")
    for number, (record, row) in enumerate(zip(records, rows), start=2):
        expect(len(record) == len(header), f"line {number} has another field count")
        wanted = cells(row, table["columns"], code)
        expect(len(wanted) == len(record), f"line {number} has another column")
        for cell, want in zip(record, wanted):
            expect(cell != "" and (want is None or cell == want), f"line {number} differs from the JSON")
            expect(cell not in withheld, f"line {number} shows a withheld figure")
    measures = sum(column["role"] == "measure" for column in table["columns"])
    for record in records:
        expect(all(re.fullmatch(r"\d+|X", cell) for cell in record[-measures:]), "a measure is no plain number")
        # The hour of a preliminary figure is withheld with the figure.
        if table["rule"] != "step":
            expect(MARK not in record[:-measures], "X outside of the measures")
    marked = sum(record[-1] == MARK for record in records)
    expect(marked == table["withheld"], "the number of withheld rows is not the manifest's")
    return marked


total = 0
for folder, table, files in tables(case):
    rows = load(folder / next(f["name"] for f in files if f["format"] == "json"))["rows"]
    for file in files:
        if file["format"] != "csv":
            continue

        def one(path=folder / file["name"]):
            global total
            total += check(path, table, rows, case["municipality"])

        judge(f"csv reads {file['name']}", one)

judge("csv saw withheld figures at all", lambda: expect(total > 0 and withheld, "nothing was withheld"))

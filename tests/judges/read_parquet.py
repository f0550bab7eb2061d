"""pyarrow reads every Parquet and Arrow file and finds the rows of the JSON file."""

import datetime

import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet as pq

from case import expect, judge, load, tables, the_case

case = the_case()
withheld = set(case["withheld"])


def plain(value):
    return value.isoformat() if isinstance(value, datetime.date) else value


def check(path, table, rows):
    read = pq.read_table(path)
    names = [column["name"] for column in table["columns"]] + ["status"]
    expect(read.column_names == names, "the columns are not the manifest's")
    for column in table["columns"]:
        kind = read.schema.field(column["name"]).type
        if column["role"] == "measure":
            wanted = pa.types.is_int64 if column["type"] == "integer" else pa.types.is_float64
            expect(wanted(kind), f"{column['name']} is {kind}")
        else:
            expect(pa.types.is_string(kind) or pa.types.is_date32(kind), f"{column['name']} is {kind}")
    found = [{name: plain(value) for name, value in row.items()} for row in read.to_pylist()]
    expect(found == rows, "the rows are not those of the JSON file")
    measures = [column["name"] for column in table["columns"] if column["role"] == "measure"]
    for row in found:
        hidden = row["status"] == "withheld"
        expect(hidden or row["status"] == "published", "a status of another name")
        expect(all((row[name] is None) == hidden for name in measures), "null and status disagree")
        expect(withheld.isdisjoint(row.values()), "a withheld figure is shown")
    metadata = pq.read_metadata(path)
    # The statistics of a column chunk are public as well.
    for group in range(metadata.num_row_groups):
        for at in range(metadata.num_columns):
            chunk = metadata.row_group(group).column(at)
            if chunk.is_stats_set and chunk.statistics.has_min_max:
                ends = {chunk.statistics.min, chunk.statistics.max}
                expect(withheld.isdisjoint(ends), "the statistics tell a withheld figure")
    return sum(row["status"] == "withheld" for row in found)


total = 0
for folder, table, files in tables(case):
    named = {file["format"]: folder / file["name"] for file in files}

    def one(named=named, table=table):
        global total
        hidden = check(named["parquet"], table, load(named["json"])["rows"])
        expect(hidden == table["withheld"], "the number of withheld rows is not the manifest's")
        total += hidden

    def other(named=named):
        with pa.ipc.open_file(named["arrow"]) as read:
            found = [{name: plain(value) for name, value in row.items()} for row in read.read_all().to_pylist()]
        expect(found == load(named["json"])["rows"], "the rows are not those of the JSON file")
        content = named["arrow"].read_bytes()
        for number in withheld:
            expect(number.to_bytes(8, "little") not in content, "a withheld figure lies in the file")

    judge(f"pyarrow reads {named['parquet'].name}", one)
    judge(f"pyarrow reads {named['arrow'].name}", other)

judge("pyarrow saw withheld figures at all", lambda: expect(total > 0 and withheld, "nothing was withheld"))

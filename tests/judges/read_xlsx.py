"""openpyxl reads every workbook: the data as in the Japanese CSV, and a codebook of every column."""

import csv

import openpyxl

from case import expect, judge, tables, the_case

for folder, table, files in tables(the_case()):
    named = {file["format"]: folder / file["name"] for file in files if file.get("language") != "en"}

    def one(named=named, table=table):
        book = openpyxl.load_workbook(named["xlsx"], read_only=True)
        expect(book.sheetnames == ["データ", "コードブック"], f"sheets are {book.sheetnames}")
        data, codebook = (list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets)
        with open(named["csv"], encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        found = [["" if cell is None else str(cell) for cell in row] for row in data]
        expect(found == rows, "the cells are not those of the CSV file")
        measures = [column["title"]["ja"] for column in table["columns"] if column["role"] == "measure"]
        numbers = [cell for row in data[1:] for cell in row if isinstance(cell, (int, float))]
        expect(not measures or table["rows"] == table["withheld"] or numbers, "figures are text")
        described = {row[0] for row in codebook[1:]}
        expect({column["name"] for column in table["columns"]} <= described, "a column is not described")
        expect(book.properties.creator in (None, "openpyxl"), "the workbook tells who made it")

    judge(f"openpyxl reads {named['xlsx'].name}", one)

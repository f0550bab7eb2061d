"""GDAL (ogrinfo) reads every GeoJSON and CSV file and counts its rows."""

import json
import shutil
import subprocess
import sys

from case import expect, judge, tables, the_case

if shutil.which("ogrinfo") is None:
    print("skipped GDAL: 'ogrinfo' is not installed")
    sys.exit(0)


def count(path, *options):
    said = subprocess.run(
        ["ogrinfo", "-ro", "-al", "-json", *options, str(path)], check=True, capture_output=True
    ).stdout
    [layer] = json.loads(said)["layers"]
    return layer["featureCount"], layer.get("geometryFields", [])


for folder, table, files in tables(the_case()):
    for file in files:
        if file["format"] not in ("geojson", "csv"):
            continue

        def one(file=file, folder=folder):
            found, geometry = count(folder / file["name"])
            expect(found == file["rows"], f"{found} features")
            if file["format"] == "geojson" and file["rows"]:
                expect(geometry, "there is no geometry")

        judge(f"GDAL reads {file['name']}", one)

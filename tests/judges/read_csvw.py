"""csvw reads every CSV by its CSVW metadata, with the types that the metadata tells."""

import shutil
import sys
import warnings
from pathlib import Path

from csvw import CSVW

from case import expect, judge, the_case

case = the_case()
beside = Path(sys.argv[1]).parent
for dataset in case["datasets"]:
    manifest = dataset["manifest"]
    for file in manifest["files"]:
        if file["format"] != "csv":
            continue

        def one(file=file, dataset=dataset, manifest=manifest):
            place = beside / f"csvw-{file['name']}"
            place.mkdir()
            shutil.copy(Path(dataset["dir"]) / file["name"], place)
            metadata = place / f"{file['name']}-metadata.json"
            shutil.copy(beside / f"{manifest['dataset']}_{metadata.name}", metadata)
            [table] = CSVW(str(metadata)).tables
            # Its strict way takes a column's name for its title.
            with warnings.catch_warnings(record=True) as told:
                warnings.simplefilter("always")
                rows = list(table.iterdicts(strict=False))
            expect(not told, f"{[str(one.message) for one in told][:3]}")
            expect(len(rows) == file["rows"], f"{len(rows)} rows")
            keys = [tuple(row[name] for name in table.tableSchema.primaryKey) for row in rows]
            expect(len(set(keys)) == len(keys), "two rows have one key")
            expect(not rows or all(any(part is not None for part in key) for key in keys), "a row has no key")

        judge(f"csvw reads {file['name']}", one)

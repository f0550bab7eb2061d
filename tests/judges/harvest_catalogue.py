"""The parser of CKAN's DCAT harvester reads the feed twice and would change nothing the second time."""

import sys
from pathlib import Path

from ckanext.dcat.processors import RDFParser

from case import expect, judge, the_case

case = the_case()
folder = Path(sys.argv[1]).parent
FORMS = {"json-ld": "catalogue.jsonld", "turtle": "catalogue.ttl", "xml": "catalogue.xml"}


def harvested(form):
    parser = RDFParser(profiles=["euro_dcat_ap_3"])
    parser.parse((folder / FORMS[form]).read_bytes(), _format=form)
    expect(parser.next_page() is None, "there is one page, and the parser looks for another")
    packages = {}
    for package in parser.datasets():
        extras = {extra["key"]: extra["value"] for extra in package["extras"]}
        packages[extras["uri"]] = (package, extras)
    return packages


def plain(packages):
    """What the harvester would write, without the order in which RDF happens to be read."""
    return {
        uri: (
            package["title"],
            package["notes"],
            sorted(tag["name"] for tag in package["tags"]),
            sorted((resource["uri"], resource["url"], resource.get("hash")) for resource in package["resources"]),
            {key: extras[key] for key in sorted(extras) if key != "conforms_to"},
        )
        for uri, (package, extras) in packages.items()
    }


for form in FORMS:

    def one(form=form):
        first = harvested(form)
        wanted = {
            f"{case['origin']}/opendata/{case['municipality']}/{dataset['manifest']['dataset']}": dataset["manifest"]
            for dataset in case["datasets"]
        }
        expect(set(first) == set(wanted), "the harvester would add or delete a dataset")
        for uri, (package, _) in first.items():
            manifest = wanted[uri]
            expect(len(package["resources"]) == len(manifest["files"]), "a file is missing")
            expect(package["title"] and package["notes"], "a title or description is missing")
        expect(plain(harvested(form)) == plain(first), "the second reading differs from the first")

    judge(f"ckanext-dcat harvests the catalogue as {form}, twice", one)


def alike():
    readings = [plain(harvested(form)) for form in FORMS]
    expect(readings[0] == readings[1] == readings[2], "the forms do not say the same")


judge("ckanext-dcat reads the same in every form", alike)

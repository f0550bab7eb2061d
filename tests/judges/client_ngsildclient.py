"""ngsildclient, the NGSI-LD client of Orange, works a day at the broker."""

import logging

from case import expect, judge, the_case
from ngsildclient import Client, Entity
from ngsildclient.api.exceptions import NgsiAlreadyExistsError, NgsiNotConnectedError
from requests.auth import AuthBase

logging.disable(logging.CRITICAL)
case = the_case()
TYPE = "AirQualityObserved"
FIRST = "urn:ngsi-ld:AirQualityObserved:first"


class Bearer(AuthBase):
    def __init__(self, key):
        self.key = key

    def __call__(self, request):
        request.headers["Authorization"] = f"Bearer {self.key}"
        return request


def client_with(key):
    host, port = case["origin"].removeprefix("http://").split(":")
    return Client(
        host,
        int(port),
        tenant=case["tenant"],
        custom_auth=Bearer(key),
        tenant_autocreate=False,
        verbose=False,
    )


client = client_with(case["key"])


def observed(name, value):
    entity = Entity(TYPE, name)
    entity.prop("NO2", value, unitcode="GP")
    entity.loc((33.24, 130.3))
    entity.rel("refPointOfInterest", "PointOfInterest:station")
    return entity


def one_entity():
    client.create(observed("first", 22))
    shown = client.get(FIRST).to_dict()
    expect(shown["NO2"]["value"] == 22 and shown["NO2"]["unitCode"] == "GP", "it differs from what was sent")
    expect(shown["location"]["value"]["coordinates"] == [130.3, 33.24], "the place moved")
    changed = client.get(FIRST)
    changed["NO2.value"] = 99
    client.update(changed)
    expect(client.get(FIRST).to_dict()["NO2"]["value"] == 99, "the change was lost")


def batches():
    client.upsert(*[observed(f"b{number}", number) for number in range(50)])
    expect(client.count(type=TYPE) == 51, "entities are missing or twice there")
    expect(len(client.query(type=TYPE, q="NO2<10")) == 10, "q finds others")
    paged = [entity.id for entity in client.query_generator(type=TYPE, limit=7)]
    expect(len(paged) == len(set(paged)) == 51, "a page was lost or came twice")
    expect(TYPE in client.types.list(), "the type is not listed")
    client.delete_where(type=TYPE, q="NO2<10")
    expect(client.count(type=TYPE) == 41, "others were deleted, or not all")


def histories():
    values = client.temporal.get(FIRST)["NO2"]["values"]
    # The client deletes and creates where it is asked to update.
    told = [value for value, _ in values if value != "urn:ngsi-ld:null"]
    expect(told == [22, 99], "the history differs from what happened")


def refusals():
    try:
        client.create(observed("first", 1))
        raise AssertionError("an entity was created twice")
    except NgsiAlreadyExistsError:
        pass
    try:
        client_with("hk_nobody").create(observed("other", 1))
        raise AssertionError("a stranger wrote")
    except NgsiNotConnectedError:
        pass
    client.drop(TYPE)
    expect(client.count(type=TYPE) == 0, "something is left")


judge("ngsildclient creates, reads and changes an entity", one_entity)
judge("ngsildclient writes, pages and deletes batches", batches)
judge("ngsildclient reads a history", histories)
judge("ngsildclient is refused what must not be", refusals)

"""FiLiP, a client of FIWARE brokers from RWTH Aachen, works a day at the broker."""

import logging

import requests
from case import expect, judge, the_case
from filip.clients.ngsi_ld.cb import ContextBrokerLDClient
from filip.models.base import FiwareLDHeader
from filip.models.ngsi_ld.context import ActionTypeLD, ContextLDEntity, ContextProperty
from filip.models.ngsi_ld.subscriptions import SubscriptionLD

logging.disable(logging.CRITICAL)
case = the_case()
ROOM = "urn:ngsi-ld:Room:filip-1"
SUBSCRIPTION = "urn:ngsi-ld:Subscription:filip-1"


def client_of(tenant):
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {case['key']}"
    return ContextBrokerLDClient(
        url=case["origin"],
        session=session,
        fiware_header=FiwareLDHeader(ngsild_tenant=tenant),
        create_tenant=False,
    )


client = client_of(case["tenant"])


def room(number, **attributes):
    made = {name: {"type": "Property", "value": value} for name, value in attributes.items()}
    return ContextLDEntity(id=f"urn:ngsi-ld:Room:filip-{number}", type="Room", **made)


def rooms(**query):
    return {one.id.rsplit("-", 1)[1] for one in client.get_entity_list(entity_type="Room", **query)}


def one_entity():
    client.post_entity(room(1, temperature=21.5, seats=4))
    shown = client.get_entity(ROOM)
    expect((shown.temperature.value, shown.seats.value) == (21.5, 4), "it differs from what was sent")
    client.update_entity_attribute(ROOM, ContextProperty(value=23), "temperature")
    client.append_entity_attributes(room(1, light=True))
    client.delete_attribute(ROOM, "seats")
    simple = client.get_entity(ROOM, options="keyValues").model_dump()
    expect(simple["temperature"] == 23 and simple["light"] is True, "a change was lost")
    expect("seats" not in simple, "a deleted attribute is still there")


def batches():
    many = [room(number, temperature=number) for number in range(2, 42)]
    for action in (ActionTypeLD.CREATE, ActionTypeLD.UPSERT, ActionTypeLD.UPDATE):
        client.entity_batch_operation(entities=many, action_type=action)
    expect(len(rooms(limit=1000)) == 41, "entities are missing or twice there")
    expect(rooms(q="temperature>39") == {"40", "41"}, "q finds others")
    expect(rooms(georel="near;maxDistance==1", geometry="Point", coordinates="[130,33]") == set(), "a place was made up")
    client.entity_batch_operation(entities=many, action_type=ActionTypeLD.DELETE)
    expect(rooms() == {"1"}, "a batch deleted others or not all")


def subscriptions():
    wanted = SubscriptionLD(
        id=SUBSCRIPTION,
        type="Subscription",
        entities=[{"type": "Room"}],
        watchedAttributes=["temperature"],
        notification={
            "attributes": ["temperature"],
            "format": "normalized",
            "endpoint": {"uri": "http://127.0.0.1:9/told", "accept": "application/json"},
        },
    )
    client.post_subscription(wanted)
    wanted.q = "temperature<0"
    client.update_subscription(wanted)
    expect([one.id for one in client.get_subscription_list(limit=10)] == [SUBSCRIPTION], "the list differs")
    expect(client.get_subscription(SUBSCRIPTION).q == "temperature<0", "the change was lost")
    client.delete_subscription(SUBSCRIPTION)
    expect(client.get_subscription_list(limit=10) == [], "it is still there")


def refusals():
    for refused in (
        lambda: client.post_entity(room(1, temperature=1)),
        lambda: client.get_entity("urn:ngsi-ld:Room:none"),
        lambda: client_of("nobody").get_entity_list(entity_type="Room"),
    ):
        try:
            refused()
        except requests.RequestException:
            continue
        raise AssertionError("something that must not be was not refused")
    client.delete_entity_by_id(ROOM, entity_type="Room")
    expect(rooms() == set(), "a deleted entity is still found")


judge("FiLiP creates, reads and changes an entity", one_entity)
judge("FiLiP writes, finds and deletes batches", batches)
judge("FiLiP subscribes, lists and ends subscriptions", subscriptions)
judge("FiLiP is refused what must not be", refusals)

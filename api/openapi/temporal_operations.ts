import { KNOWN } from "../temporal_parameters.ts";
import type { Operation } from "./operation.ts";

const ROOT = "/ngsi-ld/v1/temporal/entities";
const ENTITY = `${ROOT}/{id}`;
const ATTRIBUTE = `${ENTITY}/attrs/{attribute}`;
const INSTANCE = `${ATTRIBUTE}/{instance}`;
const DONE = { 204: "nothing" } as const;
const writes = { needs: "writer" } as const;

/** CIM 009 6.18 to 6.22 and 6.24. */
export const TEMPORAL_OPERATIONS: readonly Operation[] = [
  {
    method: "post",
    path: ROOT,
    id: "upsertTemporal",
    clause: "6.18.3.1",
    summary: "Create the history of an entity, or add to it",
    body: "EntityTemporal",
    answers: { 201: "nothing", 204: "nothing" },
    ...writes,
  },
  {
    method: "get",
    path: ROOT,
    id: "queryTemporal",
    clause: "6.18.3.2",
    summary: "Query the history of entities",
    parameters: KNOWN.query,
    answers: { 200: "EntitiesTemporal", 206: "EntitiesTemporal" },
  },
  {
    method: "get",
    path: ENTITY,
    id: "retrieveTemporal",
    clause: "6.19.3.1",
    summary: "Retrieve the history of an entity",
    parameters: KNOWN.retrieval,
    answers: { 200: "EntityTemporal", 206: "EntityTemporal" },
  },
  {
    method: "delete",
    path: ENTITY,
    id: "deleteTemporal",
    clause: "6.19.3.2",
    summary: "Delete the history of an entity",
    answers: DONE,
    ...writes,
  },
  {
    method: "post",
    path: `${ENTITY}/attrs`,
    id: "appendTemporal",
    clause: "6.20.3.1",
    summary: "Add instances of attributes to the history of an entity",
    body: "EntityTemporalFragment",
    answers: DONE,
    ...writes,
  },
  {
    method: "delete",
    path: ATTRIBUTE,
    id: "deleteTemporalAttribute",
    clause: "6.21.3.1",
    summary: "Delete an attribute from the history of an entity",
    parameters: ["datasetId", "deleteAll"],
    answers: DONE,
    ...writes,
  },
  {
    method: "patch",
    path: INSTANCE,
    id: "modifyInstance",
    clause: "6.22.3.1",
    summary: "Modify one instance of an attribute in the history",
    body: "EntityTemporalFragment",
    answers: DONE,
    ...writes,
  },
  {
    method: "delete",
    path: INSTANCE,
    id: "deleteInstance",
    clause: "6.22.3.2",
    summary: "Delete one instance of an attribute from the history",
    answers: DONE,
    ...writes,
  },
  {
    method: "post",
    path: "/ngsi-ld/v1/temporal/entityOperations/query",
    id: "queryTemporalByPost",
    clause: "6.24.3.1",
    summary:
      "Query the history of entities with a body that says what is asked",
    parameters: KNOWN.post,
    body: "Query",
    answers: { 200: "EntitiesTemporal", 206: "EntitiesTemporal" },
  },
];

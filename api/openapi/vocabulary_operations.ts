import { HOSTED_CONTEXT_PATH } from "@hiraku/ngsi";
import type { Operation } from "./operation.ts";

const ROOT = "/ngsi-ld/v1";
const CONTEXTS = `${ROOT}/jsonldContexts`;

/** CIM 009 6.25 to 6.30 and 6.33. */
export const VOCABULARY_OPERATIONS: readonly Operation[] = [
  {
    method: "get",
    path: `${ROOT}/types`,
    id: "listTypes",
    clause: "6.25.3.1",
    summary: "Types of entities that there are",
    parameters: ["details"],
    answers: { 200: "Types" },
  },
  {
    method: "get",
    path: `${ROOT}/types/{type}`,
    id: "describeType",
    clause: "6.26.3.1",
    summary: "How many entities of a type there are, with which attributes",
    answers: { 200: "TypeInfo" },
  },
  {
    method: "get",
    path: `${ROOT}/attributes`,
    id: "listAttributes",
    clause: "6.27.3.1",
    summary: "Attributes that entities have",
    parameters: ["details"],
    answers: { 200: "Attributes" },
  },
  {
    method: "get",
    path: `${ROOT}/attributes/{attribute}`,
    id: "describeAttribute",
    clause: "6.28.3.1",
    summary: "Which types of entities have an attribute, and of which kind",
    answers: { 200: "AttributeInfo" },
  },
  {
    method: "post",
    path: CONTEXTS,
    id: "addContext",
    clause: "6.29.3.1",
    summary: "Host a @context",
    body: "Context",
    answers: { 201: "nothing" },
    needs: "writer",
  },
  {
    method: "get",
    path: CONTEXTS,
    id: "listContexts",
    clause: "6.29.3.2",
    summary: "List the @contexts that the broker keeps",
    parameters: ["details", "kind"],
    answers: { 200: "ContextList" },
  },
  {
    method: "get",
    path: HOSTED_CONTEXT_PATH,
    id: "hostedContext",
    clause: "6.30.3.1",
    summary: "The @context of the platform's own terms",
    answers: { 200: "Context" },
  },
  {
    method: "get",
    path: `${CONTEXTS}/{id}`,
    id: "serveContext",
    clause: "6.30.3.1",
    summary: "Serve a @context, or what is known of it",
    parameters: ["details"],
    answers: { 200: "Context" },
  },
  {
    method: "delete",
    path: `${CONTEXTS}/{id}`,
    id: "deleteContext",
    clause: "6.30.3.2",
    summary: "Delete a @context, or read a cached one anew",
    parameters: ["reload"],
    answers: { 204: "nothing" },
    needs: "writer",
  },
  {
    method: "get",
    path: `${ROOT}/info/sourceIdentity`,
    id: "sourceIdentity",
    clause: "6.33.3.1",
    summary: "Which source answers, and since when",
    answers: { 200: "SourceIdentity" },
  },
];

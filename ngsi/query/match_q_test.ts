import assert from "node:assert/strict";
import fc from "fast-check";
import { attribute, entityOf, iri, NAMES, NOW, property } from "./_sample.ts";
import { matchesQ } from "./match_q.ts";
import { parseQ } from "./parse_q.ts";

const speed = attribute({
  type: "Property",
  value: 55,
  unitCode: "KMH",
  observedAt: "2017-12-24T13:00:00Z",
}, { [iri("source")]: [property("gps", { [iri("rank")]: [property(2)] })] });
const entity = entityOf({
  speed,
  brandName: property("Mercedes"),
  isFree: property(true),
  colors: property(["red", "green"]),
  address: property({ city: "大津", geo: { zone: 3 } }),
  opened: property("2017-12-24T12:00:00.5Z"),
  closed: property({ "@type": "DateTime", "@value": "2020-01-01T00:00:00Z" }),
  day: property("2020-01-01"),
  at: property("10:00:00Z"),
  parked: attribute({ type: "Relationship", object: "urn:x:Parking:1" }),
  parts: attribute({
    type: "ListRelationship",
    objectList: [{ object: "urn:x:a" }, { object: "urn:x:b" }],
  }),
  color: attribute({
    type: "LanguageProperty",
    languageMap: { en: "red", fr: ["rouge", "cerise"] },
  }),
  gender: attribute({ type: "VocabProperty", vocab: iri("Male") }),
  ticket: attribute({ type: "JsonProperty", json: { value: "Overstay" } }),
  list: attribute({ type: "ListProperty", valueList: [1, 2] }),
  location: attribute({
    type: "GeoProperty",
    value: { type: "Point", coordinates: [1, 2] },
  }),
  level: [
    property(1),
    attribute({
      type: "Property",
      value: 9,
      datasetId: "urn:d:1",
    }),
  ],
}, { scopes: ["/a"] });
const parking = entityOf({
  name: property("Downtown"),
  owner: attribute({ type: "Relationship", object: "urn:x:Owner:1" }),
}, { id: "urn:x:Parking:1", types: [iri("Parking")] });
const owner = entityOf({ name: property("City") }, { id: "urn:x:Owner:1" });

function holds(q: string, expandValues: string[] = []): boolean {
  const known = new Map([parking, owner].map((one) => [one.id, one]));
  return matchesQ(
    parseQ(q, NAMES, { expandValues: expandValues.map(iri) }),
    entity,
    (id) => known.get(id),
  );
}

Deno.test("CIM 009 4.9: matchesQ() finds what each operator and target asks for", () => {
  const yes = [
    "speed",
    "!rpm",
    "speed==55",
    "speed!=50",
    "speed>=55;speed<=55",
    "speed==10..60",
    "speed!=60..70",
    "speed==1,55",
    'brandName=="Mercedes"',
    'brandName!="Opel","Audi"',
    'brandName~="^Mer"',
    "brandName~=^(Mer|Aud)",
    'brandName!~="^Aud"',
    'brandName>"Audi"',
    "isFree==true",
    "isFree!=false",
    'colors=="red"',
    'colors!="blue"',
    'address[city]=="大津"',
    "address[geo.zone]>2",
    "opened==2017-12-24T12:00:00.500Z",
    "opened>2017-12-24T12:00:00Z",
    "closed<2021-01-01T00:00:00Z",
    "day==2019-01-01..2021-01-01",
    "at<11:00:00Z",
    "speed.observedAt>=2017-12-24T12:00:00Z",
    'speed.unitCode=="KMH"',
    'speed.source=="gps"',
    "speed.source.rank==2",
    "parked==urn:x:Parking:1",
    'parked=="urn:x:Parking:1"',
    "parked==urn:x:Parking:0,urn:x:Parking:1",
    "parts==urn:x:b",
    'color[en]=="red"',
    'color[*]=="cerise"',
    'color=="rouge"',
    'color[fr]!="red"',
    'ticket[value]=="Overstay"',
    "list==2",
    "location",
    'location[type]=="Point"',
    "level==9",
    "level==1",
    'level.datasetId=="urn:d:1"',
    'parked{name}=="Downtown"',
    'parked{Parking:name}=="Downtown"',
    "parked{owner{name}}",
    'modifiedAt>"2020-01-01T00:00:00Z"',
    "createdAt<2100-01-01T00:00:00Z",
    'id=="urn:x:1"',
    'scope=="/a"',
    "rpm|speed>1",
    '((speed>50|rpm>3000);brandName=="Mercedes")',
    "rpm;speed|isFree",
  ];
  const no = [
    "rpm",
    "!speed",
    "rpm!=1",
    "speed==54",
    "speed!=55",
    'speed=="55"',
    "speed>55",
    'speed~="5"',
    'brandName=="Merc"',
    'brandName!~="^Mer"',
    'colors!="red"',
    'colors>"a"',
    "colors~=red",
    'address[postcode]=="大津"',
    "address.city",
    "address[city.length]",
    "opened==2017-12-24T12:00:00Z",
    "opened>2017-12-24",
    "speed.observedAt>2018-01-01T00:00:00Z",
    "brandName.observedAt",
    'color[en]=="rouge"',
    'color[*]!="red"',
    'color[de]=="red"',
    'parked>"urn:a"',
    "parked~=urn",
    "parts!=urn:x:b",
    "location[coordinates]",
    'parked{Owner:name}=="Downtown"',
    "parked{rpm}",
    "speed{name}",
    "(speed>60|rpm>3000);isFree",
    "isFree>1",
    "deletedAt",
  ];

  assert.deepEqual(yes.filter((q) => !holds(q)), []);
  assert.deepEqual(no.filter((q) => holds(q)), []);
});

Deno.test("CIM 009 4.9: expandValues makes the words of a query IRIs", () => {
  assert.equal(holds("gender==Male"), false);
  assert.equal(holds("gender==Male", ["gender"]), true);
  assert.equal(holds('gender!="Male"', ["gender"]), false);
});

Deno.test("CIM 009 4.9: what is behind a relationship needs a lookup", () => {
  const q = parseQ("parked{name}", NAMES);

  assert.equal(matchesQ(q, entity), false);
});

Deno.test("CIM 009 4.9: parseQ() refuses what the grammar has not got and names the parameter", () => {
  const broken = [
    "",
    "speed==",
    "speed=5",
    "==5",
    "speed>true",
    "speed==1..",
    'speed==1.."a"',
    "(speed",
    "speed)",
    "speed;",
    "speed|",
    "speed==1,",
    'name=="a',
    "a..b",
    "a.createdAt.b",
    "createdAt.a",
    "createdAt[a]",
    "a[]",
    "a[b",
    "a[b..c]",
    "a{b",
    "a{}",
    "a~=",
    "a~=(?=b)",
    'a~="("',
    "speed==1 or rpm==2",
    "(".repeat(40) + "a" + ")".repeat(40),
    "a;".repeat(6000) + "a",
  ];
  for (const q of broken) {
    assert.throws(() => parseQ(q, NAMES, { parameter: "csf" }), {
      kind: "BadRequestData",
      message: /^Parameter 'csf'/,
    }, q);
  }
});

Deno.test("CIM 009 4.9: parseQ() takes any text or refuses it, and no pattern stops the process", () => {
  const piece = fc.constantFrom(
    ...`a b{ } [en] . == != > <= ~= !~= 1 1..2 "x" urn:x:1 ( ) ; | , ! true
      2020-01-01T00:00:00Z 10:00:00Z (a+)+$ createdAt`.split(/\s+/),
  );
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(piece).map((pieces) => pieces.join("")),
  );
  fc.assert(fc.property(text, (q) => {
    try {
      const parsed = parseQ(q, NAMES);
      assert.equal(typeof matchesQ(parsed, entity), "boolean");
    } catch (error) {
      assert.equal((error as { kind?: string }).kind, "BadRequestData");
    }
  }));
  const slow = parseQ('brandName~="(a*)*(a|aa)+$"', NAMES);
  const long = entityOf({ brandName: property("a".repeat(20_000) + "b") });
  assert.equal(matchesQ(slow, long), false);
});

Deno.test("CIM 009 4.9: equal and unequal part all values of one instance", () => {
  const scalar = fc.oneof(
    fc.integer(),
    fc.string(),
    fc.boolean(),
  );
  const literal = (value: unknown) => JSON.stringify(value);
  fc.assert(fc.property(scalar, scalar, (value, wanted) => {
    const one = entityOf({ a: property(value) });
    const equal = matchesQ(parseQ(`a==${literal(wanted)}`, NAMES), one);
    const unequal = matchesQ(parseQ(`a!=${literal(wanted)}`, NAMES), one);

    assert.equal(equal, value === wanted);
    assert.equal(unequal, !equal);
  }));
  assert.equal(NOW.endsWith("Z"), true);
});

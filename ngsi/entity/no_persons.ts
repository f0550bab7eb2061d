import { Problem } from "@hiraku/kernel";

// NGSI-LD carries things, never persons. A facility's name, address, telephone
// and e-mail are of a thing, so those names are not here.
const PERSONS = new Set(
  `person naturalperson individual human resident citizen inhabitant evacuee
evacuatedperson patient pupil student child parent guardian household
familymember user accountholder registrant jpkiholder 人 個人 住民 市民 世帯 避難者`
    .trim().split(/\s+/),
);
const OF_PERSONS = new Set(
  `mynumber individualnumber マイナンバー 個人番号 givenname familyname firstname
lastname middlename fullname maidenname namekana personname residentname
evacueename 氏名 姓名 氏名カナ 氏名ふりがな birthdate birthday dateofbirth dob
birthplace 生年月日 誕生日 homeaddress residentialaddress residentaddress 自宅住所
homephone mobilephone cellphone 携帯電話 携帯電話番号 residencecardnumber
cardserial certificateserial passportnumber driverlicensenumber
healthinsurancenumber insurancenumber 保険者番号 被保険者番号 pid`
    .trim().split(/\s+/),
);

const REMEMBERED = 20_000;
const LONGEST = 200;
const harmless = new Map([
  [PERSONS, new Set<string>()],
  [OF_PERSONS, new Set<string>()],
]);

/** Names come again and again; those that passed once need no second look. */
function passes(name: string, words: ReadonlySet<string>): boolean {
  const known = harmless.get(words as Set<string>);
  if (known?.has(name)) return true;
  if (words.has(localName(name))) return false;
  if (known !== undefined && name.length <= LONGEST) {
    if (known.size >= REMEMBERED) known.clear();
    known.add(name);
  }
  return true;
}

/** Refuses an entity type that stands for a person. */
export function refusePersonType(iri: string): void {
  if (!passes(iri, PERSONS)) throw persons("type");
}

/** Refuses a name that says something of a person, wherever it stands. */
export function refusePersonName(iri: string): void {
  if (!passes(iri, OF_PERSONS)) throw persons("attribute");
}

const URN_TYPE = /^urn:[^:]+:([^:]+):/i;

/** Refuses an id such as `urn:ngsi-ld:Person:4021`. */
export function refusePersonId(id: string): void {
  if (id.charAt(3) !== ":") return;
  const type = URN_TYPE.exec(id)?.[1];
  if (type !== undefined && !passes(type, PERSONS)) throw persons("id");
}

/** Looks in a value of any depth for names of a person's properties and ids of persons. */
export function refusePersonValue(value: unknown): void {
  if (typeof value === "string") return refusePersonId(value);
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) return value.forEach(refusePersonValue);
  for (const [key, inner] of Object.entries(value)) {
    refusePersonName(key);
    refusePersonValue(inner);
  }
}

function localName(iri: string): string {
  const start = Math.max(
    iri.lastIndexOf("#"),
    iri.lastIndexOf("/"),
    iri.lastIndexOf(":"),
  );
  return iri.slice(start + 1)
    .normalize("NFKC").replace(/[_\-\s]/g, "").toLowerCase();
}

const REFUSED = "Entities are things, never persons";

function persons(where: string): Problem {
  return new Problem("BadRequestData", `${REFUSED}: see the ${where}`);
}

/** Whether something was refused because it is of persons. */
export function isOfPersons({ message }: Problem): boolean {
  return message.startsWith(REFUSED);
}

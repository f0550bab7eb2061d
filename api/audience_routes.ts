import {
  AudienceRule,
  type Clock,
  type Layout,
  type Municipalities,
  Problem,
} from "@hiraku/kernel";
import {
  addAudience,
  type Audience,
  audienceChanges,
  audit,
  type Control,
  countMembers,
  findAudience,
  listAudiences,
  membersOf,
  OVERRIDE_REASONS,
  removeAudience,
} from "@hiraku/kernel/control";
import { openPseudonymiser, purposeOf } from "@hiraku/pipelines/events";
import { Hono } from "hono";
import { z } from "zod";
import { askWork } from "./ask_work.ts";
import {
  type Caller,
  callerOf,
  type Env,
  requireRole,
} from "./identity/caller.ts";
import { jsonInput } from "./input.ts";

const Wanted = z.strictObject({
  rule: z.unknown(),
  purpose: z.string().max(80),
  recipient: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/),
  overrideReason: z.enum(OVERRIDE_REASONS).nullable().default(null),
});
const New = Wanted.extend({
  label: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9:._-]{0,79}$/),
});
const Pids = z.strictObject({
  recipient: Wanted.shape.recipient,
  pids: z.array(z.string().regex(/^[A-Za-z0-9_-]{8,64}$/)).min(1).max(1_000),
});

const MAKERS = ["section", "officer", "hq", "admin"] as const;
const LARGEST_PAGE = 5_000;

/** Audiences and eligibility: rules, sizes, and members for the one backend they are for. */
export function audienceRoutes(
  { control, clock, municipalities, layout }: {
    control: Control;
    clock: Clock;
    municipalities: Municipalities;
    layout: Pick<Layout, "pseudonymKey">;
  },
): Hono<Env> {
  const app = new Hono<Env>();
  const path = "/api/v1/:code{\\d{6}}";
  const record = (caller: Caller, code: string, action: string, on: string) =>
    audit(control, clock, {
      caller: caller.id,
      municipality: code,
      action,
      object: on,
    });
  const cityOf = (code: string) => {
    if (municipalities.has(code)) return code;
    throw new Problem("ResourceNotFound", "There is no such municipality");
  };

  app.post(`${path}/audiences/preview`, async (c) => {
    const caller = callerOf(c);
    const code = cityOf(c.req.param("code"));
    requireRole(caller, code, ...MAKERS);
    const { rule, ...wanted } = jsonInput(Wanted, await c.req.text());
    requireMayOverride(caller, code, wanted.overrideReason);
    requirePurpose(wanted.purpose);
    await record(caller, code, "audience.preview", overridden(wanted));
    return c.json(
      await askWork({ control, clock }, caller, code, "audience.preview", {
        ...wanted,
        rule: readRule(rule),
      }) as object,
    );
  });

  app.post(`${path}/audiences/unseen`, async (c) => {
    const caller = callerOf(c);
    const code = cityOf(c.req.param("code"));
    requireRole(caller, code, ...MAKERS, "analyst");
    const { rule } = jsonInput(
      z.strictObject({ rule: z.unknown() }),
      await c.req.text(),
    );
    await record(caller, code, "audience.unseen", "rule");
    return c.json(
      await askWork({ control, clock }, caller, code, "audience.unseen", {
        rule: readRule(rule),
      }) as object,
    );
  });

  app.post(`${path}/audiences`, async (c) => {
    const caller = callerOf(c);
    const code = cityOf(c.req.param("code"));
    requireRole(caller, code, ...MAKERS);
    const { rule, ...wanted } = jsonInput(New, await c.req.text());
    requireMayOverride(caller, code, wanted.overrideReason);
    requirePurpose(wanted.purpose);
    const id = await addAudience(control, clock, {
      ...wanted,
      municipality: code,
      rule: readRule(rule),
      createdBy: caller.id,
    });
    await record(
      caller,
      code,
      "audience.create",
      `${id} ${overridden(wanted)}`,
    );
    return c.json({ id }, 201);
  });

  app.get(`${path}/audiences`, async (c) => {
    const code = cityOf(c.req.param("code"));
    requireRole(callerOf(c), code, ...MAKERS);
    return c.json(await listAudiences(control, code));
  });

  app.get(`${path}/audiences/:id`, async (c) => {
    const code = cityOf(c.req.param("code"));
    requireRole(callerOf(c), code, ...MAKERS);
    const audience = await findAudience(control, code, c.req.param("id"));
    const members = await countMembers(control, audience.id);
    // A size in tens, as the preview tells it.
    return c.json({ ...audience, size: Math.round(members / 10) * 10 });
  });

  app.delete(`${path}/audiences/:id`, async (c) => {
    const caller = callerOf(c);
    const code = cityOf(c.req.param("code"));
    requireRole(caller, code, ...MAKERS);
    const { id } = await findAudience(control, code, c.req.param("id"));
    await removeAudience(control, clock, id);
    await record(caller, code, "audience.remove", id);
    return c.body(null, 204);
  });

  for (const part of ["members", "changes"] as const) {
    app.get(`${path}/audiences/:id/${part}`, async (c) => {
      const caller = callerOf(c);
      const code = cityOf(c.req.param("code"));
      const audience = await findAudience(control, code, c.req.param("id"));
      await requireRecipient(control, caller, code, audience);
      await record(caller, code, `audience.${part}`, audience.id);
      const after = c.req.query("after") ?? "";
      const { id, currentAt, failure } = audience;
      if (part === "members") {
        const members = await membersOf(control, id, after, LARGEST_PAGE);
        return c.json({ currentAt, failure, members });
      }
      if (!/^\d{0,15}$/.test(after)) {
        throw new Problem("BadRequestData", "after: not a cursor");
      }
      const changes = await audienceChanges(
        control,
        id,
        Number(after),
        LARGEST_PAGE,
      );
      return c.json({ currentAt, failure, changes });
    });
  }

  // The identity side learns under which name a recipient knows its people.
  app.post(`${path}/pseudonyms`, async (c) => {
    const caller = callerOf(c);
    const code = cityOf(c.req.param("code"));
    if (
      caller.kind !== "key" || caller.municipality !== code ||
      !caller.eventTypes.includes("idlink.*")
    ) {
      throw new Problem(
        "Forbidden",
        "This needs the identity side's API key (events idlink.*)",
      );
    }
    const { recipient, pids } = jsonInput(Pids, await c.req.text());
    const keyring = openPseudonymiser(layout.pseudonymKey(code));
    await record(caller, code, "pseudonyms", `${recipient} ${pids.length}`);
    return c.json({
      pseudonyms: pids.map((pid) =>
        keyring.pairwise(recipient, keyring.subject(pid))
      ),
    });
  });
  return app;
}

const ATTRIBUTES =
  "tier, districtCode, ageBand, sex, residentStatus, registrationMethod, hasPhone, hasEmail, notification, nfcCapable, topics, childAgeBands";

function readRule(sent: unknown): AudienceRule {
  const rule = AudienceRule.safeParse(sent);
  if (rule.success) return rule.data;
  throw new Problem(
    "BadRequestData",
    `rule: conditions are over ${ATTRIBUTES}, 'live' or 'used'; people are not selected by name, address or anything else`,
  );
}

function requirePurpose(id: string): void {
  if (purposeOf(id) !== undefined) return;
  throw new Problem("BadRequestData", "purpose: not on the list of purposes");
}

function requireMayOverride(
  caller: Caller,
  code: string,
  reason: string | null,
): void {
  if (reason !== null) requireRole(caller, code, "hq", "admin");
}

function overridden(
  { overrideReason }: { overrideReason: string | null },
): string {
  return overrideReason === null ? "rule" : `override ${overrideReason}`;
}

/** Members are told to the key they are for, by its label, and to nobody else. */
async function requireRecipient(
  control: Control,
  caller: Caller,
  code: string,
  { recipient }: Audience,
): Promise<void> {
  if (caller.kind === "key" && caller.municipality === code) {
    const key = await control.selectFrom("api_key").select("label")
      .where("id", "=", caller.id).executeTakeFirst();
    if (key?.label === recipient && caller.roles.get(code)?.has("partner")) {
      return;
    }
  }
  throw new Problem(
    caller.kind === "public" ? "Unauthorized" : "Forbidden",
    "Members are told to the partner key they are for",
  );
}

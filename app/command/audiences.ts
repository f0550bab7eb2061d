import { AudienceRule, Problem } from "@hiraku/kernel";
import {
  addAudience,
  audit,
  countMembers,
  findAudience,
  listAudiences,
  OVERRIDE_REASONS,
  removeAudience,
} from "@hiraku/kernel/control";
import { purposeOf } from "@hiraku/pipelines/events";
import { type Command, type Invocation, option, Usage } from "./command.ts";
import { cityOption, tableOf } from "./people.ts";
import { ask } from "./work.ts";

const WHO = {
  municipality: { type: "string" },
  rule: { type: "string" },
  purpose: { type: "string" },
  recipient: { type: "string" },
  override: { type: "string" },
} as const;
const HELP = [
  "--municipality CODE  whose people",
  "--rule FILE          the rule as JSON",
  "--purpose ID         for which purpose they are addressed (default notices)",
  "--recipient LABEL    label of the API key that learns the members",
  `--override REASON    in a disaster, below the threshold: ${
    OVERRIDE_REASONS.join(", ")
  }`,
];

const preview: Command = {
  name: "audiences preview",
  operands: "",
  summary: "Tell about how many people a rule speaks of",
  options: WHO,
  help: HELP,
  async run(on) {
    const municipality = cityOption(on);
    const wanted = await wantedOf(on);
    await record(on, municipality, "audience.preview", wanted);
    const { value, code } = await ask(
      on,
      municipality,
      "audience.preview",
      wanted,
    );
    return { value, text: tableOf([value as Record<string, unknown>]), code };
  },
};

const create: Command = {
  name: "audiences create",
  operands: "LABEL",
  summary: "Keep an audience current for the backend it is for",
  options: WHO,
  help: HELP,
  async run(on) {
    const { installation: { control }, clock, operands: [label] } = on;
    if (
      label === undefined || !/^[A-Za-z0-9][A-Za-z0-9:._-]{0,79}$/.test(label)
    ) {
      throw new Usage("The LABEL is a code, such as 'shelter-a'");
    }
    const municipality = cityOption(on);
    const wanted = await wantedOf(on);
    const id = await addAudience(control, clock, {
      ...wanted,
      municipality,
      label,
      createdBy: "cli",
    });
    await record(on, municipality, `audience.create ${id}`, wanted);
    return { value: { id }, text: `Audience made. Id: ${id}` };
  },
};

const listing: Command = {
  name: "audiences list",
  operands: "",
  summary:
    "List audiences, about how large they are and whether they are current",
  options: { municipality: { type: "string" } },
  help: ["--municipality CODE  whose audiences"],
  async run(on) {
    const { control } = on.installation;
    const audiences = await listAudiences(control, cityOption(on));
    const rows = await Promise.all(audiences.map(async (one) => ({
      id: one.id,
      label: one.label,
      purpose: one.purpose,
      recipient: one.recipient,
      size: Math.round(await countMembers(control, one.id) / 10) * 10,
      override: one.overrideReason ?? "-",
      current: one.currentAt ?? "-",
      failure: one.failure ?? "-",
    })));
    return { value: rows, text: tableOf(rows) };
  },
};

const removing: Command = {
  name: "audiences remove",
  operands: "ID",
  summary: "End an audience and forget its members",
  options: { municipality: { type: "string" } },
  help: ["--municipality CODE  whose audience"],
  async run(on) {
    const { installation: { control }, clock, operands: [given] } = on;
    if (given === undefined) throw new Usage("The audience's ID is missing");
    const municipality = cityOption(on);
    const { id } = await findAudience(control, municipality, given);
    await removeAudience(control, clock, id);
    await audit(control, clock, {
      caller: "cli",
      municipality,
      action: "audience.remove",
      object: id,
    });
    return { value: { removed: id }, text: `Audience ${id} is gone` };
  },
};

const unseen: Command = {
  name: "audiences unseen",
  operands: "",
  summary: "Tell by kind of person who a rule of visibility leaves out",
  options: { municipality: WHO.municipality, rule: WHO.rule },
  help: HELP.slice(0, 2),
  async run(on) {
    const { value, code } = await ask(
      on,
      cityOption(on),
      "audience.unseen",
      { rule: await ruleOf(on) },
    );
    const { groups = [] } = value as { groups?: Record<string, unknown>[] };
    return { value, text: tableOf(groups), code };
  },
};

export const audienceCommands: readonly Command[] = [
  preview,
  create,
  listing,
  removing,
  unseen,
];

async function wantedOf(on: Invocation) {
  const purpose = option(on, "purpose", "notices");
  if (purposeOf(purpose) === undefined) {
    throw new Usage(`--purpose: '${purpose}' is not on the list of purposes`);
  }
  const override = on.values["override"];
  const overrideReason = OVERRIDE_REASONS.find((one) => one === override) ??
    null;
  if (override !== undefined && overrideReason === null) {
    throw new Usage(`--override: one of ${OVERRIDE_REASONS.join(", ")}`);
  }
  return {
    rule: await ruleOf(on),
    purpose,
    recipient: option(on, "recipient"),
    overrideReason,
  };
}

async function ruleOf(on: Invocation): Promise<AudienceRule> {
  const path = option(on, "rule");
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Problem("ResourceNotFound", `File '${path}' does not exist`);
  }
  const rule = AudienceRule.safeParse(jsonOf(text));
  if (rule.success) return rule.data;
  throw new Problem(
    "BadRequestData",
    "The rule is over allowed attributes, 'live' or 'used'; people are not selected by name",
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function record(
  { installation: { control }, clock }: Invocation,
  municipality: string,
  action: string,
  { overrideReason }: { overrideReason: string | null },
): Promise<void> {
  return audit(control, clock, {
    caller: "cli",
    municipality,
    action,
    object: overrideReason === null ? "rule" : `override ${overrideReason}`,
  });
}

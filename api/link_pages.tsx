import type { Clock, Language, Municipalities, Text } from "@hiraku/kernel";
import {
  askForReplay,
  audit,
  type Control,
  enableLink,
  findLink,
  type Link,
  type LinkFailureKind,
  listLinks,
} from "@hiraku/kernel/control";
import { Layout } from "@hiraku/opendata";
import { type Context as HonoContext, Hono } from "hono";
import { Crumbs } from "./crumbs.tsx";
import { signInFirst } from "./account_routes.tsx";
import { callerOf, type Env, hasRole, requireRole } from "./identity/caller.ts";
import { cityTime } from "./city_time.ts";

const TEXT = {
  title: { ja: "都市OSとの連携", en: "Links to the urban data platform" },
  none: { ja: "連携はまだありません。", en: "There is no link yet." },
  direction: { ja: "方向", en: "Direction" },
  address: { ja: "相手のブローカー", en: "Outside broker" },
  tenant: { ja: "相手のテナント", en: "Its tenant" },
  types: { ja: "エンティティ種別", en: "Entity types" },
  state: { ja: "状態", en: "State" },
  waiting: { ja: "未送信", en: "Waiting" },
  success: { ja: "最終成功", en: "Last success" },
  failure: { ja: "最終失敗", en: "Last failure" },
  pause: { ja: "一時停止", en: "Pause" },
  resume: { ja: "再開", en: "Resume" },
  replay: { ja: "全件を再送・再取得", en: "Replay everything" },
} as const satisfies Record<string, Text>;

const DIRECTIONS: Readonly<Record<Link["direction"], Text>> = {
  push: { ja: "送信（相手を最新に保つ）", en: "Push: theirs is kept current" },
  follow: {
    ja: "受信（相手の変更に追従）",
    en: "Follow: ours is kept current",
  },
};

const STATES = {
  removing: { ja: "削除中", en: "Being removed" },
  paused: { ja: "一時停止中", en: "Paused" },
  first: { ja: "同期中", en: "Synchronising" },
  behind: { ja: "未送信あり", en: "Something waits" },
  current: { ja: "最新", en: "Current" },
} as const satisfies Record<string, Text>;

const FAILURES: Readonly<Record<LinkFailureKind, Text>> = {
  unreachable: { ja: "接続できません", en: "Not reachable" },
  unauthorized: { ja: "認証されません", en: "Credential not accepted" },
  refused: { ja: "受け取りを拒否されました", en: "Refused by the other side" },
  not_allowed: {
    ja: "設定で許可されていない宛先です",
    en: "The configuration does not allow the address",
  },
  outside_error: { ja: "相手側のエラー", en: "Error of the other side" },
  unreadable: { ja: "応答を解釈できません", en: "Answer not understood" },
  no_credential: { ja: "認証情報を読めません", en: "Credential not readable" },
  own_broker: {
    ja: "自局ブローカーが応答しません",
    en: "Our own broker does not answer",
  },
};

const CARETAKERS = ["admin", "section"] as const;
const ACTIONS = ["pause", "resume", "replay"] as const;

/** Pages for those who look after links to outside brokers. */
export function linkPages(
  { control, clock, municipalities }: {
    control: Control;
    clock: Clock;
    municipalities: Municipalities;
  },
): Hono<Env> {
  const app = new Hono<Env>();

  async function act(c: HonoContext<Env>, action: typeof ACTIONS[number]) {
    const caller = callerOf(c);
    const { id, municipality } = await findLink(
      control,
      c.req.param("id") ?? "",
    );
    requireRole(caller, municipality, ...CARETAKERS);
    if (action === "replay") await askForReplay(control, clock, id);
    else await enableLink(control, id, action === "resume");
    await audit(control, clock, {
      caller: caller.id,
      municipality,
      action: `link.${action}`,
      object: id,
    });
  }

  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    const path = `${at}/operations/links`;
    app.get(path, async (c) => {
      const caller = callerOf(c);
      if (caller.kind === "public") return signInFirst(c, language);
      const mine = [...municipalities.values()].filter(({ code }) =>
        hasRole(caller, code, ...CARETAKERS)
      );
      if (mine.length === 0) requireRole(caller, "*", ...CARETAKERS);
      const cities = await Promise.all(mine.map(async ({ code, name }) => ({
        code,
        name,
        links: await listLinks(control, code),
      })));
      return c.html(<Links language={language} cities={cities} />);
    });
    for (const action of ACTIONS) {
      app.post(`${path}/:id/${action}`, async (c) => {
        await act(c, action);
        return c.redirect(path, 303);
      });
    }
  }
  return app;
}

function Links(
  { language, cities }: {
    language: Language;
    cities: readonly { code: string; name: Text; links: readonly Link[] }[];
  },
) {
  return (
    <Layout language={language} title={TEXT.title} path="/operations/links">
      <Crumbs language={language} />
      <h1>{TEXT.title[language]}</h1>
      {cities.map(({ code, name, links }) => (
        <section aria-labelledby={`c${code}`}>
          <h2 id={`c${code}`}>{name[language]}</h2>
          {links.length === 0 && <p>{TEXT.none[language]}</p>}
          {links.map((link) => <OneLink language={language} link={link} />)}
        </section>
      ))}
    </Layout>
  );
}

function OneLink({ language, link }: { language: Language; link: Link }) {
  const at = language === "ja" ? "" : "/en";
  const { waiting, lastSuccessAt, lastFailureAt, lastFailure } = link.status;
  const facts: readonly (readonly [Text, string])[] = [
    [TEXT.direction, DIRECTIONS[link.direction][language]],
    [TEXT.address, link.address],
    [TEXT.tenant, link.tenant ?? "–"],
    [TEXT.types, link.types.join(", ")],
    [TEXT.state, stateOf(link)[language]],
    [TEXT.waiting, waiting.toLocaleString("en")],
    [TEXT.success, lastSuccessAt === null ? "–" : cityTime(lastSuccessAt)],
    [
      TEXT.failure,
      lastFailureAt === null || lastFailure === null
        ? "–"
        : `${cityTime(lastFailureAt)} ${FAILURES[lastFailure][language]}`,
    ],
  ];
  const actions = link.removedAt !== null
    ? []
    : [link.enabled ? "pause" : "resume", "replay"] as const;
  return (
    <article aria-labelledby={`l${link.id}`}>
      <h3 id={`l${link.id}`}>
        <code>{link.id}</code>
      </h3>
      <div class="scroll" tabindex={0} role="region" aria-label={link.id}>
        <table class="facts">
          <tbody>
            {facts.map(([title, value]) => (
              <tr>
                <th scope="row">{title[language]}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {actions.map((action) => (
        <form
          method="post"
          action={`${at}/operations/links/${link.id}/${action}`}
        >
          <p>
            <button type="submit">{TEXT[action][language]}</button>
          </p>
        </form>
      ))}
    </article>
  );
}

function stateOf({ enabled, removedAt, status }: Link): Text {
  if (removedAt !== null) return STATES.removing;
  if (!enabled) return STATES.paused;
  if (!status.synced) return STATES.first;
  return status.waiting > 0 ? STATES.behind : STATES.current;
}

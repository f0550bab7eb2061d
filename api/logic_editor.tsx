import type { Language, Text } from "@hiraku/kernel";
import {
  cityTitle,
  isTested,
  levelName,
  LEVELS,
  LogicDrawing,
  type LogicModel,
  OwnWords,
  sentence,
} from "@hiraku/dashboards";
import {
  columnOf,
  inLanguage,
  Layout,
  logicLinks,
  nameOf,
} from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { Crumbs } from "./crumbs.tsx";
import type { Edited, EditorProps } from "./logic_editing.ts";
import { BoxForm, LinkForm } from "./logic_forms.tsx";

export const EDITOR_TITLE: Text = {
  ja: "ロジックモデルの編集",
  en: "Edit the logic model",
};

const TEXT = {
  lead: {
    ja:
      "項目・指標とその理由・つながりを、図を見ながら直します。点検で見つかったことは、その項目のところに出ます。変更は台帳に残り、公開のページにすぐ反映されます。",
    en:
      "Boxes, indicators with their reasons, and links, beside the drawing. What a review would find stands at the box or link it speaks of. Changes are kept in the registers with their history and show on the public page at once.",
  },
  page: { ja: "公開のページ", en: "Public page" },
  drawing: { ja: "図", en: "Drawing" },
  key: {
    ja: "実線は検証済み、破線は仮定。!は点検で見つかったことがある項目です。",
    en: "Solid: tested. Dashed: assumed. A ! marks a box with a finding.",
  },
  none: { ja: "まだ項目がありません。", en: "There is no box yet." },
  edit: { ja: "変更", en: "Change" },
  remove: { ja: "削除", en: "Remove" },
  removeBox: { ja: "項目とそのつながりを削除", en: "Remove with its links" },
  addBox: { ja: "項目を追加", en: "Add a box" },
  addLink: { ja: "つながりを追加", en: "Add a link from here" },
  finding: { ja: "点検", en: "Review" },
  noMetric: { ja: "指標なし", en: "no indicator" },
  leadsTo: { ja: "つながる先", en: "Leads to" },
  tested: { ja: "検証済", en: "tested" },
  assumed: { ja: "仮定", en: "assumed" },
  sound: {
    ja: "点検で見つかった問題はありません。",
    en: "A review finds no fault.",
  },
  refused: { ja: "保存できませんでした", en: "Not saved" },
} as const satisfies Record<string, Text>;

type Link = LogicModel["links"][number];

/** The model as it is drawn, with its boxes and links to change beside. */
export function LogicEditor(props: EditorProps): JSX.Element {
  const { language, city, model, edited } = props;
  const path = `/operations/${city.code}/logic-model`;
  return (
    <Layout
      language={language}
      title={cityTitle(city, EDITOR_TITLE)}
      path={path}
      styles={["boards.css"]}
    >
      <Crumbs language={language} />
      <h1>{cityTitle(city, EDITOR_TITLE)[language]}</h1>
      <p>{TEXT.lead[language]}</p>
      <p>
        <a
          href={inLanguage(language, `/dashboards/${city.code}/logic-model`)}
        >
          {TEXT.page[language]}
        </a>
      </p>
      {edited?.problem !== undefined && (
        <p class="notice" role="alert">
          {TEXT.refused[language]}: {edited.problem}
        </p>
      )}
      {edited?.kind === "boxes" && <BoxForm {...props} path={path} />}
      {edited?.kind === "links" && <LinkForm {...props} path={path} />}
      <section class="figure" aria-labelledby="model">
        <h2 id="model">{TEXT.drawing[language]}</h2>
        {model.nodes.length === 0 ? <p>{TEXT.none[language]}</p> : (
          <>
            <p class="meta">{TEXT.key[language]}</p>
            {model.faults.length === 0 && <p>{TEXT.sound[language]}</p>}
            <div
              class="scroll drawing"
              tabindex={0}
              role="region"
              aria-label={`${TEXT.drawing[language]}: ${
                EDITOR_TITLE[language]
              }`}
            >
              <LogicDrawing
                language={language}
                model={model}
                municipality={city}
                title={TEXT.key[language]}
              />
            </div>
          </>
        )}
      </section>
      {LEVELS.map((level) => (
        <Level {...props} path={inLanguage(language, path)} level={level} />
      ))}
    </Layout>
  );
}

type LevelProps = EditorProps & { path: string };

function Level(
  { level, ...props }: LevelProps & { level: typeof LEVELS[number] },
) {
  const { language, city, model, path } = props;
  const own = model.nodes.filter(({ node }) => node.level === level);
  const name = levelName(level, city, language);
  return (
    <section aria-labelledby={`level-${level}`}>
      <h2 id={`level-${level}`}>{name}</h2>
      {own.length > 0 && (
        <ul class="boxes">
          {own.map((one) => <Box {...props} box={one} />)}
        </ul>
      )}
      <p>
        <a href={`${path}?level=${level}#form`}>
          {TEXT.addBox[language]}
          <span class="visually-hidden">: {name}</span>
        </a>
      </p>
    </section>
  );
}

function Box(
  { box, ...props }: LevelProps & { box: LogicModel["nodes"][number] },
) {
  const { language, model, path } = props;
  const { node, metric, reading } = box;
  const name = language === "ja" ? node.titleJa : node.titleEn;
  const links = model.links.filter(({ from }) => from === node.id);
  return (
    <li id={`boxes-${node.id}`}>
      <strong>{name}</strong>
      <span class="meta">
        {metric === undefined
          ? TEXT.noMetric[language]
          : `${metric.title[language]}: ${sentence(reading, metric, language)}`}
        {node.why !== undefined && (
          <>
            {" · "}
            <OwnWords language={language} words={node.why} />
          </>
        )}
      </span>
      <Findings {...props} of={node.id} />
      <Buttons
        language={language}
        path={path}
        kind="boxes"
        id={node.id}
        name={name}
      />
      {links.length > 0 && (
        <ul aria-label={`${name}: ${TEXT.leadsTo[language]}`}>
          {links.map((link) => <LinkLine {...props} link={link} from={name} />)}
        </ul>
      )}
      <p>
        <a href={`${path}?from=${encodeURIComponent(node.id)}#form`}>
          {TEXT.addLink[language]}
          <span class="visually-hidden">: {name}</span>
        </a>
      </p>
    </li>
  );
}

function LinkLine(
  { link, from, ...props }: LevelProps & { link: Link; from: string },
) {
  const { language, model, path, city } = props;
  const end = model.nodes.find(({ node }) => node.id === link.to)?.node;
  const to = end === undefined
    ? link.to
    : language === "ja"
    ? end.titleJa
    : end.titleEn;
  const level = nameOf(
    columnOf(logicLinks.row, "evidence"),
    link.evidence,
    city,
  )[language];
  return (
    <li id={`links-${link.id}`}>
      → <strong>{to}</strong>{" "}
      <span
        class={isTested(link) ? "state state-reached" : "state state-missed"}
      >
        {(isTested(link) ? TEXT.tested : TEXT.assumed)[language]}
      </span>{" "}
      <span class="meta">
        <OwnWords language={language} words={link.assumption} /> · {level}
        {link.evaluation !== undefined && (
          <>
            {" · "}
            <OwnWords language={language} words={link.evaluation} />
          </>
        )}
      </span>
      <Findings {...props} of={link.id} />
      <Buttons
        language={language}
        path={path}
        kind="links"
        id={link.id}
        name={`${from} → ${to}`}
      />
    </li>
  );
}

/** What a review finds of one box or link. */
function Findings({ language, model, of }: EditorProps & { of: string }) {
  const own = model.faults.filter(({ id }) => id === of);
  return (
    <>
      {own.map(({ text }) => (
        <span class="notice" role="note">
          {TEXT.finding[language]}: {text[language]}
        </span>
      ))}
    </>
  );
}

function Buttons({ language, path, kind, id, name }: {
  language: Language;
  path: string;
  kind: Edited["kind"];
  id: string;
  name: string;
}) {
  const asked = kind === "boxes" ? "box" : "link";
  return (
    <form class="inline" method="post" action={`${path}/${kind}/remove`}>
      <a href={`${path}?${asked}=${encodeURIComponent(id)}#form`}>
        {TEXT.edit[language]}
        <span class="visually-hidden">: {name}</span>
      </a>{" "}
      <input type="hidden" name="id" value={id} />
      <button type="submit" class="link">
        {(kind === "boxes" ? TEXT.removeBox : TEXT.remove)[language]}
        <span class="visually-hidden">: {name}</span>
      </button>
    </form>
  );
}

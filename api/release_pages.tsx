import {
  type Clock,
  type Language,
  type Layout,
  type Municipalities,
  type Municipality,
  Problem,
} from "@hiraku/kernel";
import type { Control } from "@hiraku/kernel/control";
import {
  cubeBudgets,
  DATASETS,
  inLanguage,
  latestVersion,
  Layout as Frame,
  type PublishedVersion,
  type ReleaseReport,
  reportOfVersion,
  type YearsBudget,
} from "@hiraku/opendata";
import { Hono } from "hono";
import { signInFirst } from "./account_routes.tsx";
import { callerOf, type Env } from "./identity/caller.ts";
import { proposalText, RELEASE_WORDS, sentences } from "./release_words.ts";
import {
  staffCities,
  staffCity,
  type StaffPages,
} from "./staff_city_pages.tsx";
import { StaffTable } from "./staff_table.tsx";

const OFFICERS = ["admin", "officer"] as const;

/** `/admin/releases`: for the officer, what left, what is withheld and why, and what coarser tables would save. */
export function releasePages(
  { control, layout, municipalities, clock }: {
    control: Control;
    clock: Clock;
    layout: Layout;
    municipalities: Municipalities;
  },
): Hono<Env> {
  const pages: StaffPages = {
    municipalities,
    roles: OFFICERS,
    title: RELEASE_WORDS.title,
    path: "/admin/releases",
  };
  const app = new Hono<Env>();
  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    app.get(`${at}/admin/releases`, (c) => staffCities(c, language, pages));
    app.get(`${at}/admin/releases/:code{[0-9]{6}}`, async (c) => {
      if (callerOf(c).kind === "public") return signInFirst(c, language);
      const city = staffCity(c, pages);
      const found = await Promise.all(
        DATASETS.map(({ id }) =>
          latestVersion(layout.releasedRoot(city.code), id, clock)
        ),
      );
      return c.html(
        <Releases
          language={language}
          city={city}
          versions={found.filter((one) => one !== undefined)}
          budgets={await cubeBudgets(layout, city.code)}
        />,
      );
    });
    app.get(`${at}/admin/releases/:code{[0-9]{6}}/:dataset`, async (c) => {
      if (callerOf(c).kind === "public") return signInFirst(c, language);
      const city = staffCity(c, pages);
      const dataset = c.req.param("dataset");
      const version = DATASETS.some(({ id }) => id === dataset)
        ? await latestVersion(layout.releasedRoot(city.code), dataset, clock)
        : undefined;
      if (version === undefined) {
        throw new Problem(
          "ResourceNotFound",
          `Dataset '${dataset.slice(0, 80)}' has no version`,
        );
      }
      const report = await reportOfVersion(control, {
        municipality: city.code,
        dataset,
        version: version.manifest.version,
      });
      return c.html(<Release {...{ language, city, version, report }} />);
    });
  }

  return app;
}

function Releases(
  { language, city, versions, budgets }: {
    language: Language;
    city: Municipality;
    versions: readonly PublishedVersion[];
    budgets: readonly YearsBudget[];
  },
) {
  const words = (key: keyof typeof RELEASE_WORDS) =>
    RELEASE_WORDS[key][language];
  const path = `/admin/releases/${city.code}`;
  return (
    <Frame language={language} title={RELEASE_WORDS.title} path={path}>
      <h1>{city.name[language]} {words("title")}</h1>
      <p>
        <a href={inLanguage(language, "/opendata/protection")}>
          {words("council")}
        </a>
      </p>
      <StaffTable
        label={words("title")}
        head={[
          words("dataset"),
          words("version"),
          words("figures"),
          words("withheld"),
          words("share"),
          words("narrowest"),
        ]}
        rows={versions.map(({ manifest }) => {
          const rows = sumOf(manifest.tables.map((one) => one.rows));
          const withheld = sumOf(manifest.tables.map((one) => one.withheld));
          return [
            <a href={inLanguage(language, `${path}/${manifest.dataset}`)}>
              {manifest.title[language]}
            </a>,
            manifest.version,
            rows,
            withheld,
            percent(withheld, rows),
            manifest.narrowestInterval ?? "–",
          ];
        })}
        none={words("none")}
      />
      <h2 id="noise">{words("noise")}</h2>
      <p>{words("noiseSaid")}</p>
      <StaffTable
        label={words("noise")}
        head={[words("year"), words("spent"), words("cap"), words("share")]}
        rows={budgets.map(({ year, spent, cap }) => [
          String(year),
          (spent / 1e9).toFixed(3),
          (cap / 1e9).toFixed(3),
          percent(spent, cap),
        ])}
        none={words("unmeasured")}
      />
    </Frame>
  );
}

function Release({ language, city, version: { manifest }, report }: {
  language: Language;
  city: Municipality;
  version: PublishedVersion;
  report: ReleaseReport | undefined;
}) {
  const words = (key: keyof typeof RELEASE_WORDS) =>
    RELEASE_WORDS[key][language];
  const path = `/admin/releases/${city.code}/${manifest.dataset}`;
  const files =
    `/opendata/${city.code}/${manifest.dataset}/${manifest.version}`;
  const titleOf = (id: string) =>
    manifest.tables.find((one) => one.id === id)?.title[language] ?? id;
  const counted = Object.entries(report?.tables ?? {})
    .filter(([, { figures }]) => figures > 0);
  const proposed = counted.flatMap(([id, { proposals, small }]) =>
    proposals.map((one) => ({ id, small, proposal: one }))
  );
  return (
    <Frame language={language} title={manifest.title} path={path}>
      <p class="crumbs">
        <a href={inLanguage(language, `/admin/releases/${city.code}`)}>
          {city.name[language]} {words("title")}
        </a>
      </p>
      <h1>{manifest.title[language]}</h1>
      <section class="card" aria-labelledby="told">
        <h2 id="told">{words("told")}</h2>
        {sentences(language, manifest, report).map((one) => <p>{one}</p>)}
        <p>
          <a href={`${files}/certificate.json`} download>
            {words("certificate")}
          </a>
        </p>
      </section>
      <h2 id="tables">{words("tables")}</h2>
      <p>{words("internal")}</p>
      <StaffTable
        label={words("tables")}
        head={[
          words("table"),
          words("figures"),
          words("small"),
          words("concentrated"),
          words("complements"),
          words("share"),
          words("shareOfPeople"),
        ]}
        rows={counted.map(([id, one]) => [
          titleOf(id),
          one.figures,
          one.small,
          one.concentrated,
          one.complements,
          percent(
            one.small + one.concentrated + one.complements,
            one.figures,
          ),
          `${(100 * one.shareOfPeople).toFixed(1)}%`,
        ])}
        none={words("noReport")}
      />
      <h2 id="coarser">{words("coarser")}</h2>
      {proposed.length === 0 ? <p>{words("noProposal")}</p> : (
        <ul>
          {proposed.map(({ id, small, proposal }) => (
            <li>
              {proposalText(language, {
                table: titleOf(id),
                column: columnTitle(manifest, id, proposal.column, language),
                small,
                proposal,
              })}
            </li>
          ))}
        </ul>
      )}
    </Frame>
  );
}

function columnTitle(
  { tables }: PublishedVersion["manifest"],
  id: string,
  column: string,
  language: Language,
): string {
  const found = tables.find((one) => one.id === id)?.columns
    .find(({ name }) => name === column);
  return found?.title[language] ?? column;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "–" : `${(100 * part / whole).toFixed(1)}%`;
}

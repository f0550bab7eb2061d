import {
  cityDay,
  type Clock,
  type Language,
  type Layout,
  type Municipalities,
  type Municipality,
  Problem,
  type Text,
} from "@hiraku/kernel";
import { audit, type Control, feedbackOf } from "@hiraku/kernel/control";
import {
  addDraft,
  addLinesAsDraft,
  approve,
  csvText,
  dropDraft,
  entriesOf,
  eventLines,
  events,
  findDraft,
  inLanguage,
  listDrafts,
  type Preview,
  previewOf,
  publishStandard,
  refreshOpenDataList,
  type SheetDraft,
  SHEETS,
  type Shelf,
  standardDataset,
  withdraw,
} from "@hiraku/opendata";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { signInFirst } from "./account_routes.tsx";
import { callerOf, type Env, requireRole } from "./identity/caller.ts";
import { DraftPage } from "./draft_page.tsx";
import { SheetDesk } from "./sheet_desk.tsx";

const LARGEST_FILE = 32 * 1024 * 1024;
const fileBody = bodyLimit({
  // The frame of the form beside the file.
  maxSize: LARGEST_FILE + 64 * 1024,
  onError() {
    throw new Problem("PayloadTooLarge", `At most ${LARGEST_FILE} bytes`);
  },
});

/** The pages on which an officer checks, corrects, publishes and takes back the city's open data. */
export function sheetPages(
  { layout, shelf, municipalities, control, clock, origin }: {
    layout: Layout;
    shelf: Shelf;
    municipalities: Municipalities;
    control: Control;
    clock: Clock;
    origin: string;
  },
): Hono<Env> {
  const app = new Hono<Env>();
  const places = { layout, clock };

  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    const path = `${at}/operations/:code{[0-9]{6}}/opendata`;
    const desk = (code: string) =>
      inLanguage(language, `/operations/${code}/opendata`);

    app.get(path, async (c) => {
      if (callerOf(c).kind === "public") return signInFirst(c, language);
      return await deskPage(c, language);
    });

    app.post(`${path}/check`, fileBody, async (c) => {
      const city = officersCity(c);
      const { file, sheet } = await c.req.parseBody();
      if (!(file instanceof File) || file.size === 0) {
        return await deskPage(c, language, REFUSED.none);
      }
      if (file.size > LARGEST_FILE) {
        return await deskPage(c, language, REFUSED.large);
      }
      try {
        const id = await addDraft(places, city, callerOf(c).id, {
          fileName: file.name,
          bytes: new Uint8Array(await file.arrayBuffer()),
          ...typeof sheet === "string" && sheet !== "" && { sheet },
        });
        return c.redirect(`${desk(city.code)}/drafts/${id}`, 303);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        return await deskPage(c, language, error.reason ?? REFUSED.unreadable);
      }
    });

    app.post(`${path}/events`, async (c) => {
      const city = officersCity(c);
      const dataset = standardDataset(eventSheet());
      const entries = await entriesOf(control, city.code, events);
      const csv = csvText({
        header: dataset.sheet.columns.map(({ name }) => name),
        lines: () => eventLines(city, entries),
      });
      const by = callerOf(c).id;
      const id = await addLinesAsDraft(places, city, by, dataset, csv);
      return c.redirect(`${desk(city.code)}/drafts/${id}`, 303);
    });

    app.get(`${path}/drafts/:id`, async (c) => {
      if (callerOf(c).kind === "public") return signInFirst(c, language);
      const { city, draft, preview } = await draftOf(c);
      return c.html(
        <DraftPage
          language={language}
          city={city}
          draft={draft}
          preview={preview}
        />,
      );
    });

    app.get(`${path}/drafts/:id/corrected.csv`, async (c) => {
      const { city, draft, preview } = await draftOf(c);
      const slug = preview?.dataset.sheet.slug;
      const name = slug === undefined
        ? "corrected.csv"
        : `${city.code}_${slug}.csv`;
      return c.body(draft.corrected, 200, {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": `attachment; filename="${name}"`,
      });
    });

    app.post(`${path}/drafts/:id/drop`, async (c) => {
      const { city, draft } = await draftOf(c);
      await dropDraft(layout, city.code, draft.id);
      return c.redirect(desk(city.code), 303);
    });

    app.post(`${path}/drafts/:id/publish`, async (c) => {
      const { city, draft, preview } = await draftOf(c);
      const form = await c.req.parseBody();
      const text = (name: string) => {
        const value = form[name];
        return typeof value === "string" ? value.trim() : "";
      };
      const again = (problem: Text) =>
        c.html(
          <DraftPage
            language={language}
            city={city}
            draft={draft}
            preview={preview}
            problem={problem}
          />,
          400,
        );
      const reason = text("reason");
      const from = text("from");
      if (preview === undefined) return again(REFUSED.noSheet);
      if (reason === "" || reason.length > 500) return again(REFUSED.reason);
      if (from !== "" && !isDay(from)) return again(REFUSED.day);
      const withPersons = text("persons") === "1";
      if (preview.persons.length > 0 && !withPersons) {
        return again(REFUSED.persons);
      }
      if (draft.counts.error > 0 && text("errors") !== "1") {
        return again(REFUSED.errors);
      }
      if (preview.lines.length === 0) return again(REFUSED.noRows);
      const correction = text("correction");
      const { version } = await publishStandard(
        approve(preview.dataset, city, preview.lines, { withPersons }),
        {
          ...places,
          ...from > cityDay(clock.now()) && {
            notBefore: new Date(`${from}T00:00:00+09:00`).toISOString(),
          },
          ...correction !== "" && {
            correction: { ja: correction, en: correction },
          },
        },
      );
      await audit(control, clock, {
        caller: callerOf(c).id,
        municipality: city.code,
        action: "opendata.publish",
        object: `${preview.dataset.id} ${version.version}: ${reason}`,
      });
      await dropDraft(layout, city.code, draft.id);
      await refreshList(city);
      return c.redirect(desk(city.code), 303);
    });

    app.post(`${path}/withdraw`, async (c) => {
      const city = officersCity(c);
      const { dataset, version, reason } = await c.req.parseBody();
      const why = typeof reason === "string" ? reason.trim() : "";
      if (why === "" || why.length > 500) {
        return await deskPage(c, language, REFUSED.reason);
      }
      const found = await shelf.version(
        city.code,
        String(dataset),
        String(version),
      );
      if (found === undefined || found.withdrawn !== undefined) {
        return await deskPage(c, language, REFUSED.noVersion);
      }
      await withdraw(found, { ja: why, en: why });
      await audit(control, clock, {
        caller: callerOf(c).id,
        municipality: city.code,
        action: "opendata.withdraw",
        object: `${String(dataset)} ${found.version}: ${why}`,
      });
      await refreshList(city);
      return c.redirect(desk(city.code), 303);
    });
  }

  /** *work* writes this list too; whoever comes second leaves it to the first. */
  async function refreshList(city: Municipality): Promise<void> {
    try {
      await refreshOpenDataList(city, { ...places, origin });
    } catch (error) {
      const met = error instanceof Problem && error.kind === "Conflict" ||
        error instanceof Deno.errors.NotFound;
      if (!met) throw error;
    }
  }

  function officersCity(c: Context<Env>): Municipality {
    const code = c.req.param("code") ?? "";
    requireRole(callerOf(c), code, "officer", "admin");
    const city = municipalities.get(code);
    if (city !== undefined) return city;
    throw new Problem("ResourceNotFound", "There is no such municipality");
  }

  async function draftOf(c: Context<Env>): Promise<{
    city: Municipality;
    draft: SheetDraft;
    preview: Preview | undefined;
  }> {
    const city = officersCity(c);
    const draft = await findDraft(layout, city.code, c.req.param("id") ?? "");
    if (draft === undefined) {
      throw new Problem("ResourceNotFound", "There is no such draft");
    }
    return { city, draft, preview: await previewOf(layout, city, draft) };
  }

  async function deskPage(
    c: Context<Env>,
    language: Language,
    problem?: Text,
  ): Promise<Response> {
    const city = officersCity(c);
    const cards = (await shelf.cards()).filter(({ municipality }) =>
      municipality.code === city.code
    );
    return c.html(
      <SheetDesk
        language={language}
        city={city}
        drafts={await listDrafts(layout, city.code)}
        cards={cards}
        feedback={await feedbackOf(control, city.code)}
        {...problem && { problem }}
      />,
      problem === undefined ? 200 : 400,
    );
  }

  return app;
}

function eventSheet() {
  const found = SHEETS.find(({ id }) => id === "12");
  if (found === undefined) throw new Error("Sheet 12 is missing");
  return found;
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

const REFUSED = {
  none: { ja: "ファイルを選んでください。", en: "Choose a file." },
  large: {
    ja: "ファイルが32 MiBを超えています。",
    en: "The file is larger than 32 MiB.",
  },
  unreadable: {
    ja: "ファイルを読めませんでした。CSVかXLSXを選んでください。",
    en: "The file could not be read. Choose CSV or XLSX.",
  },
  noSheet: {
    ja: "標準の様式に当てはまらないため公開できません。",
    en: "It follows no standard sheet and cannot be published.",
  },
  noRows: { ja: "公開する行がありません。", en: "There is no row to publish." },
  reason: {
    ja: "理由を500文字以内で書いてください。",
    en: "Give the reason, in up to 500 letters.",
  },
  day: {
    ja: "公開日はYYYY-MM-DDで書いてください。",
    en: "Write the day as YYYY-MM-DD.",
  },
  persons: {
    ja: "個人に関わりうる列があります。確認の欄に印を付けてください。",
    en: "There are columns that may speak of persons. Tick that this is meant.",
  },
  errors: {
    ja: "誤りが残っています。承知のうえで公開するなら欄に印を付けてください。",
    en: "Errors remain. Tick that you mean to publish all the same.",
  },
  noVersion: {
    ja: "その版は公開されていません。",
    en: "There is no such public version.",
  },
} as const satisfies Record<string, Text>;

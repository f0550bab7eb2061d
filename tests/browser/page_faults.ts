import axe from "axe-core";
import type { Page } from "playwright-core";

/** Rules of WCAG 2.2 AA and good practice that a page breaks. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run({
      runOnly: [
        "wcag2a",
        "wcag2aa",
        "wcag21a",
        "wcag21aa",
        "wcag22aa",
        "best-practice",
      ],
    });
    return violations.map(({ id, nodes }) =>
      `${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(" | ")}`
    );
  });
}

/** How wide the page is, with what hangs over. */
export async function width(page: Page): Promise<number> {
  return await page.evaluate("document.documentElement.scrollWidth");
}

/** Tables that are shown and wider than the box they stand in. */
export async function tooWide(page: Page): Promise<string[]> {
  return await page.evaluate(() =>
    [...document.querySelectorAll<HTMLTableElement>(".scroll table")]
      .filter((table) =>
        table.offsetParent !== null && table.parentElement !== null &&
        table.offsetWidth > table.parentElement.clientWidth
      )
      .map((table) => `${table.caption?.textContent} is too wide`)
  );
}

/** Japanese words of an English page that do not say so to whoever hears it. */
export async function unmarkedWords(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, 4);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const around = node.parentElement;
      if (around?.closest("[lang]")?.getAttribute("lang") !== "en") continue;
      if (around.closest("svg, script, option")) continue;
      const words = node.textContent ?? "";
      if (/[\u3040-\u30ff\u4e00-\u9fff]/.test(words)) found.push(words);
    }
    return found;
  });
}

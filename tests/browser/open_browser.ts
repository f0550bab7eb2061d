import chromium from "@sparticuz/chromium";
import { tmpdir } from "node:os";
import { type Browser, chromium as playwright } from "playwright-core";

// Arguments of the package that would hide faults of our pages or end the browser with one page.
const UNWANTED = [
  "--single-process",
  "--disable-web-security",
  "--allow-running-insecure-content",
];

/** A real Chromium from a registry package; nothing is fetched from elsewhere. */
export async function openBrowser(): Promise<Browser> {
  return await playwright.launch({
    executablePath: await unpacked(),
    args: [
      ...chromium.args.filter((one) => !UNWANTED.includes(one)),
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
    headless: true,
  });
}

/** Path of the browser, which whoever comes first unpacks while the others wait. */
async function unpacked(): Promise<string> {
  using lock = await Deno.open(`${tmpdir()}/chromium.lock`, {
    create: true,
    write: true,
  });
  await lock.lock(true);
  return await chromium.executablePath();
}

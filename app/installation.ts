import {
  type Config,
  type Layout,
  layout as layoutOf,
  readConfig,
} from "@hiraku/kernel";
import { type Control, openControl } from "@hiraku/kernel/control";

/** An installation on this machine, opened by the launcher or the command line. */
export interface Installation {
  readonly config: Config;
  readonly layout: Layout;
  readonly control: Control;
}

/** Makes the data folder where there is none and brings the control store up to date. */
export async function openInstallation(
  config: Config = readConfig(),
): Promise<Installation> {
  const layout = layoutOf(config.dataDir);
  await Deno.mkdir(layout.root, { recursive: true, mode: 0o750 });
  for (const { code } of config.municipalities) {
    await Deno.mkdir(layout.landing(code), { recursive: true });
  }
  return { config, layout, control: await openControl(layout.control) };
}

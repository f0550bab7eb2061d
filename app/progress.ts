/** Tells a person how far something is: a bar on a terminal, plain lines elsewhere. */
export interface ProgressView {
  update(done: number, total: number, text: string): void;
  finish(text: string): void;
}

const WIDTH = 28;
const LINE_EVERY = 0.1;
const encoder = new TextEncoder();

export function progressView(
  label: string,
  terminal: boolean = Deno.stdout.isTerminal(),
  print: (text: string) => void = say,
): ProgressView {
  let told = -1;
  return {
    update(done, total, text) {
      const share = total === 0 ? 1 : Math.min(1, done / total);
      if (terminal) {
        const full = Math.round(share * WIDTH);
        const bar = "█".repeat(full) + "░".repeat(WIDTH - full);
        const percent = String(Math.round(share * 100)).padStart(3);
        print(`\r\x1b[2K${label} ${bar} ${percent}% ${text}`);
      } else if (share - told >= LINE_EVERY || share === 1 && told < 1) {
        told = share;
        print(`${label} ${Math.round(share * 100)}% ${text}\n`);
      }
    },
    finish(text) {
      print(terminal ? `\r\x1b[2K${label} ✓ ${text}\n` : `${label} ${text}\n`);
    },
  };
}

export function say(text: string): void {
  const bytes = encoder.encode(text);
  for (let done = 0; done < bytes.length;) {
    done += Deno.stdout.writeSync(bytes.subarray(done));
  }
}

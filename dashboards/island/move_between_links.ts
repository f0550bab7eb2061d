/** What is needed of a key event and the element it is heard on. */
interface Pressed {
  readonly key: string;
  readonly currentTarget: {
    querySelectorAll(
      selector: "a",
    ): Iterable<{ focus(): void; matches(selector: string): boolean }>;
  };
  preventDefault(): void;
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowRight: 1,
  ArrowUp: -1,
  ArrowLeft: -1,
  Home: -Infinity,
  End: Infinity,
};

/** Arrow keys, Home and End go from link to link of a chart. */
export function moveBetweenLinks(event: Pressed): void {
  const step = STEPS[event.key];
  if (step === undefined) return;
  const links = [...event.currentTarget.querySelectorAll("a")];
  const at = links.findIndex((one) => one.matches(":focus"));
  const to = Math.max(0, Math.min(links.length - 1, at + step));
  links[to]?.focus();
  event.preventDefault();
}

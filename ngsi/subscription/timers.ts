/** Timeouts that can all be called off. */
export class Timers {
  readonly #running = new Set<ReturnType<typeof setTimeout>>();

  after(milliseconds: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#running.delete(timer);
      run();
    }, milliseconds);
    this.#running.add(timer);
  }

  clear(): void {
    for (const timer of this.#running) clearTimeout(timer);
    this.#running.clear();
  }
}

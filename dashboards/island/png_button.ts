import { savePng } from "./save_png.ts";

/** A button beside the link to a drawing, which a page without a script does not have. */
export class PngButton extends HTMLElement {
  connectedCallback(): void {
    const { svg, title } = this.dataset;
    if (svg === undefined) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    const of = document.createElement("span");
    of.className = "visually-hidden";
    of.textContent = `: ${title ?? ""}`;
    button.append("PNG", of);
    button.addEventListener("click", () => void savePng(svg));
    this.replaceChildren(button);
  }
}

import { LineReader } from "./line_reader.ts";
import { PngButton } from "./png_button.ts";

customElements.define("hiraku-line", LineReader);
customElements.define("hiraku-png", PngButton);

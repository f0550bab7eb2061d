import type { JSX } from "hono/jsx/jsx-runtime";
import { askedText, boardPath } from "../boards/board_address.ts";
import type { EvaluatedChart } from "../boards/evaluated.ts";
import type { BoardPageProps } from "../boards/page/board_page_props.ts";
import { ChartSection } from "../boards/page/chart_section.tsx";
import { EmbedFrame } from "./embed_frame.tsx";

/** One chart of a board with its table and sources, for another site's frame. */
export function ChartEmbed(
  props: BoardPageProps & { chart: EvaluatedChart },
): JSX.Element {
  const { language, municipality, evaluated: { board }, asked, scripts } =
    props;
  return (
    <EmbedFrame
      language={language}
      municipality={municipality}
      title={board.title}
      whole={boardPath(municipality.code, board.id) + askedText(asked)}
      within={false}
      {...scripts && { scripts }}
    >
      <ChartSection {...props} />
    </EmbedFrame>
  );
}

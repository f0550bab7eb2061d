import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";

/** Rows with a heading; a list that is empty says so. */
export function StaffTable(
  { label, head, rows, none }: {
    label: string;
    head: readonly string[];
    rows: readonly (readonly Child[])[];
    none: string;
  },
): JSX.Element {
  if (rows.length === 0) return <p>{none}</p>;
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            {head.map((title, at) => (
              <th
                scope="col"
                class={rows.every((row) => isFigure(row[at]))
                  ? "number"
                  : undefined}
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells) => (
            <tr>
              {cells.map((cell) =>
                isFigure(cell)
                  ? <td class="number">{cell.toLocaleString("en")}</td>
                  : <td>{cell}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Counts, shares and what stands where there is none. */
function isFigure(cell: Child): cell is number | string {
  return typeof cell === "number" ||
    (typeof cell === "string" && /^(\d[\d.,]*%|–)$/.test(cell));
}

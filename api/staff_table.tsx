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
          <tr>{head.map((title) => <th scope="col">{title}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map((cells) => (
            <tr>
              {cells.map((cell) =>
                typeof cell === "number"
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

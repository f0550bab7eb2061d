/** Functions that make rows from nothing but their arguments. */
const TABLE_FUNCTIONS = new Set(["range", "generate_series", "unnest"]);
/** Scalar functions that speak of the machine. */
const MACHINE =
  /^(current_setting|getenv|getvariable|read_\w+|parse_path|write_log|version|current_database|current_catalog|txid_current|pg_\w+|duckdb_\w+)$/;
const CATALOGUES = /^(pg_|duckdb_|sqlite_)/;

/**
 * Why a parsed query is not answered, in words for whoever asked; `undefined`
 * when it is. The engine could answer such a query, but its answer would be of
 * this machine and not of the city.
 */
export function refusal(tree: unknown): string | undefined {
  if (Array.isArray(tree)) {
    for (const one of tree) {
      const found = refusal(one);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (typeof tree !== "object" || tree === null) return undefined;
  const node = tree as Readonly<Record<string, unknown>>;
  const inner = node["function"];
  if (node["type"] === "TABLE_FUNCTION" && typeof inner === "object") {
    const name = String(
      (inner as Readonly<Record<string, unknown>> | null)?.["function_name"],
    );
    if (!TABLE_FUNCTIONS.has(name)) return `Function '${name}' is not offered`;
  }
  const name = node["function_name"];
  if (typeof name === "string" && MACHINE.test(name)) {
    return `Function '${name}' is not offered`;
  }
  if (node["type"] === "BASE_TABLE") {
    const table = String(node["table_name"]);
    const schema = String(node["schema_name"]);
    if (
      CATALOGUES.test(table) ||
      /^(information_schema|pg_catalog)$/.test(schema) ||
      /[./\\:]/.test(table)
    ) {
      return "Only released tables can be read, as dataset.table";
    }
  }
  return refusal(Object.values(node));
}

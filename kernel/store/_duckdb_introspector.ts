import {
  type DatabaseIntrospector,
  type DatabaseMetadataOptions,
  type Kysely,
  type SchemaMetadata,
  sql,
  type TableMetadata,
} from "kysely";
import {
  DEFAULT_MIGRATION_LOCK_TABLE,
  DEFAULT_MIGRATION_TABLE,
} from "kysely/migration";

interface Column {
  schema: string;
  table: string;
  isView: boolean;
  name: string;
  dataType: string;
  isNullable: boolean;
  defaultValue: string | null;
}

const INTERNAL = [DEFAULT_MIGRATION_TABLE, DEFAULT_MIGRATION_LOCK_TABLE];

export class DuckdbIntrospector implements DatabaseIntrospector {
  readonly #db: Kysely<unknown>;

  constructor(db: Kysely<unknown>) {
    this.#db = db;
  }

  async getSchemas(): Promise<SchemaMetadata[]> {
    const { rows } = await sql<SchemaMetadata>`
      SELECT schema_name AS name FROM duckdb_schemas()
      WHERE database_name = current_database() AND NOT internal
      ORDER BY schema_name`.execute(this.#db);
    return rows;
  }

  async getTables(options?: DatabaseMetadataOptions): Promise<TableMetadata[]> {
    const { rows } = await sql<Column>`
      SELECT c.schema_name AS schema, c.table_name AS "table",
        v.view_name IS NOT NULL AS "isView", c.column_name AS name,
        c.data_type AS "dataType", c.is_nullable AS "isNullable",
        c.column_default AS "defaultValue"
      FROM duckdb_columns() c
      LEFT JOIN duckdb_views() v ON v.database_name = c.database_name
        AND v.schema_name = c.schema_name AND v.view_name = c.table_name
      WHERE c.database_name = current_database() AND NOT c.internal
      ORDER BY c.schema_name, c.table_name, c.column_index`.execute(this.#db);
    const hidden = options?.withInternalKyselyTables ? [] : INTERNAL;
    const shown = rows.filter((row) => !hidden.includes(row.table));
    const tables = Map.groupBy(
      shown,
      (row) => JSON.stringify([row.schema, row.table]),
    );
    return [...tables.values()].flatMap(asTable);
  }
}

function asTable(columns: Column[]): TableMetadata[] {
  const [first] = columns;
  if (first === undefined) return [];
  return [{
    name: first.table,
    schema: first.schema,
    isView: first.isView,
    isForeign: false,
    columns: columns.map((column) => ({
      name: column.name,
      dataType: column.dataType,
      isNullable: column.isNullable,
      isAutoIncrementing: column.defaultValue?.startsWith("nextval(") ?? false,
      hasDefaultValue: column.defaultValue !== null,
    })),
  }];
}

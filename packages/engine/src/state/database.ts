import Libsql from 'libsql';

/** What may be bound to a statement. libsql aborts the process for anything else. */
export type Value = string | number | bigint | null | Uint8Array;

/** Rows that one statement inserts; a call costs more than a row. */
const rowsPerInsert = [100, 10, 1];

interface Prepared {
  readonly sql: string;
  readonly statement: Libsql.Statement;
  readonly parameters: number;
}

/**
 * The one door to libsql.
 *
 * libsql 0.5 aborts the whole process when a boolean, a `Date` or a plain object is bound, cuts text
 * at NUL and binds NULL for a missing parameter, so every bound value is checked here. Values go in as
 * one array: a lone `null` would be taken for an object of named parameters.
 */
export class Database {
  readonly #connection: Libsql.Database;
  readonly #statements = new Map<string, Prepared>();
  /** Statements of `insert`, by what is inserted and how many rows: their own text is long. */
  readonly #inserts = new Map<string, Prepared>();
  #depth = 0;

  constructor(file: string, busyTimeoutMs: number) {
    this.#connection = new Libsql(file, { timeout: busyTimeoutMs });
  }

  /** Runs several statements without parameters. */
  exec(sql: string): void {
    this.#connection.exec(sql);
  }

  /** Runs one statement and gives the number of rows it changed. */
  run(sql: string, ...values: Value[]): number {
    return this.#prepare(sql, values).run(values).changes;
  }

  /**
   * Inserts many rows of the same width with few statements. `sql` is the statement up to its column
   * list, `onConflict` what stands behind the values.
   */
  insert(sql: string, rows: readonly (readonly Value[])[], onConflict = ''): void {
    for (let at = 0; at < rows.length;) {
      const left = rows.length - at;
      const chunk = rows.slice(at, at + (rowsPerInsert.find((count) => count <= left) ?? 1));
      const values = chunk.flat();
      checkValues(this.#insertOf(sql, onConflict, chunk), values).run(values);
      at += chunk.length;
    }
  }

  #insertOf(sql: string, onConflict: string, rows: readonly (readonly Value[])[]): Prepared {
    const key = `${rows.length} ${sql} ${onConflict}`;
    const known = this.#inserts.get(key);
    if (known !== undefined) return known;
    const row = `(${repeatJoined('?', rows[0]?.length ?? 0)})`;
    const made = this.#compile(`${sql} VALUES ${repeatJoined(row, rows.length)} ${onConflict}`);
    this.#inserts.set(key, made);
    return made;
  }

  /** The first row, or `undefined`. */
  get<Row>(sql: string, ...values: Value[]): Row | undefined {
    return this.#prepare(sql, values).get(values) as Row | undefined;
  }

  /** All rows. Use `each` where there may be many. */
  all<Row>(sql: string, ...values: Value[]): Row[] {
    return this.#prepare(sql, values).all(values) as Row[];
  }

  /** Rows one by one. Do not write to the tables that are read until the iteration has ended. */
  each<Row>(sql: string, ...values: Value[]): IterableIterator<Row> {
    return this.#prepare(sql, values).iterate(values) as IterableIterator<Row>;
  }

  /** Runs `work` in a transaction: all of it is stored, or nothing. Nested calls join the outer one. */
  transaction<Result>(work: () => Result): Result {
    if (this.#depth > 0) return work();
    this.#connection.exec('BEGIN IMMEDIATE');
    this.#depth += 1;
    try {
      const result = work();
      this.#connection.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.#connection.inTransaction) this.#connection.exec('ROLLBACK');
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  close(): void {
    this.#statements.clear();
    this.#inserts.clear();
    this.#connection.close();
  }

  #prepare(sql: string, values: readonly Value[]): Libsql.Statement {
    let prepared = this.#statements.get(sql);
    if (prepared === undefined) {
      prepared = this.#compile(sql);
      this.#statements.set(sql, prepared);
    }
    return checkValues(prepared, values);
  }

  #compile(sql: string): Prepared {
    return { sql, statement: this.#connection.prepare(sql), parameters: countParameters(sql) };
  }
}

/** The statement, when it can take these values. */
function checkValues(
  { sql, statement, parameters }: Prepared,
  values: readonly Value[],
): Libsql.Statement {
  if (values.length !== parameters) {
    throw new TypeError(`Statement takes ${parameters} values, got ${values.length}: ${sql}`);
  }
  for (const value of values) assertBindable(value, sql);
  return statement;
}

function repeatJoined(text: string, count: number): string {
  return Array.from({ length: count }, () => text).join(', ');
}

function countParameters(sql: string): number {
  const marks = [...sql.replace(/'[^']*'/g, '').matchAll(/\?(\d*)/g)];
  const numbered = marks.map(([, digits]) => Number(digits)).filter((number) => number > 0);
  return numbered.length > 0 ? Math.max(...numbered) : marks.length;
}

function assertBindable(value: unknown, sql: string): void {
  switch (typeof value) {
    case 'string':
      if (!value.includes('\0')) return;
      break;
    case 'number':
    case 'bigint':
      return;
    default:
      if (value === null || value instanceof Uint8Array) return;
  }
  throw new TypeError(`Cannot bind a value of type ${typeof value} to: ${sql}`);
}

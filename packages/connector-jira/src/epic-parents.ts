import type { CallContext } from '@context-sync/core';

import type { Field } from './schema.ts';

/** Of the custom field by which Data Center puts an issue into an epic; its value is the epic's key. */
const kind = 'com.pyxis.greenhopper.jira:gh-epic-link';

const issueKey = /^[A-Z][A-Z0-9_]*-\d+$/i;

type Row = Readonly<Record<string, unknown>>;

/** Finds the ids of issues by their keys; those that are hidden are left out. */
export type FindIds = (
  keys: readonly string[],
  call: CallContext,
) => Promise<ReadonlyMap<string, string>>;

/**
 * Puts the epic of an issue where Cloud puts it, into `parent`, which Data Center has for subtasks
 * alone. The keys of epics are looked up once.
 */
export class EpicParents {
  readonly #findIds: FindIds;
  readonly #ids = new Map<string, string | undefined>();
  #field: string | undefined;

  constructor(findIds: FindIds) {
    this.#findIds = findIds;
  }

  /** The field to ask for with issues, if the site has it. */
  get fields(): readonly string[] {
    return this.#field === undefined ? [] : [this.#field];
  }

  noteFields(fields: readonly Field[]): void {
    this.#field = fields.find(({ schema }) => schema?.custom === kind)?.id;
  }

  /** The query for what lies right below these issues. */
  below(parents: readonly string[]): string {
    const list = `(${parents.join(', ')})`;
    const own = `parent in ${list}`;
    const number = this.#field?.replace('customfield_', '');
    return number === undefined ? own : `${own} OR cf[${number}] in ${list}`;
  }

  async fillIn(rows: readonly unknown[], call: CallContext): Promise<unknown[]> {
    const keys = new Set(rows.flatMap((row) => this.#epicOf(row) ?? []));
    const unknown = [...keys].filter((key) => !this.#ids.has(key));
    if (unknown.length > 0) {
      const found = await this.#findIds(unknown, call);
      for (const key of unknown) this.#ids.set(key, found.get(key));
    }
    return rows.map((row) => {
      const key = this.#epicOf(row);
      const id = key === undefined ? undefined : this.#ids.get(key);
      if (key === undefined || id === undefined) return row;
      const { fields, ...rest } = row as Row;
      return { ...rest, fields: { ...(fields as Row), parent: { id, key } } };
    });
  }

  /** The key of an epic, of a row that has no other parent. */
  #epicOf(row: unknown): string | undefined {
    if (this.#field === undefined || typeof row !== 'object' || row === null) return undefined;
    const { fields } = row as { readonly fields?: Row | null };
    const key = fields?.[this.#field];
    const hasParent = fields?.['parent'] !== undefined && fields['parent'] !== null;
    return typeof key === 'string' && issueKey.test(key) && !hasParent ? key : undefined;
  }
}

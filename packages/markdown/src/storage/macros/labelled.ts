import { paragraph } from '../../mdast/nodes.ts';
import { type Macro, type MacroHandler, parameter } from '../macro.ts';
import { firstParameter, fromParameters } from '../parameter-macro.ts';
import type { StorageReader } from '../reader.ts';
import type { LabelledReference } from '../references.ts';
import { parseCql } from './cql.ts';

/** `contentbylabel`: the pages with certain labels. How many, and in what order, is the engine's. */
export const convertContentByLabel: MacroHandler = fromParameters((macro, reader) =>
  labelledBy(macro, reader, undefined),
);

/** `detailssummary`: the properties of the pages with certain labels, as a table. */
export const convertPropertiesReport: MacroHandler = fromParameters((macro, reader) => {
  // Which of a page's tables a property comes from is not kept.
  if (parameter(macro, 'id') !== undefined) return undefined;
  return labelledBy(macro, reader, partsOf(parameter(macro, 'headings')));
});

function labelledBy(
  macro: Macro,
  reader: StorageReader,
  properties: readonly string[] | undefined,
): ReturnType<Parameters<typeof fromParameters>[0]> {
  const query = queryOf(macro);
  if (reader.inLink || query === undefined) return undefined;
  const url = reader.references.labelled?.({
    ...query,
    ...(properties === undefined ? {} : { properties }),
  });
  return url === undefined ? undefined : [paragraph({ type: 'link', url, children: [] })];
}

/** `undefined`: more is asked than labels, spaces, kinds and what lies above can tell. */
function queryOf(macro: Macro): LabelledReference | undefined {
  const cql = parameter(macro, 'cql');
  if (cql !== undefined) return parseCql(cql);
  if (firstParameter(macro, ['author', 'authors', 'user']) !== undefined) return undefined;
  const written = partsOf(firstParameter(macro, ['labels', 'label', '']));
  const labels = written.filter((label) => !label.startsWith('-'));
  const spaces = spacesOf(partsOf(firstParameter(macro, ['spaces', 'space', 'key'])));
  const kinds = kindsOf(partsOf(firstParameter(macro, ['type', 'types'])));
  if (labels.length === 0 || spaces === undefined || kinds === undefined) return undefined;
  const isAll = parameter(macro, 'operator')?.toUpperCase() === 'AND';
  return {
    labels: labels.map((label) => label.replace(/^\+/, '')),
    all: isAll || labels.every((label) => label.startsWith('+')),
    without: written.filter((label) => label.startsWith('-')).map((label) => label.slice(1)),
    spaces,
    kinds,
  };
}

/** A list with commas. */
function partsOf(text: string | undefined): string[] {
  const parts = (text ?? '').split(',').map((part) => part.trim());
  return parts.filter((part) => part !== '');
}

/** Keys of spaces, `undefined` among them for this one; `@global` and the like are the service's. */
function spacesOf(written: readonly string[]): LabelledReference['spaces'] | undefined {
  if (written.includes('@all')) return [];
  const known = written.every((key) => !key.startsWith('@') || key === '@self');
  return known ? written.map((key) => (key === '@self' ? undefined : key)) : undefined;
}

const kindNames: Readonly<Record<string, string>> = {
  page: 'page',
  pages: 'page',
  blogpost: 'blogpost',
  blog: 'blogpost',
  news: 'blogpost',
};

function kindsOf(written: readonly string[]): string[] | undefined {
  const kinds = written.map((name) => kindNames[name.toLowerCase()]);
  const known = kinds.filter((kind) => kind !== undefined);
  return known.length === kinds.length ? known : undefined;
}

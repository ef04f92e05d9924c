import type { ConfluenceSite } from '../site/confluence-site.ts';
import type { Content } from '../site/content.ts';
import type { Searchable } from '../site/search-index.ts';
import { badQuery } from './bad-query.ts';
import { type NamedTime, readDate, readOffset } from './dates.ts';
import { titleOf } from './order.ts';

export type Test = (item: Searchable) => boolean;

/** What the meaning of a query depends on. */
export interface CqlContext {
  readonly site: ConfluenceSite;
  /** Of whoever asks. */
  readonly timeZone: string;
  /** The types that the deployment knows. @default those of Cloud */
  readonly types?: readonly string[];
}

/** A value of a query; `call` is the function that it is the argument of. */
export interface Value {
  readonly text: string;
  readonly call: string | undefined;
}

interface Comparison {
  readonly field: string;
  readonly operator: string;
  readonly values: readonly Value[];
}

type MakeTest = (comparison: Comparison, context: CqlContext) => Test;

const cloudTypes = [
  'space',
  'user',
  'page',
  'blogpost',
  'comment',
  'attachment',
  'database',
  'whiteboard',
  'slide',
  'embed',
  'folder',
];

/** The page or blog post of a comment or attachment; a content itself. As the index has it. */
export function contentOf(item: Searchable, site: ConfluenceSite): Content | undefined {
  if (item.kind !== 'comment' && item.kind !== 'attachment') return item;
  const found = site.index.find(item.containerId) ?? site.contents.find(item.containerId);
  return found?.kind === 'comment' || found?.kind === 'attachment' ? undefined : found;
}

/** A field that has one or more of a set of words: `=`, `!=`, `in` and `not in`. */
function wordField(
  wordsOf: (item: Searchable, site: ConfluenceSite) => readonly string[],
): MakeTest {
  return ({ field, operator, values }, { site }) => {
    if (!['=', '!=', 'in', 'not in'].includes(operator)) {
      throw badQuery(`${field} does not know ${operator}`);
    }
    const words = new Set(values.map(({ text }) => text.toLowerCase()));
    const isNegated = operator === '!=' || operator === 'not in';
    return (item) =>
      wordsOf(item, site).some((word) => words.has(word.toLowerCase())) !== isNegated;
  };
}

const kindField = wordField(({ kind }) => [kind]);

function typeField(comparison: Comparison, context: CqlContext): Test {
  const unknown = comparison.values.find(
    ({ text }) => !(context.types ?? cloudTypes).includes(text.toLowerCase()),
  );
  if (unknown !== undefined) throw badQuery(`Unsupported value for type, got : ${unknown.text}`);
  return kindField(comparison, context);
}

const spaceField = wordField((item, site) => {
  const space = site.spaces.findById(contentOf(item, site)?.spaceId ?? '');
  return space === undefined ? [] : [space.key.toLowerCase()];
});

/** Comments and attachments lie below what their page lies below, not below the page itself. */
const ancestorField = wordField((item, site) => {
  const content = contentOf(item, site);
  return content === undefined ? [] : site.contents.ancestorsOf(content).map(({ id }) => id);
});

const titleIs = wordField((item) => [titleOf(item).toLowerCase()]);

/** `~` finds titles that hold every word; `*` at its end stands for the rest of one. */
function titleField(comparison: Comparison, context: CqlContext): Test {
  const { operator, values } = comparison;
  if (operator !== '~' && operator !== '!~') return titleIs(comparison, context);
  const wanted = (values[0]?.text ?? '').toLowerCase().match(/[\p{L}\p{N}]+\*?/gu) ?? [];
  return (item) => {
    const words =
      titleOf(item)
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu) ?? [];
    const isFound = wanted.every((word) =>
      words.some((candidate) =>
        word.endsWith('*') ? candidate.startsWith(word.slice(0, -1)) : candidate === word,
      ),
    );
    return isFound === (operator === '~');
  };
}

const comparisons: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '>=': (left, right) => left >= right,
  '>': (left, right) => left > right,
  '<=': (left, right) => left <= right,
  '<': (left, right) => left < right,
  '=': (left, right) => left === right,
};

function readTime({ text, call }: Value, { site, timeZone }: CqlContext): NamedTime {
  if (call === undefined) return readDate(text, timeZone);
  if (call !== 'now') throw badQuery(`the sandbox does not know ${call}()`);
  const offset = text === '' ? 0 : readOffset(text);
  return { time: Date.parse(site.clock.now()) + offset, isMinute: false };
}

function dateField(timeOf: (item: Searchable) => string): MakeTest {
  return ({ field, operator, values: [value] }, context) => {
    const compare = comparisons[operator];
    if (compare === undefined || value === undefined) {
      throw badQuery(`${field} does not know ${operator}`);
    }
    const { time, isMinute } = readTime(value, context);
    const precision = isMinute ? 60_000 : 1;
    return (item) => {
      const own = Date.parse(timeOf(item));
      return compare(own - (own % precision), time);
    };
  };
}

/** The fields of CQL that mirrors use. */
export const fields: Readonly<Record<string, MakeTest>> = {
  type: typeField,
  id: wordField(({ id }) => [id, id.replace(/^att/, '')]),
  content: wordField(({ id }) => [id]),
  space: spaceField,
  'space.key': spaceField,
  container: wordField((item) => ('containerId' in item ? [item.containerId] : [])),
  parent: wordField((item) => ('labels' in item && item.parentId !== null ? [item.parentId] : [])),
  ancestor: ancestorField,
  label: wordField((item) => ('labels' in item ? item.labels.map(({ name }) => name) : [])),
  title: titleField,
  creator: wordField(({ authorId }) => [authorId]),
  created: dateField(({ createdAt }) => createdAt),
  lastmodified: dateField(({ version }) => version.createdAt),
};

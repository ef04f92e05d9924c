import type { LabelledReference } from '../references.ts';

interface Condition {
  readonly field: string;
  readonly isNot: boolean;
  readonly values: readonly string[];
}

const token =
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|current(?:space|content)\s*\(\s*\)|[(),]|!=|=|[^\s(),=!"']+/gi;
/** What values stand for, however they are written. */
const here = 'current()';
const ordered = /\border\s+by\b(?:[^"']|"[^"]*"|'[^']*')*$/i;

/**
 * Reads a search that asks for labels, spaces, kinds and a page above alone, joined by `and`;
 * `undefined` for any other: https://developer.atlassian.com/cloud/confluence/advanced-searching-using-cql/
 */
export function parseCql(cql: string): LabelledReference | undefined {
  const words = cql.replace(ordered, '').match(token) ?? [];
  const conditions = readConditions(words);
  if (conditions === undefined) return undefined;
  const known = /^(?:label|space(?:\.key)?|type|ancestor)$/;
  if (!conditions.every(({ field }) => known.test(field))) return undefined;
  const of = (pattern: RegExp, isNot: boolean): (readonly string[])[] =>
    conditions
      .filter((each) => pattern.test(each.field) && each.isNot === isNot)
      .map(({ values }) => values);
  const labels = of(/^label$/, false);
  const [spaces = [], ...otherSpaces] = of(/^space/, false);
  const [kinds = [], ...otherKinds] = of(/^type$/, false);
  const [above, ...othersAbove] = of(/^ancestor$/, false);
  const isAll = labels.every(({ length }) => length === 1);
  const isTooMuch =
    labels.length === 0 ||
    (labels.length > 1 && !isAll) ||
    [...otherSpaces, ...otherKinds, ...othersAbove].length > 0 ||
    (above !== undefined && above.length !== 1) ||
    of(/^(?:space|type|ancestor)/, true).length > 0 ||
    !kinds.every((kind) => kind === 'page' || kind === 'blogpost');
  if (isTooMuch) return undefined;
  const [id] = above ?? [];
  return {
    labels: labels.flat(),
    all: isAll && labels.length > 1,
    without: of(/^label$/, true).flat(),
    spaces: spaces.map((key) => (key === here ? undefined : key)),
    kinds,
    ...(id === undefined ? {} : { below: id === here ? {} : { id } }),
  };
}

function readConditions(words: readonly string[]): Condition[] | undefined {
  const conditions: Condition[] = [];
  let rest = words;
  while (rest.length > 0) {
    if (conditions.length > 0) {
      if (rest[0]?.toLowerCase() !== 'and') return undefined;
      rest = rest.slice(1);
    }
    const read = readCondition(rest);
    if (read === undefined) return undefined;
    conditions.push(read.condition);
    rest = rest.slice(read.length);
  }
  return conditions;
}

function readCondition(
  words: readonly string[],
): { readonly condition: Condition; readonly length: number } | undefined {
  const [field = '', first = '', second = ''] = words.slice(0, 3).map((word) => word.toLowerCase());
  const isNotIn = first === 'not' && second === 'in';
  if (first === '=' || first === '!=') {
    const [value] = words.slice(2, 3);
    if (value === undefined || /^[(),]$/.test(value)) return undefined;
    return { condition: { field, isNot: first === '!=', values: [valueOf(value)] }, length: 3 };
  }
  if (first !== 'in' && !isNotIn) return undefined;
  const open = isNotIn ? 3 : 2;
  const close = words.indexOf(')', open);
  if (words[open] !== '(' || close === -1) return undefined;
  const inside = words.slice(open + 1, close);
  // Values and the commas between them.
  if (inside.length % 2 === 0 || inside.some((word, at) => (word === ',') !== (at % 2 === 1)))
    return undefined;
  const values = inside.filter((_, at) => at % 2 === 0).map(valueOf);
  return { condition: { field, isNot: isNotIn, values }, length: close + 1 };
}

function valueOf(word: string): string {
  if (/^current/i.test(word)) return /\(/.test(word) ? here : word;
  return /^["']/.test(word) ? word.slice(1, -1).replaceAll(/\\(.)/g, '$1') : word;
}

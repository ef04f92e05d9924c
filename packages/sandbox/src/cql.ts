import { ApiError } from './http/api-error.ts';
import type { ConfluenceSite } from './site/confluence-site.ts';
import type { Content } from './site/content.ts';

type Test = (content: Content, site: ConfluenceSite) => boolean;

const types = [
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

const clausePattern =
  /^([\w.]+)\s*(>=|<=|!=|=|>|<|\bin\b)\s*(\([^)]*\)|"(?:\\.|[^"\\])*"|now\([^)]*\)|[^\s()"]+)$/i;

function badQuery(message: string): ApiError {
  return new ApiError(400, 'BAD_REQUEST', `Could not parse cql : ${message}`);
}

function unquote(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text;
}

function readWords(value: string): string[] {
  const inner = value.startsWith('(') ? value.slice(1, -1) : value;
  return inner.split(',').map((word) => unquote(word.trim()).toLowerCase());
}

function typeTest(operator: string, value: string): Test {
  if (operator !== '=' && operator !== 'in') throw badQuery(`type does not know ${operator}`);
  const words = readWords(value);
  const unknown = words.find((word) => !types.includes(word));
  if (unknown !== undefined) throw badQuery(`Unsupported value for type, got : ${unknown}`);
  return (content) => words.includes(content.kind);
}

function spaceTest(operator: string, value: string): Test {
  if (operator !== '=' && operator !== 'in') throw badQuery(`space does not know ${operator}`);
  const keys = readWords(value);
  return (content, site) => keys.includes(site.spaces.getById(content.spaceId).key.toLowerCase());
}

const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `"2026/01/05 09:00"` in UTC, the zone of the account, or `now("-130m")` by the site's clock. */
function readTime(value: string, site: ConfluenceSite): number {
  const relative = /^now\(\s*"?([+-]?\d+)([mhd])"?\s*\)$/i.exec(value);
  if (relative !== null) {
    const [, amount = '0', unit = 'm'] = relative;
    return Date.parse(site.clock.now()) + Number(amount) * (unitMs[unit.toLowerCase()] ?? 0);
  }
  const date = /^(\d{4})[/-](\d\d)[/-](\d\d)(?: (\d\d:\d\d))?$/.exec(unquote(value));
  if (date === null) throw badQuery(`${value} is not a date`);
  return Date.parse(`${date[1]}-${date[2]}-${date[3]}T${date[4] ?? '00:00'}:00Z`);
}

const comparisons: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '>=': (left, right) => left >= right,
  '>': (left, right) => left > right,
  '<=': (left, right) => left <= right,
  '<': (left, right) => left < right,
};

function modifiedTest(operator: string, value: string): Test {
  const compare = comparisons[operator];
  if (compare === undefined) throw badQuery(`lastmodified does not know ${operator}`);
  return (content, site) => compare(Date.parse(content.version.createdAt), readTime(value, site));
}

const fields: Readonly<Record<string, (operator: string, value: string) => Test>> = {
  type: typeTest,
  space: spaceTest,
  'space.key': spaceTest,
  lastmodified: modifiedTest,
};

/**
 * Reads the part of CQL that mirrors use: `type`, `space` and `lastmodified`, joined by `and`.
 * Throws 400 for the rest. A space that is not there matches nothing, as in Confluence.
 */
export function parseCql(cql: string): Test {
  const clauses = cql.trim().split(/\s+and\s+/i);
  const tests = clauses.map((clause) => {
    const [, field = '', operator = '', value = ''] = clausePattern.exec(clause) ?? [];
    const makeTest = fields[field.toLowerCase()];
    if (makeTest === undefined) {
      throw badQuery(`No field exists with the name: '${field || clause}'`);
    }
    return makeTest(operator.toLowerCase(), value);
  });
  return (content, site) => tests.every((test) => test(content, site));
}

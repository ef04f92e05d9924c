import type { Searchable } from '../site/search-index.ts';
import { badQuery } from './bad-query.ts';
import { type CqlContext, fields, type Test, type Value } from './fields.ts';
import { type OrderField, orderFields } from './order.ts';
import { readTokens, type Token } from './tokens.ts';

export interface ParsedCql {
  readonly matches: (item: Searchable) => boolean;
  readonly order: { readonly field: OrderField; readonly isDescending: boolean } | undefined;
}

const operators = new Set(['=', '!=', '~', '!~', '>', '>=', '<', '<=', 'in', 'not in']);

/** Reads one query from its tokens, by recursive descent. */
class CqlReader {
  readonly #tokens: readonly Token[];
  readonly #context: CqlContext;
  #at = 0;

  constructor(tokens: readonly Token[], context: CqlContext) {
    this.#tokens = tokens;
    this.#context = context;
  }

  readQuery(): ParsedCql {
    const matches = this.#isKeyword('order') ? () => true : this.#readEither();
    const order = this.#readOrder();
    const rest = this.#tokens[this.#at];
    if (rest !== undefined) throw badQuery(`unexpected ${rest.text}`);
    return { matches, order };
  }

  #readEither(): Test {
    const tests = [this.#readBoth()];
    while (this.#take('or')) tests.push(this.#readBoth());
    return (item) => tests.some((test) => test(item));
  }

  #readBoth(): Test {
    const tests = [this.#readClause()];
    while (this.#take('and')) tests.push(this.#readClause());
    return (item) => tests.every((test) => test(item));
  }

  #readClause(): Test {
    if (this.#take('not')) {
      const test = this.#readClause();
      return (item) => !test(item);
    }
    if (!this.#take('(')) return this.#readComparison();
    const test = this.#readEither();
    this.#require(')');
    return test;
  }

  #readComparison(): Test {
    const name = this.#next();
    const makeTest = name.isQuoted ? undefined : fields[name.text.toLowerCase()];
    if (makeTest === undefined) throw badQuery(`No field exists with the name: '${name.text}'`);
    const first = this.#next().text.toLowerCase();
    const operator = first === 'not' && this.#take('in') ? 'not in' : first;
    if (!operators.has(operator)) throw badQuery(`Expected an operator, got : ${operator}`);
    const values = operator.endsWith('in') ? this.#readList() : [this.#readValue()];
    return makeTest({ field: name.text, operator, values }, this.#context);
  }

  #readList(): Value[] {
    this.#require('(');
    const values = [this.#readValue()];
    while (this.#take(',')) values.push(this.#readValue());
    this.#require(')');
    return values;
  }

  /** A text, or a function such as `now("-2h")`. */
  #readValue(): Value {
    const { text, isQuoted } = this.#next();
    if (!isQuoted && /^[(),=<>~]/.test(text)) throw badQuery(`unexpected ${text}`);
    if (isQuoted || !this.#take('(')) return { text, call: undefined };
    const argument = this.#isKeyword(')') ? '' : this.#next().text;
    this.#require(')');
    return { text: argument, call: text.toLowerCase() };
  }

  #readOrder(): ParsedCql['order'] {
    if (!this.#take('order')) return undefined;
    this.#require('by');
    const name = this.#next().text;
    const field = orderFields[name.toLowerCase()];
    if (field === undefined) throw badQuery(`the sandbox cannot order by ${name}`);
    const isDescending = this.#take('desc');
    if (!isDescending) this.#take('asc');
    return { field, isDescending };
  }

  #next(): Token {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw badQuery('the query ends too early');
    this.#at += 1;
    return token;
  }

  #isKeyword(word: string): boolean {
    const token = this.#tokens[this.#at];
    return token !== undefined && !token.isQuoted && token.text.toLowerCase() === word;
  }

  #take(word: string): boolean {
    const isThere = this.#isKeyword(word);
    if (isThere) this.#at += 1;
    return isThere;
  }

  #require(word: string): void {
    if (!this.#take(word)) throw badQuery(`expected ${word}`);
  }
}

/**
 * Reads the part of CQL that mirrors use; 400 for the rest. What is not there, such as an unknown
 * space, matches nothing and is no error, as in Confluence.
 */
export function parseCql(cql: string, context: CqlContext): ParsedCql {
  return new CqlReader(readTokens(cql), context).readQuery();
}

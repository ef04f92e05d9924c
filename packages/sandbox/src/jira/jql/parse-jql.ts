import { readTokens, type Token } from '../../cql/tokens.ts';
import type { Issue } from '../site/issue.ts';
import { badJql } from './bad-jql.ts';
import {
  type JqlContext,
  jqlFields,
  jqlOrders,
  type JqlTest,
  type JqlValue,
} from './jql-fields.ts';

export interface ParsedJql {
  readonly matches: JqlTest;
  readonly compare: (left: Issue, right: Issue) => number;
}

const symbols = new Set(['=', '!=', '~', '!~', '>', '>=', '<', '<=']);
/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/ */
const mostOrderFields = 7;

/** Reads one query from its tokens, by recursive descent. */
class JqlReader {
  readonly #tokens: readonly Token[];
  readonly #context: JqlContext;
  #at = 0;

  constructor(tokens: readonly Token[], context: JqlContext) {
    this.#tokens = tokens;
    this.#context = context;
  }

  readQuery(): ParsedJql {
    if (this.#tokens.length === 0 || this.#isKeyword('order')) {
      throw badJql(
        'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
      );
    }
    const matches = this.#readEither();
    const compare = this.#readOrder();
    const rest = this.#tokens[this.#at];
    if (rest !== undefined) {
      throw badJql(
        `Error in the JQL Query: Expecting either 'OR' or 'AND' but got '${rest.text}'. (line 1, character ${this.#at + 1})`,
      );
    }
    return { matches, compare };
  }

  #readEither(): JqlTest {
    const tests = [this.#readBoth()];
    while (this.#take('or')) tests.push(this.#readBoth());
    return (issue) => tests.some((test) => test(issue));
  }

  #readBoth(): JqlTest {
    const tests = [this.#readClause()];
    while (this.#take('and')) tests.push(this.#readClause());
    return (issue) => tests.every((test) => test(issue));
  }

  #readClause(): JqlTest {
    if (this.#take('not')) {
      const test = this.#readClause();
      return (issue) => !test(issue);
    }
    if (!this.#take('(')) return this.#readComparison();
    const test = this.#readEither();
    this.#require(')');
    return test;
  }

  #readComparison(): JqlTest {
    const { text: field } = this.#next();
    const makeTest = jqlFields[field.toLowerCase()];
    if (makeTest === undefined) {
      throw badJql(`Field '${field}' does not exist or you do not have permission to view it.`);
    }
    const operator = this.#readOperator();
    const values = operator.endsWith('in') ? this.#readList() : [this.#readValue()];
    return makeTest({ field, operator, values }, this.#context);
  }

  #readOperator(): string {
    const first = this.#next().text.toLowerCase();
    if (first === 'not' && this.#take('in')) return 'not in';
    if (first === 'is') return this.#take('not') ? 'is not' : 'is';
    if (first === 'in' || symbols.has(first)) return first;
    throw badJql(
      `Error in the JQL Query: Expecting operator but got '${first}'. The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'.`,
    );
  }

  #readList(): JqlValue[] {
    this.#require('(');
    const values = [this.#readValue()];
    while (this.#take(',')) values.push(this.#readValue());
    this.#require(')');
    return values;
  }

  #readValue(): JqlValue {
    const { text, isQuoted } = this.#next();
    if (!isQuoted && /^[(),=<>~]/.test(text)) {
      throw badJql(`Error in the JQL Query: Expecting a value but got '${text}'.`);
    }
    if (isQuoted || !this.#take('(')) return { text, isQuoted, call: undefined };
    const argument = this.#isKeyword(')') ? '' : this.#next().text;
    this.#require(')');
    return { text: argument, isQuoted, call: text.toLowerCase() };
  }

  #readOrder(): ParsedJql['compare'] {
    if (!this.#take('order')) return () => 0;
    this.#require('by');
    const compares: ParsedJql['compare'][] = [];
    do {
      const { text } = this.#next();
      const compare = jqlOrders[text.toLowerCase()];
      if (compare === undefined) throw badJql(`Not able to sort using field '${text}'.`);
      const isDescending = this.#take('desc');
      if (!isDescending) this.#take('asc');
      compares.push(isDescending ? (left, right) => -compare(left, right) : compare);
    } while (this.#take(','));
    if (compares.length > mostOrderFields) throw badJql('Too many fields to order by.');
    return (left, right) => {
      for (const compare of compares) {
        const order = compare(left, right);
        if (order !== 0) return order;
      }
      return 0;
    };
  }

  #next(): Token {
    const token = this.#tokens[this.#at];
    if (token === undefined) {
      throw badJql('Error in the JQL Query: Expecting a value before the end of the query.');
    }
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
    if (this.#take(word)) return;
    const got = this.#tokens[this.#at]?.text ?? 'the end';
    throw badJql(`Error in the JQL Query: Expecting '${word}' but got '${got}'.`);
  }
}

/** Reads the part of JQL that mirrors use; 400 in Jira's words for what it does not know. */
export function parseJql(jql: string, context: JqlContext): ParsedJql {
  const refuse = (message: string): Error => badJql(`Error in the JQL Query: ${message}`);
  return new JqlReader(readTokens(jql, refuse), context).readQuery();
}

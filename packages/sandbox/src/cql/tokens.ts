import { badQuery } from './bad-query.ts';

/** A part of a query; a quoted text is never a keyword. */
export interface Token {
  readonly text: string;
  readonly isQuoted: boolean;
}

const pattern =
  /\s*(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|(>=|<=|!=|!~|[=<>~(),])|([^\s"'=<>!~(),]+))/y;

/** Cuts a query into words, quoted texts, operators, parentheses and commas; JQL has the same. */
export function readTokens(cql: string, refusal: (message: string) => Error = badQuery): Token[] {
  const tokens: Token[] = [];
  const text = cql.trim();
  for (let at = 0; at < text.length;) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) throw refusal(`unexpected text at position ${at}: ${text.slice(at)}`);
    const quoted = match[1] ?? match[2];
    tokens.push(
      quoted === undefined
        ? { text: match[3] ?? match[4] ?? '', isQuoted: false }
        : { text: quoted.replace(/\\(.)/g, '$1'), isQuoted: true },
    );
    at = pattern.lastIndex;
  }
  return tokens;
}

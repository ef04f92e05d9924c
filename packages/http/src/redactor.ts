const MASK = '[redacted]';
// Shorter values would blank out ordinary words.
const SHORTEST_SECRET = 6;
// Tokens that are refreshed come and go; old ones may still be quoted by a late answer.
const REMEMBERED = 64;

const SECRET_NAME =
  /token|secret|passw|pwd|signature|credential|session|jwt|auth|(^|[-_.])sig$|^key$|(api|access|private|client|account|subscription|shared|app)[-_.]?key/i;

/** Takes secrets out of every text and URL that leaves this package. */
export interface Redactor {
  text(text: string): string;
  /** A copy of parsed JSON with the strings inside redacted. */
  data(value: unknown): unknown;
  /**
   * The URL as it may be shown. `redirected` drops the query: a server that makes a URL often signs
   * it, on its own host too.
   */
  url(url: URL, redirected: boolean): string;
  /** Remembers the values that sign a request, so that no text can quote them. */
  learn(headers: Readonly<Record<string, string>>): void;
}

// A stretch of text that may be percent- or form-encoded. It stops where a query parameter does. One
// class, so that it is read once: the text may be a server's, and long.
const STRETCH = /[\w.~!*()/:@,;$%+-]+/g;

// JSON in JSON in JSON, a URL in a URL in a URL.
const MAX_LAYERS = 3;

export function createRedactor(redact: (text: string) => string): Redactor {
  const learned = new Set<string>();

  function redactPlain(value: string): string {
    let clean = redact(value);
    for (const secret of learned) clean = clean.replaceAll(secret, MASK);
    return clean;
  }

  // A secret is known by its plain value; in a URL, and in an answer that quotes one, it is encoded.
  function redactEncoded(part: string): string {
    if (!part.includes('%') && !part.includes('+')) return part;
    for (const plain of readings(part)) {
      const clean = redactPlain(plain);
      if (clean !== plain) return clean;
    }
    return part;
  }

  const redactAll = (value: string): string => redactPlain(value).replace(STRETCH, redactEncoded);

  function text(value: string): string {
    const clean = redactAll(value);
    // Inside JSON a secret has backslashes that it has not by itself.
    let plain = clean;
    for (let layers = 0; layers < MAX_LAYERS && plain.includes('\\'); layers += 1) {
      plain = unquote(plain);
      const cleanPlain = redactAll(plain);
      if (cleanPlain !== plain) return cleanPlain;
    }
    return clean;
  }

  function data(value: unknown): unknown {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(data);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, data(member)]));
  }

  function learn(headers: Readonly<Record<string, string>>): void {
    for (const value of Object.values(headers)) {
      for (const secret of secretsIn(value)) {
        if (secret.length < SHORTEST_SECRET) continue;
        // Taken out first, so that a token in use stays among the newest.
        learned.delete(secret);
        learned.add(secret);
      }
    }
    for (const oldest of learned) {
      if (learned.size <= REMEMBERED) break;
      learned.delete(oldest);
    }
  }

  const url = (value: URL, redirected: boolean): string =>
    text(value.origin + value.pathname + shownQuery(value, redirected));

  return { text, data, url, learn };
}

/** A header's value, and the parts of it that are secrets by themselves. */
function secretsIn(value: string): readonly string[] {
  const [scheme, credentials = value] = value.split(/ (.*)/s);
  const password =
    scheme?.toLowerCase() === 'basic'
      ? Buffer.from(credentials, 'base64').toString().split(/:(.*)/s)[1]
      : undefined;
  // `session=abc; csrf=def`
  const cookies = [...value.matchAll(/=([^;=\s][^;\s]*)(?:;|$)/g)].map(([, cookie = '']) => cookie);
  return [value, credentials, ...(password === undefined ? [] : [password]), ...cookies];
}

/** What an encoded text may mean: percent-encoded, once or in layers, with `+` for a space or itself. */
function* readings(part: string): Generator<string> {
  for (const start of [part, part.replaceAll('+', ' ')]) {
    let plain = start;
    yield plain;
    for (let layers = 0; layers < MAX_LAYERS && plain.includes('%'); layers += 1) {
      plain = decode(plain);
      yield plain;
    }
  }
}

function unquote(text: string): string {
  return text.replace(/\\(?:u([\da-f]{4})|(.))/gi, (_, code?: string, letter?: string) =>
    code === undefined ? (letter ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function shownQuery(url: URL, redirected: boolean): string {
  if (url.search === '') return '';
  if (redirected) return '?…';
  const shown = url.search
    .slice(1)
    .split('&')
    .map((pair) => {
      const name = pair.split('=', 1)[0] ?? '';
      return SECRET_NAME.test(decode(name)) ? `${name}=${MASK}` : pair;
    });
  return `?${shown.join('&')}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // Not percent-encoded text: take it as it stands.
    return part;
  }
}

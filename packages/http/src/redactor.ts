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
  /** The URL as it may be shown; `foreign` drops the query, which often holds a signed token. */
  url(url: URL, foreign: boolean): string;
  /** Remembers the values that sign a request, so that no text can quote them. */
  learn(headers: Readonly<Record<string, string>>): void;
}

// A stretch of text that may be percent- or form-encoded. It stops where a query parameter does. One
// class, so that it is read once: the text may be a server's, and long.
const STRETCH = /[\w.~!*()/:@,;$%+-]+/g;

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
    for (const plain of [decode(part), decode(part.replaceAll('+', ' '))]) {
      const clean = redactPlain(plain);
      if (clean !== plain) return clean;
    }
    return part;
  }

  const text = (value: string): string => redactPlain(value).replace(STRETCH, redactEncoded);

  function data(value: unknown): unknown {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(data);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, data(member)]));
  }

  function learn(headers: Readonly<Record<string, string>>): void {
    for (const value of Object.values(headers)) {
      // `Basic abc` and `Bearer abc`: the part behind the scheme is a secret by itself.
      for (const secret of [value, value.slice(value.indexOf(' ') + 1)]) {
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

  const url = (value: URL, foreign: boolean): string =>
    text(value.origin + value.pathname + shownQuery(value, foreign));

  return { text, data, url, learn };
}

function shownQuery(url: URL, foreign: boolean): string {
  if (url.search === '') return '';
  if (foreign) return '?…';
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

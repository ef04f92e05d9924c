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
  /** The URL as it may be shown; `foreign` drops the query, which often holds a signed token. */
  url(url: URL, foreign: boolean): string;
  /** Remembers the values that sign a request, so that no text can quote them. */
  learn(headers: Readonly<Record<string, string>>): void;
}

export function createRedactor(redact: (text: string) => string): Redactor {
  const learned = new Set<string>();

  function text(value: string): string {
    let clean = redact(value);
    for (const secret of learned) clean = clean.replaceAll(secret, MASK);
    return clean;
  }

  function learn(headers: Readonly<Record<string, string>>): void {
    for (const value of Object.values(headers)) {
      // `Basic abc` and `Bearer abc`: the part behind the scheme is a secret by itself.
      for (const secret of [value, value.slice(value.indexOf(' ') + 1)]) {
        if (secret.length >= SHORTEST_SECRET) learned.add(secret);
      }
    }
    for (const oldest of learned) {
      if (learned.size <= REMEMBERED) break;
      learned.delete(oldest);
    }
  }

  function url(value: URL, foreign: boolean): string {
    const path = value.pathname
      .split('/')
      .map((segment) => maskEncoded(segment, text))
      .join('/');
    return text(value.origin + path + shownQuery(value, foreign, text));
  }

  return { text, url, learn };
}

function shownQuery(url: URL, foreign: boolean, text: (value: string) => string): string {
  if (url.search === '') return '';
  if (foreign) return '?…';
  const pairs = url.search.slice(1).split('&');
  const shown = pairs.map((pair) => {
    const [name = '', ...value] = pair.split('=');
    const masked = SECRET_NAME.test(decode(name)) ? MASK : maskEncoded(value.join('='), text);
    return `${maskEncoded(name, text)}=${masked}`;
  });
  return `?${shown.join('&')}`;
}

// A secret is known by its plain value; in a URL it stands percent-encoded.
function maskEncoded(part: string, text: (value: string) => string): string {
  const plain = decode(part);
  return text(plain) === plain ? part : MASK;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    // Not percent-encoded text: take it as it stands.
    return part;
  }
}

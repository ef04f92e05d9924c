/** Shorter values would blacken ordinary words, and protect nothing. */
const shortestSecret = 4;
const shortestBase64 = 8;

/** Cookies also hold settings, e.g. a language. */
const shortestCookie = 12;

/** Takes the secret values of a run out of everything that leaves it. */
export class Redaction {
  #values: readonly string[] = [];

  /** Remembers a secret in the forms it may appear in. */
  learn(value: string): void {
    if (value.length < shortestSecret) return;
    const forms = [value, value.trim(), ...cookieValues(value)]
      .filter((part) => part.length >= shortestSecret)
      .flatMap(writtenForms);
    // The longest first: a secret may be part of another.
    this.#values = [...new Set([...this.#values, ...forms])].toSorted(
      (a, b) => b.length - a.length,
    );
  }

  text(text: string): string {
    return this.#values.reduce((result, value) => result.replaceAll(value, '[redacted]'), text);
  }

  /** A copy of plain data with the strings inside redacted. */
  data<Value>(value: Value): Value {
    return this.#values.length === 0 ? value : (this.#walk(value) as Value);
  }

  #walk(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((entry) => this.#walk(entry));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [key, this.#walk(entry)]),
    );
  }
}

/** A text as it stands in a URL, in JSON and in base64. */
function writtenForms(value: string): string[] {
  const encoded = encodeURIComponent(value);
  return [
    value,
    encoded,
    encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    new URLSearchParams([['', value]]).toString().slice(1),
    JSON.stringify(value).slice(1, -1),
    Buffer.from(value).toString('base64url'),
    ...base64Forms(value),
  ];
}

/** How a value looks in base64, alone and behind other bytes: `Basic` encodes `user:token`. */
function base64Forms(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  const inside = [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    // Only the letters that no neighbour has a part in: 6 bits each, of 8 in a byte.
    return encoded.slice(
      Math.ceil((before * 8) / 6),
      Math.floor(((before + bytes.length) * 8) / 6),
    );
  });
  return [bytes.toString('base64'), ...inside.filter((form) => form.length >= shortestBase64)];
}

/** A cookie header holds several values, and a server may quote one of them. */
function cookieValues(value: string): string[] {
  if (!/^[^\s=;]+=[^;]*(;\s*[^\s=;]+=[^;]*)*;?$/.test(value.trim())) return [];
  return value
    .split(';')
    .map((pair) => pair.slice(pair.indexOf('=') + 1).trim())
    .filter((part) => part.length >= shortestCookie);
}

/** Takes the secret values of a run out of texts. */
export class Redaction {
  readonly #values = new Set<string>();

  /** Remembers a secret in the forms it may appear in. */
  learn(value: string): void {
    // Shorter ones would blacken ordinary words, and protect nothing.
    if (value.length < 4) return;
    for (const form of [
      value,
      encodeURIComponent(value),
      Buffer.from(value).toString('base64'),
      JSON.stringify(value).slice(1, -1),
    ]) {
      this.#values.add(form);
    }
  }

  redact(text: string): string {
    let result = text;
    for (const value of this.#values) result = result.replaceAll(value, '[redacted]');
    return result;
  }

  /** The same for the strings inside a value. */
  redactFields(fields: object | undefined): object | undefined {
    if (fields === undefined || this.#values.size === 0) return fields;
    return JSON.parse(this.redact(JSON.stringify(fields))) as object;
  }
}

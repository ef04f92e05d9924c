/** Ids as the service gives them out: numbers that grow, the same in every run. */
export class IdSequence {
  #last = 98_304;

  next(): string {
    this.#last += 37;
    return String(this.#last);
  }
}

/** A UUID that only depends on its arguments, for markers and media files. */
export function uuidOf(id: string, part = 0): string {
  const last = id.replace(/\D/g, '').padStart(12, '0').slice(-12);
  return `5a0d0c0f-${String(part).padStart(4, '0')}-4c1b-8f0e-${last}`;
}

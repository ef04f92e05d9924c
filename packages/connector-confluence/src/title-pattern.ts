/** Tells of a title whether it fits. */
export type FitsTitle = (title: string) => boolean;

/**
 * A pattern for whole titles: `*` stands for any text, `?` for one character; case and the form of
 * accents make no difference. Its parts are found one after the other, because an expression with
 * many stars may take for ever.
 */
export function toTitlePattern(pattern: string): FitsTitle {
  const [head = [], ...rest] = fold(pattern)
    .split('*')
    .map((part) => Array.from(part));
  const tail = rest.pop();
  return (text) => {
    const title = Array.from(fold(text));
    if (!fitsAt(title, head, 0)) return false;
    if (tail === undefined) return title.length === head.length;
    let from = head.length;
    for (const part of rest) {
      const at = findPart(title, part, from);
      if (at === undefined) return false;
      from = at + part.length;
    }
    return title.length - tail.length >= from && fitsAt(title, tail, title.length - tail.length);
  };
}

function fold(text: string): string {
  return text.normalize('NFC').trim().toLowerCase();
}

function findPart(
  title: readonly string[],
  part: readonly string[],
  from: number,
): number | undefined {
  for (let at = from; at + part.length <= title.length; at += 1) {
    if (fitsAt(title, part, at)) return at;
  }
  return undefined;
}

function fitsAt(title: readonly string[], part: readonly string[], at: number): boolean {
  return part.every((char, index) => {
    const other = title[at + index];
    return other !== undefined && (char === '?' || char === other);
  });
}

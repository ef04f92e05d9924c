// Written with escapes on purpose: the characters themselves cannot be seen.
/* oxlint-disable no-control-regex */
const suspect =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]/;
const invisible =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\p{Surrogate}\u{e0000}-\u{e007f}]/gu;
/* oxlint-enable no-control-regex */
/** ZWNJ, ZWJ, and the left-to-right, right-to-left and Arabic letter marks. */
const joiners = /^[\u200c-\u200f\u061c]$/;
/** What a joiner may stand beside: letters with their marks, and emoji with their modifiers. */
const shaped = /^[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]/u;

/** A text without the characters that a reader cannot see, and how many were dropped. */
export interface CleanText {
  readonly text: string;
  readonly dropped: number;
}

/**
 * Drops what can hide or reorder text: control characters other than line feed and tab, bidirectional
 * overrides and isolates, tag characters, zero-width spaces, soft hyphens and lone surrogates. Joiners
 * and direction marks stay where they shape writing: beside a letter or an emoji. Line ends become
 * line feeds, which counts as no drop.
 */
export function cleanText(text: string): CleanText {
  if (!suspect.test(text)) return { text, dropped: 0 };
  const lines = text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
  let dropped = 0;
  const kept = lines.replaceAll(invisible, (character: string, offset: number) => {
    if (joiners.test(character) && isBesideShape(lines, offset)) return character;
    dropped += 1;
    return '';
  });
  return { text: kept, dropped };
}

function isBesideShape(text: string, offset: number): boolean {
  if (shaped.test(text.slice(offset + 1, offset + 3))) return true;
  const before = text.codePointAt(offset - 2);
  const astral = before !== undefined && before > 0xffff;
  return shaped.test(text.slice(astral ? offset - 2 : Math.max(offset - 1, 0), offset));
}

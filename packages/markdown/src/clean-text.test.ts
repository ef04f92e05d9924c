import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cleanText } from './clean-text.ts';

describe('cleanText', () => {
  it.each([
    ['NUL and other control characters', 'a\0b\u0007c\u007fd\u0085e', 'abcde', 4],
    ['bidirectional overrides', 'a\u202eb\u202cc', 'abc', 2],
    ['bidirectional isolates', 'a\u2066b\u2069c', 'abc', 2],
    ['tag characters', 'a\u{e0041}\u{e007f}b', 'ab', 2],
    ['zero-width space, word joiner and byte order mark', '\ufeffa\u200bb\u2060c', 'abc', 3],
    ['soft hyphens', 'syn\u00adchro\u00adnise', 'synchronise', 2],
    ['lone surrogates', 'a\ud83db\ude00c', 'abc', 2],
    ['a joiner between digits', '1\u200d2\u200e3', '123', 2],
  ])('drops and counts %s', (_what, text, clean, dropped) => {
    expect(cleanText(text)).toEqual({ text: clean, dropped });
  });

  it.each([
    ['line feeds and tabs', 'a\n\tb'],
    ['a family of emoji', '👩‍👩‍👧 and 🏳️‍🌈 and ❤️‍🔥'],
    ['an emoji with a skin colour', '👩🏽‍💻'],
    ['a non-joiner in Persian', 'می\u200cخواهم'],
    ['a joiner behind an Indic mark', 'क्\u200dष'],
    ['a direction mark beside a letter', 'שלום\u200f!'],
    ['a letter outside the basic plane', '𐐷\u200d'],
  ])('keeps %s', (_what, text) => {
    expect(cleanText(text)).toEqual({ text, dropped: 0 });
  });

  it('turns every line end into a line feed, which is no drop', () => {
    expect(cleanText('a\r\nb\rc')).toEqual({ text: 'a\nb\nc', dropped: 0 });
  });

  it('leaves nothing to drop and keeps every visible character', () => {
    const visible = /[\p{L}\p{M}\p{N}\p{P}\p{S}]/gu;

    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { text: clean } = cleanText(text);

        expect(cleanText(clean)).toEqual({ text: clean, dropped: 0 });
        expect(clean.match(visible)).toEqual(text.match(visible));
      }),
    );
  });
});

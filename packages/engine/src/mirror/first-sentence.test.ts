import { describe, expect, it } from 'vitest';

import { fillSentence, firstSentence } from './markdown-text.ts';

/** The sentence, each open link filled with its destination in angle quotes. */
function shown(markdown: string): string {
  return fillSentence(firstSentence(markdown), (destination) => `‹${destination}›`);
}

describe('the first sentence', () => {
  it.each([
    ['See the [deploy guide](ctx:doc/1?title=Old) first. More.', 'See the deploy guide first.'],
    ['Read [](ctx:doc/1) before you start. More.', 'Read ‹ctx:doc/1› before you start.'],
    [
      '[](ctx:name/ENG%20A_b) tells all of it, really. More.',
      '‹ctx:name/ENG%20A_b› tells all of it, really.',
    ],
    ['Ask **[](ctx:user/x_y)** or _[](ctx:user/z)_.', 'Ask ‹ctx:user/x_y› or ‹ctx:user/z›.'],
    ['Go to <https://a.example/x> for more.', 'Go to https://a.example/x for more.'],
    ['<https://a.example/x> has more.', 'https://a.example/x has more.'],
    ['![](ctx:att/1)\n\nBelow the picture.', 'Below the picture.'],
    ['Here ![](ctx:att/1) is a picture.', 'Here is a picture.'],
    ['[](ctx:include/2)\n\n[](ctx:children/3)\n\nThen text.', 'Then text.'],
    ['Plain \\*text\\* and `code` with [x](y.md).', 'Plain *text* and code with x.'],
  ])('of %j', (markdown, sentence) => {
    expect(shown(markdown)).toBe(sentence);
  });

  it('is not broken by a long address', () => {
    const url = `https://a.example/${'x'.repeat(400)}`;

    expect(
      shown(`All of [the guide](ctx:doc/1?url=${encodeURIComponent(url)}) is worth it. More.`),
    ).toBe('All of the guide is worth it.');
  });

  it('drops what a cut leaves of a link far into a long line', () => {
    const sentence = firstSentence(`${'word '.repeat(318)}[and](https://a.example/on-and-on)`);

    expect(sentence).toMatch(/^word .* word…$/);
  });

  it('is cut after its links are filled', () => {
    const long = fillSentence(firstSentence('Read [](ctx:doc/1) now.'), () => 'title '.repeat(60));

    expect(long.length).toBeLessThanOrEqual(160);
    expect(long).toMatch(/^Read title .*…$/);
  });
});

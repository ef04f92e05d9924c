import { describe, expect, it } from 'vitest';

import { missingAdfText } from './adf-text-loss.ts';

describe('missingAdfText', () => {
  const document = {
    type: 'doc',
    content: [
      { type: 'panel', content: [{ type: 'text', text: 'one' }] },
      { type: 'mention', attrs: { text: '@Jane' } },
      { type: 'text', text: 'two' },
    ],
  };

  it('wants each text node, and no attribute', () => {
    expect(missingAdfText(document, 'one **two**\n')).toEqual([]);
    expect(missingAdfText(document, 'two\n')).toEqual(['one']);
  });

  it('finds no text in what is no document', () => {
    expect(missingAdfText('one', '')).toEqual([]);
    expect(missingAdfText({ content: [null, 'a', { content: {} }] }, '')).toEqual([]);
  });
});

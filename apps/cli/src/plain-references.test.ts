import { storageToMarkdown } from '@context-sync/markdown';
import { describe, expect, it } from 'vitest';

import { plainReferences } from './plain-references.ts';

function convert(storage: string): string {
  return storageToMarkdown(storage, plainReferences).markdown.trimEnd();
}

describe('references without a mirror', () => {
  it.each([
    ['<ac:link><ri:page ri:content-title="Plan A"/></ac:link>', '[Plan A](<Plan A>)'],
    ['<ac:link><ri:page ri:space-key="ENG" ri:content-title="A"/></ac:link>', '[A](ENG/A)'],
    [
      '<ac:link><ri:page ri:content-title="javascript:a()"/></ac:link>',
      '[javascript:a()](javascript%3Aa\\(\\))',
    ],
    ['<ac:link><ri:user ri:username="ada"/></ac:link>', '[@ada](@ada)'],
    ['<ac:image><ri:attachment ri:filename="a.png"/></ac:image>', '![a.png](a.png)'],
    ['<a href="https://a.example/b">c</a>', '[c](https://a.example/b)'],
  ])('of %s are readable', (storage, expected) => {
    expect(convert(storage)).toBe(expected);
  });
});

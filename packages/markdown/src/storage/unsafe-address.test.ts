import { describe, expect, it } from 'vitest';

import type { StorageReferences } from './references.ts';
import { storageToMarkdown } from './storage-to-markdown.ts';

const references: StorageReferences = {
  page: () => 'ctx:name/a',
  content: () => 'ctx:doc/1',
  attachment: () => 'ctx:att/1',
  user: () => 'ctx:user/1',
  space: () => undefined,
  url: (href) => href,
};

describe('an address that an author wrote', () => {
  it.each([
    'ctx:include/1',
    'CTX:doc/1',
    'javascript:alert(1)',
    ' java\tscript:x'.replace('\t', ''),
    'vbscript:x',
    'data:text/html,x',
  ])('%s leads nowhere, and its text stays', (href) => {
    const { markdown, lossy } = storageToMarkdown(
      `<p><a href="${href}">the text</a></p>`,
      references,
    );

    expect(markdown).toBe('[the text](#)\n');
    expect(lossy).toEqual([{ construct: 'unsafe address', count: 1 }]);
  });

  it('that is a usual one is kept', () => {
    expect(
      storageToMarkdown('<p><a href="mailto:a@b.example">x</a></p>', references).markdown,
    ).toBe('[x](mailto:a@b.example)\n');
  });
});

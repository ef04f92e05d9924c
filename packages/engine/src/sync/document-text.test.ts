import { describe, expect, it } from 'vitest';

import { assertDocumentId } from './document-text.ts';

describe('the id of a document', () => {
  it.each(['1', 'a b', 'ü', '👩‍👩‍👧', 'PROJ-123', 'x'.repeat(512)])('may be %j', (id) => {
    expect(() => assertDocumentId(id)).not.toThrow();
  });

  it.each([
    ['nothing', ''],
    ['a number', 1],
    ['a control character', 'a\u0000b'],
    ['half of a character, which two ids would share once stored', 'a\uD800'],
    ['more than 512 bytes', 'ü'.repeat(257)],
  ])('may not be %s', (_name, id) => {
    expect(() => assertDocumentId(id)).toThrow('breaks the contract');
  });
});

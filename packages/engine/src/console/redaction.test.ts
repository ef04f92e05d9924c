import { expect, it } from 'vitest';

import { redactorOf } from './redaction.ts';

it('blanks the values of secret variables, the longest first, and nothing else', () => {
  const redact = redactorOf({
    WIKI_API_TOKEN: 'abcdef',
    DB_PASSWORD: 'abcdefgh',
    HOME: '/home/jane',
    SHORT_TOKEN: 'a',
  });

  expect(redact('abcdefgh abcdef /home/jane a')).toBe('[redacted] [redacted] /home/jane a');
});

import { describe, expect, it } from 'vitest';

import { explainRefusal } from './refusals.ts';

describe('explainRefusal', () => {
  const v2 = (title: string): object => ({ errors: [{ status: 404, code: 'NOT_FOUND', title }] });

  it('takes the bare 404 of v2 for a refused token, and no other', () => {
    const bare = { status: 404, headers: {}, body: v2('Not Found') };
    const real = { status: 404, headers: {}, body: v2('Cannot find a page with id [7]') };

    expect(explainRefusal(bare)?.code).toBe('auth');
    expect(explainRefusal(real)).toEqual({
      message: 'Confluence says: Cannot find a page with id [7]',
    });
  });

  it('takes a 403 of v1 for a refused token only when nobody is let in', () => {
    const answer = (message: string) => ({ status: 403, headers: {}, body: { message } });

    expect(explainRefusal(answer('caller cannot access Confluence'))?.code).toBe('auth');
    expect(explainRefusal(answer('not permitted to view this'))?.code).toBeUndefined();
  });

  it.each([[undefined], ['<html>'], [null], [[]], [{ errors: 'x' }]])(
    'has nothing to add to %j',
    (body) => {
      expect(explainRefusal({ status: 404, headers: {}, body })).toBeUndefined();
    },
  );
});

import { describe, expect, it } from 'vitest';

import { explainRefusal } from './refusals.ts';

const access = { method: 'bearer', viaGateway: false, isServer: true } as const;
const list = '/rest/api/content';

function explain(
  answer: { status: number; body?: unknown; headers?: Record<string, string> },
  path = list,
): ReturnType<typeof explainRefusal> {
  return explainRefusal({ headers: {}, body: undefined, ...answer, path }, access);
}

describe('a refusal of Data Center', () => {
  it('tells a locked account by the reason in a header', () => {
    const headers = { 'x-seraph-loginreason': 'AUTHENTICATION_DENIED' };

    expect(explain({ status: 403, headers })).toMatchObject({
      code: 'auth',
      hint: expect.stringContaining('captcha'),
    });
  });

  it('by 401, or because nobody is let in, is about the credentials', () => {
    const message = 'PermissionException: Not permitted to use confluence : null';

    for (const answer of [{ status: 401 }, { status: 403, body: { message } }]) {
      expect(explain(answer)).toMatchObject({
        code: 'auth',
        hint: expect.stringContaining('personal access token'),
      });
    }
    expect(explain({ status: 403, body: { message: 'Not permitted' } })?.code).toBeUndefined();
  });

  it('of the list of a space says that it is gone, of a page only that page', () => {
    const answer = { status: 404, body: { message: 'No space with key : ENG' } };

    expect(explain(answer)).toMatchObject({
      code: 'scope_gone',
      message: 'Confluence says: No space with key : ENG',
    });
    expect(explain(answer, `${list}/7`)?.code).toBeUndefined();
  });

  it('that does not speak as Confluence does proves nothing, but of the account', () => {
    expect(explain({ status: 404, body: '<html>' })?.code).toBe('transient');
    expect(explain({ status: 404, body: '<html>' }, `${list}/7`)?.code).toBe('transient');
    expect(explain({ status: 404, body: '<html>' }, '/rest/api/user/current')).toBeUndefined();
  });
});

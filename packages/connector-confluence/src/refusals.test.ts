import { describe, expect, it } from 'vitest';

import { explainRefusal } from './refusals.ts';

const access = { method: 'basic', viaGateway: false } as const;
const page = '/api/v2/pages/7';

describe('explainRefusal', () => {
  const explain = (status: number, body: unknown, path = page) =>
    explainRefusal({ status, headers: {}, body, path }, access);
  const v2 = (title: string): object => ({ errors: [{ status: 404, code: 'NOT_FOUND', title }] });

  it('takes the bare 404 of v2 for a refused token, and no other', () => {
    expect(explain(404, v2('Not Found'))?.code).toBe('auth');
    expect(explain(404, v2('Cannot find a page with id [7]'))).toEqual({
      message: 'Confluence says: Cannot find a page with id [7]',
    });
  });

  it('takes a list of a space that is not there for a space that is gone', () => {
    const title = 'Cannot find a space with id [9]';

    expect(explain(404, v2(title), '/api/v2/spaces/9/pages')).toMatchObject({
      code: 'scope_gone',
      message: `Confluence says: ${title}`,
      hint: expect.stringContaining('ask for access'),
    });
    expect(explain(404, v2('Not Found'), '/api/v2/spaces/9/pages')?.code).toBe('auth');
    expect(explain(404, v2(title), '/api/v2/spaces/9')?.code).toBeUndefined();
  });

  it('takes a 403 of v1 for a refused token only when nobody is let in', () => {
    const answer = (message: string) => explain(403, { message }, '/rest/api/user/current');

    expect(answer('caller cannot access Confluence')?.code).toBe('auth');
    expect(answer('not permitted to view this')?.code).toBeUndefined();
  });

  it.each([
    ['/api/v2/spaces', 'read:space:confluence'],
    ['/api/v2/spaces/9/pages', 'read:page:confluence'],
    ['/api/v2/blogposts', 'read:page:confluence'],
    ['/api/v2/pages/7/labels', 'read:page:confluence'],
    ['/api/v2/pages/7/footer-comments', 'read:comment:confluence'],
    ['/api/v2/inline-comments', 'read:comment:confluence'],
    ['/api/v2/inline-comments/7/children', 'read:comment:confluence'],
    ['/api/v2/blogposts/7/attachments', 'read:attachment:confluence'],
    ['/api/v2/attachments/att7', 'read:attachment:confluence'],
    ['/api/v2/folders/7', 'read:folder:confluence'],
    ['/api/v2/whiteboards/7', 'read:whiteboard:confluence'],
    ['/api/v2/pages/7/descendants', 'read:hierarchical-content:confluence'],
    ['/api/v2/folders/7/direct-children', 'read:hierarchical-content:confluence'],
    ['/api/v2/users-bulk', 'read:user:confluence'],
    ['/api/v2/content/convert-ids-to-types', 'read:content.metadata:confluence'],
    ['/rest/api/content/search', 'search:confluence'],
    [
      '/rest/api/content/7/child/attachment/att7/download',
      'readonly:content.attachment:confluence',
    ],
    ['/rest/api/content/7/restriction/byOperation', 'read:confluence-content.all'],
    ['/rest/api/user/current', 'read:confluence-user'],
  ])('names for %s the scope %s', (path, scope) => {
    const said = explain(401, { code: 401, message: 'Unauthorized; scope does not match' }, path);

    expect(said).toMatchObject({ code: 'auth', message: expect.stringContaining(`${scope} `) });
    expect(said?.hint).toContain(scope);
  });

  it.each([
    ['basic', false, 'auth.username'],
    ['basic', true, 'remove "gateway"'],
    ['bearer', false, 'gateway: true'],
    ['bearer', true, 'an hour'],
    ['cookie', false, 'sign in again'],
    ['cookie', true, 'remove "gateway"'],
  ] as const)('says what helps with %s, through the gateway: %s', (method, viaGateway, hint) => {
    const answer = { status: 401, headers: {}, body: { message: 'Unauthorized' }, path: page };

    expect(explainRefusal(answer, { method, viaGateway })?.hint).toContain(hint);
  });

  it.each([[undefined], ['<html>'], [null], [[]], [{ errors: 'x' }]])(
    'has nothing to add to %j',
    (body) => {
      expect(explain(404, body, '/rest/api/content/7')).toBeUndefined();
    },
  );

  it.each([[undefined], ['<html>'], [null], [[]], [{ errors: 'x' }]])(
    'takes no 404 of v2 for its word that does not speak as v2 does: %j',
    (body) => {
      expect(explain(404, body)?.code).toBe('transient');
    },
  );
});

import { readdirSync } from 'node:fs';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { makeDiscussedSite } from './__fixtures__/discussed-site.ts';
import { get } from './__fixtures__/sandbox-client.ts';
import { describeWithShared, readShared, sharedFolder } from './__fixtures__/shared-folder.ts';
import { type ConfluenceSandbox, sampleCompany, startConfluenceSandbox } from './index.ts';

const nango = 'api-confluence/nango-integration-templates';
const querypie = 'confluence-pages/querypie';

/**
 * Fields that only one side has, and why that is right. The mocks of other projects beside these
 * recordings were written by hand and are not compared.
 */
const explained: readonly { field: RegExp; why: string }[] = [
  { field: /\.sourceTemplateEntityId$/, why: 'only on pages made from a template; undocumented' },
  { field: /\.subtype$/, why: 'only on live docs, which the sandbox has none of' },
  { field: /^\$\.(labels|properties|operations|likes|versions)\b/, why: 'only with include-…' },
  { field: /\.body\.(storage|atlas_doc_format|view)\b/, why: 'depends on body-format' },
  { field: /^\$\._links\.next$/, why: 'only when there is more' },
  { field: /\.content\.(childTypes|restrictions)$/, why: 'always empty, read by nobody' },
  { field: /\.content\._expandable\.\w+$/, why: 'names of expansions; only the usual ones here' },
  {
    field: /\.content\.extensions(\.position)?$/,
    why: 'expandable in /search, in /content it is there',
  },
  { field: /\.(ari|base64EncodedAri)$/, why: 'in some answers of v1 only; read by nobody' },
  { field: /\._expandable\.\w+$/, why: 'names of expansions; only the usual ones here' },
  { field: /\.body\.(_expandable|storage\._expandable)\b/, why: 'as above' },
  { field: /^\$\._links\.(context|collection)$/, why: 'read by nobody' },
  { field: /\.parentCommentId$/, why: 'only of replies; the recorded lists have none' },
  { field: /\.content\._links\.(editui|edituiv2)$/, why: 'harmless surplus in /search' },
];

type Shape = Map<string, Set<string>>;

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Every field of a JSON value, rows of arrays taken together, with the types it has. */
function shapeOf(value: unknown, path = '$', shape: Shape = new Map()): Shape {
  const types = shape.get(path) ?? new Set();
  shape.set(path, types.add(typeOf(value)));
  const inner = typeOf(value) === 'array' ? (value as unknown[]).map((row) => ['[]', row]) : [];
  const fields = typeOf(value) === 'object' ? Object.entries(value as object) : [];
  for (const [name, child] of [...inner, ...fields.map(([key, row]) => [`.${key}`, row])]) {
    shapeOf(child, `${path}${name}`, shape);
  }
  return shape;
}

/** A recorded field may be null where ours never is, and the other way round: both are Cloud's. */
const nullable = /\.(parentId|parentType|position|lastOwnerId|ncsStepVersion)$/;

function differences(recorded: Shape, ours: Shape): string[] {
  const paths = new Set([...recorded.keys(), ...ours.keys()]);
  return [...paths].filter((path) => {
    if (explained.some(({ field }) => field.test(path))) return false;
    const theirTypes = recorded.get(path);
    const ourTypes = ours.get(path);
    if (theirTypes === undefined || ourTypes === undefined) return true;
    return [...ourTypes].some(
      (type) => !theirTypes.has(type) && !(nullable.test(path) && theirTypes.size > 0),
    );
  });
}

function isEmpty(response: unknown): boolean {
  return shapeOf(response).has('$.results') && !shapeOf(response).has('$.results[]');
}

interface Recorded {
  readonly file: string;
  readonly path: string;
  readonly response: unknown;
}

interface NangoFile {
  readonly api?: {
    readonly get?: Readonly<Record<string, { response: unknown; request: { params?: object } }>>;
  };
}

function readRecorded(): Recorded[] {
  const answers = readdirSync(sharedFolder + nango).flatMap((file) => {
    const { api } = readShared(`${nango}/${file}`) as NangoFile;
    return Object.entries(api?.get ?? {}).map(([path, { response }]) => ({ file, path, response }));
  });
  const folders = readdirSync(sharedFolder + querypie).filter((name) => /^\d+$/.test(name));
  const read = (name: string, file: string, path: string): Recorded => {
    return { file: name, path, response: readShared(`${querypie}/${name}/${file}`) };
  };
  const pages = folders.flatMap((name) => [
    read(name, 'page.v2.json', `/wiki/api/v2/pages/${name}`),
    read(name, 'page.v1.json', `/wiki/rest/api/content/${name}`),
    read(name, 'attachments.v1.json', `/wiki/rest/api/content/${name}/child/attachment`),
  ]);
  return [...answers, ...pages];
}

describeWithShared('answers have the fields and types of recorded ones', [nango, querypie], () => {
  const site = sampleCompany();
  const spaceId = site.spaces.get('ENG').id;
  const pageId = site.idOf('ENG', 'Pricing');
  const postId = site.idOf('ENG', 'Firmware 2.4 is out');
  const kinds: readonly { recorded: RegExp; file?: RegExp; ours: string }[] = [
    { recorded: /^\/wiki\/api\/v2\/pages$/, ours: '/api/v2/pages?limit=250' },
    { recorded: /^\/wiki\/api\/v2\/pages\/\d+$/, ours: `/api/v2/pages/${pageId}` },
    {
      recorded: /^\/wiki\/api\/v2\/spaces\/\d+\/pages$/,
      ours: `/api/v2/spaces/${spaceId}/pages?limit=250`,
    },
    { recorded: /^\/wiki\/api\/v2\/blogposts$/, ours: '/api/v2/blogposts' },
    { recorded: /^\/wiki\/api\/v2\/blogposts\/\d+$/, ours: `/api/v2/blogposts/${postId}` },
    {
      recorded: /^\/wiki\/api\/v2\/spaces\/\d+\/blogposts$/,
      ours: `/api/v2/spaces/${spaceId}/blogposts`,
    },
    { recorded: /^\/wiki\/rest\/api\/search$/, ours: '/rest/api/search?cql=type=page&limit=5' },
  ];
  const discussed = makeDiscussedSite();
  discussed.site.comments.resolve(discussed.ids.inline);
  const partKinds: typeof kinds = [
    { recorded: /v2\/inline-comments$/, ours: '/api/v2/inline-comments' },
    {
      recorded: /v2\/inline-comments\/\d+$/,
      // The other recordings asked for the body.
      file: /^get-inline-comment/,
      ours: `/api/v2/inline-comments/${discussed.ids.inline}`,
    },
    {
      recorded: /v2\/pages\/\d+\/footer-comments$/,
      ours: `/api/v2/pages/${discussed.ids.page}/footer-comments?body-format=storage`,
    },
    {
      recorded: /rest\/api\/content\/\d+$/,
      ours: `/rest/api/content/${discussed.ids.page}?expand=ancestors,body.storage`,
    },
    {
      recorded: /child\/attachment$/,
      ours: `/rest/api/content/${discussed.ids.page}/child/attachment`,
    },
  ];
  let sandbox: ConfluenceSandbox;
  let other: ConfluenceSandbox;
  beforeAll(async () => {
    sandbox = await startConfluenceSandbox({ site });
    other = await startConfluenceSandbox({ site: discussed.site });
  });
  afterAll(() => Promise.all([sandbox.close(), other.close()]));

  it.each([...kinds, ...partKinds])('$ours', async ({ recorded, file: name = /./, ours }) => {
    const comparable = readRecorded().filter(
      ({ file, path, response }) => recorded.test(path) && name.test(file) && !isEmpty(response),
    );
    const isPart = partKinds.some((kind) => kind.ours === ours);
    const answer = await get(isPart ? other : sandbox, ours);

    expect(comparable.length).toBeGreaterThan(0);
    for (const { file, response } of comparable) {
      expect([file, differences(shapeOf(response), shapeOf(answer.body))]).toEqual([file, []]);
    }
  });

  it('reports a field that is missing or of another type', () => {
    const recorded = shapeOf({ id: '1', rows: [{ title: 'a' }] });

    expect(differences(recorded, shapeOf({ id: 1, rows: [{}] }))).toEqual([
      '$.id',
      '$.rows[].title',
    ]);
  });
});

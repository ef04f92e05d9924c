import { readdirSync } from 'node:fs';

import { afterAll, beforeAll, expect, it } from 'vitest';

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
  const pages = readdirSync(sharedFolder + querypie)
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({
      file: name,
      path: `/wiki/api/v2/pages/${name}`,
      response: readShared(`${querypie}/${name}/page.v2.json`),
    }));
  return [...answers, ...pages];
}

describeWithShared('answers have the fields and types of recorded ones', [nango, querypie], () => {
  const site = sampleCompany();
  const spaceId = site.spaces.get('ENG').id;
  const pageId = site.idOf('ENG', 'Pricing');
  const postId = site.idOf('ENG', 'Firmware 2.4 is out');
  const kinds: readonly { recorded: RegExp; ours: string }[] = [
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
  let sandbox: ConfluenceSandbox;
  beforeAll(async () => {
    sandbox = await startConfluenceSandbox({ site });
  });
  afterAll(() => sandbox.close());

  it.each(kinds)('$ours', async ({ recorded, ours }) => {
    const comparable = readRecorded().filter(({ path }) => recorded.test(path));
    const answer = await get(sandbox, ours);

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

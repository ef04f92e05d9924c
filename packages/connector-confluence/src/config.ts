import { z } from 'zod';

import { auth } from './auth-config.ts';
import { body } from './body-format.ts';
import { deployment, findMisfit, settleDeployment } from './deployment.ts';
import { headers } from './extra-headers.ts';
import { gateway, toWikiUrl } from './site-address.ts';

const baseUrl = z
  .string()
  .trim()
  .transform(toWikiUrl)
  .describe(
    'Address of Confluence: of a Cloud site with or without `/wiki`, of Data Center with its context path, e.g. `https://acme.com/confluence`. Only https; http for this machine alone. Costs no request.',
  );

const spaces = z
  .union([z.literal('all'), z.array(z.string().trim().min(1)).min(1)], {
    error: 'Write a list of space keys, e.g. [ENG, HR], or "all".',
  })
  .describe(
    'Keys of the spaces to mirror, or `all`. Costs one request for 250 keys (`all`: for 250 spaces), and in each space one for 250 pages; the search for folders one for 50 spaces.',
  );

const list = z.array(z.string().trim().min(1)).min(1);

const filter = z.strictObject({
  labels: list
    .optional()
    .describe('Pages and posts with one of these labels. Costs a search, see `include`.'),
  ancestors: list
    .optional()
    .describe(
      'These pages or folders, by id or address, and everything below them. Costs a search, see `include`.',
    ),
  titles: list
    .optional()
    .describe(
      'Titles that fit one of these patterns: `*` stands for any text, `?` for one character. Costs no request.',
    ),
  cql: z
    .string()
    .trim()
    .min(1)
    .refine((cql) => !/\border\s+by\b/i.test(withoutStrings(cql)), {
      error: 'Leave out "order by": the order makes no difference.',
    })
    .optional()
    .describe(
      'What this search finds, in the query language of Confluence. Costs a search, see `include`.',
    ),
});

function withoutStrings(cql: string): string {
  return cql.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""');
}

/** Criteria that pick pages and posts. */
export type FilterOptions = z.output<typeof filter>;

/** What a user writes about a Confluence source. Each field says what it costs. */
export const configSchema = z
  .strictObject({
    baseUrl,
    deployment,
    auth,
    gateway,
    headers,
    spaces,
    body,
    includeArchived: z
      .boolean()
      .default(false)
      .describe(
        'Mirror archived pages too, and with `spaces: all` archived spaces. Costs one request for 250 archived pages; and when everything is listed four for each of them, one for each comment on it, and two more for each comment that was edited, because the search does not know them.',
      ),
    blogPosts: z
      .boolean()
      .default(true)
      .describe(
        'Mirror blog posts, in the folder `blog`. Costs one request for 250 in each space.',
      ),
    personalSpaces: z
      .boolean()
      .default(false)
      .describe(
        'With `spaces: all`: mirror personal spaces too. Costs what each further space costs.',
      ),
    include: filter
      .prefault({})
      .describe(
        'Mirror only pages and posts that fit every criterion here. Costs for labels, ancestors and CQL together one request for 1000 that fit in 50 spaces, and with `ancestors` one more; texts are then read by their ids, 200 in a request.',
      ),
    exclude: filter
      .prefault({})
      .describe(
        'Leave out pages and posts that fit one of the criteria here, also when `include` takes them. Costs the same as `include`.',
      ),
    comments: z
      .boolean()
      .default(true)
      .describe(
        'Mirror comments, below the text of their page. Costs one request for 100 in each space when everything is listed; other runs one for 100 changes in 50 spaces.',
      ),
    attachments: z
      .strictObject({
        download: z
          .boolean()
          .default(false)
          .describe(
            'Download attachments beside their page. Costs one request for each file that is new or has a new version.',
          ),
        maxBytes: z
          .int()
          .min(0)
          .default(26_214_400)
          .describe('Files of more bytes are only listed. Saves their downloads.'),
        types: z
          .array(z.string().trim().min(1))
          .min(1)
          .default(['*'])
          .describe(
            'Media types to download, e.g. `image/*`; others are only listed. Saves their downloads.',
          ),
      })
      .prefault({})
      .describe(
        'What of attachments is mirrored; they are listed always. Costs one request for 200 in each space when everything is listed; other runs none beyond that for comments.',
      ),
    maxPages: z
      .int()
      .min(0)
      .default(0)
      .describe(
        'Read at most this many pages, and as many blog posts, of each space; 0 is no limit. Where it cuts a list, nothing is removed because it was not listed. Saves what the others would cost.',
      ),
  })
  .refine(({ personalSpaces, spaces: selected }) => !personalSpaces || selected === 'all', {
    path: ['personalSpaces'],
    error: 'It only works with "spaces: all"; name personal spaces by their keys, e.g. "~712020".',
  })
  .superRefine((config, context) => {
    const misfit = findMisfit(config);
    if (misfit !== undefined) context.addIssue({ code: 'custom', ...misfit });
  })
  .overwrite(settleDeployment);

/** The config after reading: defaults filled in; of Cloud `baseUrl` ends in `/wiki`. */
export type ConfluenceConfig = z.output<typeof configSchema>;

/** What of attachments is mirrored. */
export type AttachmentOptions = ConfluenceConfig['attachments'];

/** Whether a field names a variable or a file that holds its value. */
export function isReference(text: string): boolean {
  return /^(env|file):/.test(text);
}

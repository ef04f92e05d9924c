import { z } from 'zod';

import { auth } from './auth-config.ts';
import { headers } from './extra-headers.ts';
import { gateway, toWikiUrl } from './site-address.ts';

const baseUrl = z
  .string()
  .trim()
  .transform(toWikiUrl)
  .describe(
    'Address of the Confluence Cloud site, with or without `/wiki`. Only https; http for this machine alone. Costs no request.',
  );

const spaces = z
  .union([z.literal('all'), z.array(z.string().trim().min(1)).min(1)], {
    error: 'Write a list of space keys, e.g. [ENG, HR], or "all".',
  })
  .describe(
    'Keys of the spaces to mirror, or `all`. Costs one request for 250 keys (`all`: for 250 spaces), and each space one for 250 pages, one for 250 blog posts and one for its folders.',
  );

/** What a user writes about a Confluence source. Each field says what it costs. */
export const configSchema = z
  .strictObject({
    baseUrl,
    auth,
    gateway,
    headers,
    spaces,
    includeArchived: z
      .boolean()
      .default(false)
      .describe(
        'Mirror archived pages too, and with `spaces: all` archived spaces. Costs one request for 250 archived pages.',
      ),
    blogPosts: z
      .boolean()
      .default(true)
      .describe('Mirror blog posts, in the folder `blog`. Costs a request for 250 in each space.'),
    personalSpaces: z
      .boolean()
      .default(false)
      .describe(
        'With `spaces: all`: mirror personal spaces too. Costs what each further space costs.',
      ),
    maxPages: z
      .int()
      .min(0)
      .default(0)
      .describe(
        'Read at most this many pages, and as many blog posts, of each space; 0 is no limit. With a limit nothing is removed because it was not listed. Saves requests.',
      ),
  })
  .refine(({ personalSpaces, spaces: selected }) => !personalSpaces || selected === 'all', {
    path: ['personalSpaces'],
    error: 'It only works with "spaces: all"; name personal spaces by their keys, e.g. "~712020".',
  });

/** The config after reading: defaults filled in, `baseUrl` ends in `/wiki`. */
export type ConfluenceConfig = z.output<typeof configSchema>;

/** Whether a field names a variable or a file that holds its value. */
export function isReference(text: string): boolean {
  return /^(env|file):/.test(text);
}

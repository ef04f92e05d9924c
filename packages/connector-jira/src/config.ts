import { z } from 'zod';

import { auth } from './auth-config.ts';
import { deployment, findMisfit, settleDeployment } from './deployment.ts';
import { headers } from './extra-headers.ts';
import { withoutOrder } from './jql.ts';
import { gateway, toSiteUrl } from './site-address.ts';

const baseUrl = z
  .string()
  .trim()
  .transform(toSiteUrl)
  .describe(
    'Address of Jira, e.g. `https://acme.atlassian.net` or `https://jira.acme.com/jira`. Only https; http for this machine alone. Costs no request.',
  );

const query = z.string().trim().transform(withoutOrder).pipe(z.string().min(1));

const key = z.string().trim().min(1).toUpperCase();

const project = z.union([
  key.transform((value) => ({ key: value, jql: undefined })),
  z.strictObject({ key, jql: query.optional() }),
]);

const projects = z
  .union([z.literal('all'), z.array(project).min(1)], {
    error: 'Write a list of project keys, e.g. [OPS, WEB], or "all".',
  })
  .optional()
  .describe(
    'Projects to mirror, each a folder: a list of keys, or `all`. An entry may be `{ key: OPS, jql: "labels = public" }`, which takes only the issues that fit. Costs one request for 50 keys (`all`: for 100 projects), and in each project one.',
  );

const jql = z
  .union([
    query.transform((value) => ({ name: 'query', query: value })),
    z.strictObject({
      name: z
        .string()
        .trim()
        .regex(/^[\p{L}\p{N}][\p{L}\p{N} _-]*$/u, 'Write letters and digits; it names a folder.'),
      query,
    }),
  ])
  .optional()
  .describe(
    'What this query of JQL finds, in the folder `query`; or `{ name: FOLDER, query: JQL }`. Its order makes no difference. With neither `projects` nor `jql`: your own open issues. Costs two requests.',
  );

/** Used when the config names nothing: what the account has to do. */
export const defaultJql = 'assignee = currentUser() AND resolution = Unresolved';

const onlyWithSwitch = (what: string, cost: string): z.ZodDefault<z.ZodBoolean> =>
  z.boolean().default(false).describe(`Mirror ${what}. Costs ${cost}.`);

/** What a user writes about a Jira source. Each field says what it costs. */
export const configSchema = z
  .strictObject({
    baseUrl,
    deployment,
    auth,
    gateway,
    headers,
    projects,
    jql,
    comments: z
      .boolean()
      .default(true)
      .describe(
        'Mirror comments, below the text of their issue. Costs one request for each issue with more than 20 of them that is new or has changed.',
      ),
    attachments: z
      .strictObject({
        download: z
          .boolean()
          .default(false)
          .describe(
            'Download attachments beside their issue. Costs one request for each file that is new.',
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
        'What of attachments is mirrored; they are listed always. Costs no request of its own.',
      ),
    worklogs: onlyWithSwitch(
      'the work log of each issue',
      'one request for each issue with more than 20 entries that is new or has changed',
    ),
    history: onlyWithSwitch(
      'what was changed on each issue, when and by whom',
      'one request for each issue with more than 40 changes that is new or has changed',
    ),
    remoteLinks: onlyWithSwitch(
      'the web links of each issue',
      'one request for each issue that is new or has changed',
    ),
    fields: z
      .array(z.string().trim().min(1))
      .default([])
      .describe(
        'Names or ids of further custom fields for the front matter. Fields that hold formatted text are in the text anyway. Costs no request.',
      ),
    maxIssues: z
      .int()
      .min(0)
      .default(0)
      .describe(
        'Read at most this many issues of each project or query, the oldest first; 0 is no limit. Where it cuts a list, nothing is removed because it was not listed. Saves what the others would cost.',
      ),
  })
  .superRefine((config, context) => {
    const misfit = findMisfit(config);
    if (misfit !== undefined) context.addIssue({ code: 'custom', ...misfit });
  })
  .overwrite(settleDeployment);

/** The config after reading: defaults filled in, `baseUrl` without a slash at its end. */
export type JiraConfig = z.output<typeof configSchema>;

/** What of attachments is mirrored. */
export type AttachmentOptions = JiraConfig['attachments'];

/** Whether a field names a variable or a file that holds its value. */
export function isReference(text: string): boolean {
  return /^(env|file):/.test(text);
}

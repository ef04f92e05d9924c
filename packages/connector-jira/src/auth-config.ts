import { z } from 'zod';

/** How requests are signed. Which one the fields of `auth` mean: {@link authMethod}. */
export type AuthMethod = 'basic' | 'bearer' | 'cookie';

const fields = z.strictObject({
  username: z
    .string()
    .trim()
    .min(1)
    .optional()
    .describe(
      'E-mail address of the Atlassian account, of Data Center the user name; or a reference to it. Without it the token is sent as a bearer token. Costs no request.',
    ),
  token: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Reference to the API token, or to an OAuth access token when there is no user name, e.g. `env:JIRA_API_TOKEN`; of Data Center to a personal access token, or to the password of the user name. Costs one request a run: the proof that it is valid.',
    ),
  cookie: z
    .string()
    .min(1)
    .optional()
    .describe(
      'In place of a token: reference to the cookies of a session, `name=value; name=value`, for a site that only lets in through single sign-on. Costs one request a run: the proof that it is valid.',
    ),
});

type AuthFields = z.output<typeof fields>;

/** The one thing that is wrong with the combination, at its field. */
function findConflict({
  username,
  token,
  cookie,
}: AuthFields): { field: keyof AuthFields; message: string } | undefined {
  if (cookie !== undefined && (token !== undefined || username !== undefined)) {
    const other = token === undefined ? 'username' : 'token';
    const message = `A cookie stands alone; remove "${other}", or remove "cookie" to sign in with a token.`;
    return { field: 'cookie', message };
  }
  if (token === undefined && cookie === undefined) {
    const message = 'Write username and token, a token alone (bearer), or a cookie.';
    return { field: 'token', message };
  }
  return undefined;
}

export const auth = fields
  .superRefine((value, context) => {
    const conflict = findConflict(value);
    if (conflict === undefined) return;
    context.addIssue({ code: 'custom', path: [conflict.field], message: conflict.message });
  })
  .describe(
    'The account that reads, by `username` and `token`, by a `token` alone, or by a `cookie`. The mirror shows what this account may see.',
  );

export function authMethod({ username, cookie }: AuthFields): AuthMethod {
  if (cookie !== undefined) return 'cookie';
  return username === undefined ? 'bearer' : 'basic';
}

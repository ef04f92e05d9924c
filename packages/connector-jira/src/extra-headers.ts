import { z } from 'zod';

/** What may be wrong with the name of a header. The first that is wrong is told. */
const nameRules: readonly { readonly isWrong: RegExp; readonly message: string }[] = [
  {
    isWrong: /[^\w-]/,
    message: 'A header name has only letters, digits, "-" and "_".',
  },
  {
    isWrong: /^(authorization|cookie)$/i,
    message: 'Credentials belong into "auth": a token, or a cookie.',
  },
  {
    // What the HTTP library sets, or what would make another request of it.
    isWrong:
      /^(host|connection|content-.*|transfer-encoding|accept|accept-encoding|upgrade|te|trailer|expect)$/i,
    message: 'This header is set by context-sync itself; remove it.',
  },
];

export const headers = z
  .record(z.string(), z.string().min(1))
  .superRefine((all, context) => {
    const seen = new Set<string>();
    for (const name of Object.keys(all)) {
      const key = name.toLowerCase();
      const message = seen.has(key)
        ? 'Case makes no difference in the name of a header; remove the one that is there twice.'
        : nameRules.find(({ isWrong }) => isWrong.test(name))?.message;
      seen.add(key);
      if (message !== undefined) context.addIssue({ code: 'custom', path: [name], message });
    }
  })
  .default({})
  .describe(
    'Further headers of every request, e.g. for a proxy in front of the site; the values are secrets, best references like `env:PROXY_KEY`. Costs no request.',
  );

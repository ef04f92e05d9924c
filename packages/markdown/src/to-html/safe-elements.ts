import { defaultSchema, type Schema } from 'hast-util-sanitize';

/** The variants of an image, which would be loaded from wherever they say. */
const loading = new Set(['picture', 'source']);

/**
 * What may stand in a page: what GitHub allows in a README, and `u`. Names keep their spelling, since
 * links lead to them; GitHub's prefix guards scripts of the page, and there are none.
 */
export const safeElements: Schema = {
  ...defaultSchema,
  clobberPrefix: '',
  tagNames: [...(defaultSchema.tagNames ?? []).filter((name) => !loading.has(name)), 'u'],
  attributes: {
    ...defaultSchema.attributes,
    blockquote: [...(defaultSchema.attributes?.['blockquote'] ?? []), ['className', /^alert-/]],
  },
  strip: ['script', 'style'],
  protocols: {
    ...defaultSchema.protocols,
    href: ['http', 'https', 'mailto', 'tel'],
    src: ['http', 'https'],
  },
};

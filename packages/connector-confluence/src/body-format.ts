import { z } from 'zod';

/** In which of its formats Confluence is asked for texts. */
export const body = z
  .enum(['storage', 'adf'], { error: 'Write storage or adf.' })
  .default('storage')
  .describe(
    'The format that texts are read in. `storage` is what Confluence keeps: it names pages and files as their authors do, and has every parameter of a macro. `adf`, of Cloud alone, is what its editor shows: links to pages by address, decisions and synced blocks as such; it lacks parameters without a value, and a file that is gone has its name alone. Costs no request; changing it reads all texts again.',
  );

/** What a user writes. */
export type BodyFormat = z.output<typeof body>;

/** What the API calls it: https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-page/ */
export const representations = {
  storage: 'storage',
  adf: 'atlas_doc_format',
} as const satisfies Readonly<Record<BodyFormat, string>>;

/** The text of a page, post or comment. */
export type Body =
  | { readonly format: 'storage'; readonly text: string }
  | { readonly format: 'adf'; readonly document: AdfDocument };

const AdfDocument = z.looseObject({ type: z.literal('doc') });
type AdfDocument = z.output<typeof AdfDocument>;

const Value = z.object({ value: z.string() }).nullish();

/**
 * The `body` of an answer; `undefined` when it has none in the format that was asked for. An empty page
 * is an empty document: what is no document is an answer without its text.
 */
export const Body = z
  .object({ storage: Value, atlas_doc_format: Value })
  .nullish()
  .transform((given): Body | undefined => {
    if (given?.storage) return { format: 'storage', text: given.storage.value };
    const document = given?.atlas_doc_format && readDocument(given.atlas_doc_format.value);
    return document ? { format: 'adf', document } : undefined;
  });

function readDocument(text: string): AdfDocument | undefined {
  try {
    return AdfDocument.safeParse(JSON.parse(text)).data;
  } catch {
    // Cut off, or not JSON: the caller says that the text is missing.
    return undefined;
  }
}

/** Writes the name `body` of an expansion as v1 does. */
export function expandBody(expand: readonly string[], format: BodyFormat): readonly string[] {
  return expand.map((name) => (name === 'body' ? `body.${representations[format]}` : name));
}

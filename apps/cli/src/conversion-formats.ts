import type { ConvertedBody, StorageReferences } from '@context-sync/markdown';

/** Turns a body into Markdown. */
export type Convert = (body: string, references: StorageReferences) => ConvertedBody;

const load = () => import('@context-sync/markdown');

/** The formats that `convert --from` knows. Their code is loaded when it is used. */
export const CONVERSION_FORMATS: Readonly<Record<string, () => Promise<Convert>>> = {
  storage: async () => (await load()).storageToMarkdown,
  adf: async () => (await import('./adf-text.ts')).convertAdfText,
  html: async () => (await load()).htmlToMarkdown,
  wiki: async () => (await load()).wikiToMarkdown,
};

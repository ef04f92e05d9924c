export { adfToMarkdown } from './adf/adf-to-markdown.ts';
export { type CleanText, cleanText } from './clean-text.ts';
export { contextLink, type ContextLinkKind, type ContextLinkOptions } from './context-link.ts';
export { htmlToMarkdown } from './html/html-to-markdown.ts';
export type {
  AttachmentReference,
  ContentReference,
  ConvertedBody,
  JiraReference,
  LabelledReference,
  ListRoot,
  MediaFile,
  MediaReference,
  PageReference,
  StorageReferences,
  UserReference,
} from './storage/references.ts';
export { storageToMarkdown } from './storage/storage-to-markdown.ts';
export { loadMarkdownToHtml } from './to-html/load-markdown-to-html.ts';
export { wikiToMarkdown } from './wiki/wiki-to-markdown.ts';

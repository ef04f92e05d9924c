import { htmlToMarkdown, storageToMarkdown } from '@context-sync/markdown';
import rehypeParse from 'rehype-parse';
import rehypeRemark from 'rehype-remark';
import remarkGfm from 'remark-gfm';
import remarkStringify from 'remark-stringify';
import TurndownService from 'turndown';
import { gfm } from 'turndown-plugin-gfm';
import { unified } from 'unified';

/** Names instead of places. */
export const references = {
  page: ({ title }) => `ctx:name/${encodeURIComponent(title)}`,
  content: ({ id }) => `ctx:doc/${id}`,
  attachment: ({ fileName }) => `ctx:att/${encodeURIComponent(fileName)}`,
  user: ({ accountId = '' }) => `ctx:user/${accountId}`,
  space: () => undefined,
  url: (href) => href,
};

const turndown = new TurndownService({ headingStyle: 'atx' }).remove(['script', 'style']);
turndown.use(gfm);

const rehype = unified()
  .use(rehypeParse, { fragment: true })
  .use(rehypeRemark)
  .use(remarkGfm)
  .use(remarkStringify);

/** Each converter by its name, as a function from a body to Markdown. */
export const converters = {
  storage: (body) => storageToMarkdown(body, references).markdown,
  html: (body) => htmlToMarkdown(body, references).markdown,
  'rehype-remark': (body) => String(rehype.processSync(body)),
  turndown: (body) => turndown.turndown(body),
};

import type { JiraSite } from '../site/jira-site.ts';
import { usernameOf } from './server-people.ts';

interface Node {
  readonly type?: string;
  readonly text?: string;
  readonly attrs?: Readonly<Record<string, string | number | undefined>>;
  readonly marks?: readonly Node[];
  readonly content?: readonly Node[];
}

/**
 * A body as Data Center keeps it: wiki markup. The few nodes that the samples have are enough, and one
 * of our own that holds markup.
 */
export function adfToWiki(document: object, site: JiraSite): string {
  return blocks((document as Node).content ?? [], site).join('\n\n');
}

function blocks(nodes: readonly Node[], site: JiraSite): string[] {
  return nodes.map((node) => {
    const { type, text = '', attrs, content = [] } = node;
    if (type === 'wikiMarkup') return text;
    if (type === 'bulletList') {
      const items = content.map((item) => `* ${blocks(item.content ?? [], site).join(' ')}`);
      return items.join('\n');
    }
    if (type === 'codeBlock') {
      const language = attrs?.['language'];
      return `{code:${String(language ?? 'none')}}\n${plain(content)}\n{code}`;
    }
    if (type === 'heading') return `h${String(attrs?.['level'] ?? 1)}. ${inline(content, site)}`;
    return inline(content, site);
  });
}

function inline(nodes: readonly Node[], site: JiraSite): string {
  return nodes
    .map((node) => {
      const { type, text = '', attrs, marks = [] } = node;
      if (type === 'mention') {
        const user = site.people.find(String(attrs?.['id']));
        return user === undefined ? '' : `[~${usernameOf(user)}]`;
      }
      if (type === 'hardBreak') return '\n';
      if (type === 'inlineCard') return `[${String(attrs?.['url'])}]`;
      const link = marks.find((mark) => mark.type === 'link')?.attrs?.['href'];
      return typeof link === 'string' ? `[${text}|${link}]` : text;
    })
    .join('');
}

function plain(nodes: readonly Node[]): string {
  return nodes.map(({ text = '' }) => text).join('');
}

import type { Database } from '../state/database.ts';
import { parseContextLink, type ContextLink } from '../state/link-keys.ts';
import { Bindings, type Binding, type Referrer } from './bindings.ts';
import { DocumentLists } from './document-lists.ts';
import { linkDestination } from './link-destination.ts';
import type { LinkTargets, Target } from './link-targets.ts';
import { apartFrom } from './list-bullets.ts';
import { findLinks, type MarkdownLink } from './markdown-links.ts';
import { escapeHtml, escapeMarkdown } from './markdown-text.ts';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** It stands for a paragraph. */
  readonly isBlock?: true;
}

/** Characters around a list in which the lists beside it are looked for. */
const aroundList = 4096;

interface StoredBody {
  readonly markdown: string;
  readonly fragments: string | null;
}

/** A paragraph that holds nothing but an include or a list of documents. */
const lonely = /^\[\]\((ctx:(?:include|children|labelled)\/[^)\s]*)\)$/;

/** Largest text that includes may grow one document to, in characters. */
const maxBoundLength = 5_000_000;

/** Replaces every `ctx:` link and every URL of a mirrored document by what it means at this moment. */
export class MarkdownBinder {
  readonly #database: Database;
  readonly #bindings: Bindings;
  readonly #lists: DocumentLists;

  constructor(database: Database, targets: LinkTargets) {
    this.#database = database;
    this.#bindings = new Bindings(targets);
    this.#lists = new DocumentLists(database, targets, this.#bindings);
  }

  bind(markdown: string, from: Referrer): string {
    return this.#bind(markdown, from, []);
  }

  /** Replaces the mentions in a text that is no Markdown, e.g. in front matter. */
  bindMentions(text: string, from: Referrer): string {
    return this.#bindings.bindMentions(text, from);
  }

  #bind(markdown: string, from: Referrer, above: readonly string[]): string {
    const links = findLinks(markdown);
    if (links.length === 0) return markdown;
    const edits = links.flatMap((link) => this.#edits(markdown, link, from, above));
    return applyEdits(markdown, edits);
  }

  #edits(markdown: string, link: MarkdownLink, from: Referrer, above: readonly string[]): Edit[] {
    const block = this.#block(markdown, link, from, above);
    if (block !== undefined) {
      return [{ start: link.start, end: link.end, text: block, isBlock: true }];
    }
    const binding = this.#bindings.bind(link.destination, from);
    if (binding === undefined) return [];
    return link.form === 'attribute'
      ? attributeEdits(markdown, link, binding)
      : inlineEdits(markdown, link, binding);
  }

  /** What stands in for a paragraph that is only an include or a list of documents. */
  #block(
    markdown: string,
    link: MarkdownLink,
    from: Referrer,
    above: readonly string[],
  ): string | undefined {
    if (!link.empty || !isLonely(markdown, link)) return undefined;
    const context = parseContextLink(link.destination);
    if (context === undefined) return undefined;
    if (context.kind === 'children') return this.#lists.tree(context, from);
    if (context.kind === 'labelled') return this.#lists.labelled(context, from);
    const target = this.#bindings.target(context, from);
    return target === undefined ? undefined : this.#include(context, target, from, above);
  }

  /** The included text, bound as its own document would bind it; `undefined` for a cycle. */
  #include(
    context: ContextLink,
    target: Target,
    from: Referrer,
    above: readonly string[],
  ): string | undefined {
    const step = `${target.id}${context.fragment}`;
    if (above.includes(step) || target.id === from.item || above.length > 20) return undefined;
    const body = this.#database.get<StoredBody>(
      'SELECT markdown, fragments FROM bodies WHERE item = ?',
      target.id,
    );
    const text = body === undefined ? undefined : fragmentOf(body, context.fragment.slice(1));
    if (text === undefined || text.length > maxBoundLength) return undefined;
    const there = { item: target.id, source: target.source, folder: from.folder };
    return this.#bind(text, there, [...above, step, String(from.item)]).trim();
  }
}

function fragmentOf(body: StoredBody, name: string): string | undefined {
  if (name === '') return body.markdown;
  const fragments =
    body.fragments === null ? {} : (JSON.parse(body.fragments) as Record<string, string>);
  const key = decodeFragment(name);
  return Object.hasOwn(fragments, key) ? fragments[key] : undefined;
}

function decodeFragment(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    // Not percent-encoded: it is meant as it stands.
    return name;
  }
}

function isLonely(markdown: string, link: MarkdownLink): boolean {
  const after = markdown.slice(link.end, link.end + 2);
  const starts =
    link.start === 0 || markdown.slice(Math.max(0, link.start - 2), link.start) === '\n\n';
  return (
    starts &&
    (after === '' || after === '\n' || after === '\n\n') &&
    lonely.test(markdown.slice(link.start, link.end))
  );
}

function inlineEdits(markdown: string, link: MarkdownLink, binding: Binding): Edit[] {
  const { start, end, labelStart, labelEnd } = link;
  if (binding.plain === true && link.form === 'inline') {
    const label = markdown.slice(labelStart, labelEnd);
    return [{ start, end, text: label === '' ? escapeMarkdown(binding.text) : label }];
  }
  if (link.form === 'autolink') {
    const text = escapeMarkdown(link.destination);
    return binding.href === undefined
      ? []
      : [{ start, end, text: `[${text}](${linkDestination(binding.href)})` }];
  }
  if (binding.href === undefined) {
    const fill = link.empty ? escapeMarkdown(binding.text) : '';
    return [
      { start, end: labelStart, text: '' },
      { start: labelEnd, end, text: fill },
    ];
  }
  const place = {
    start: link.destinationStart,
    end: link.destinationEnd,
    text: linkDestination(binding.href),
  };
  if (!link.empty) return [place];
  return [{ start: labelStart, end: labelStart, text: escapeMarkdown(binding.text) }, place];
}

function attributeEdits(markdown: string, link: MarkdownLink, binding: Binding): Edit[] {
  const fill = link.empty
    ? [{ start: link.end, end: link.end, text: escapeHtml(binding.text) }]
    : [];
  if (binding.href !== undefined && binding.plain !== true) {
    const text = binding.href
      .replaceAll('&', '&amp;')
      .replaceAll('"', '&quot;')
      .replaceAll('<', '&lt;');
    return [{ start: link.destinationStart, end: link.destinationEnd, text }, ...fill];
  }
  const open = markdown.lastIndexOf(' ', markdown.lastIndexOf('"', link.destinationStart));
  return [{ start: open, end: link.destinationEnd + 1, text: '' }, ...fill];
}

function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  let result = '';
  let at = 0;
  for (const edit of ordered) {
    // Inside something that was replaced as a whole.
    if (edit.start < at) continue;
    result += text.slice(at, edit.start);
    result += edit.isBlock
      ? apartFrom(edit.text, {
          before: result.slice(-aroundList),
          after: text.slice(edit.end, edit.end + aroundList),
        })
      : edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

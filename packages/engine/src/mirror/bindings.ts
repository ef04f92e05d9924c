import { normalizeUrl, parseContextLink, type ContextLink } from '../state/link-keys.ts';
import { treeQuery } from '../state/list-query.ts';
import { documentPath } from './file-paths.ts';
import type { LinkTargets, Target } from './link-targets.ts';
import { relativePath } from './relative-path.ts';

const mention = /\[\]\((ctx:user\/[^)\s]+)\)/g;

/** The document that a link stands in. */
export interface Referrer {
  readonly item: number;
  readonly source: number;
  /** Folder of the file, relative to the root. */
  readonly folder: string;
}

/** What a destination means at this moment. */
export interface Binding {
  /** Where the link goes; absent: nowhere, only its text is left. */
  readonly href?: string;
  /** What an empty link shows. */
  readonly text: string;
  /** Shown instead of the whole link. */
  readonly plain?: boolean;
}

/** Answers what the destinations of a document mean. */
export class Bindings {
  readonly #targets: LinkTargets;

  constructor(targets: LinkTargets) {
    this.#targets = targets;
  }

  /** `undefined`: the destination stays as it is. */
  bind(destination: string, from: Referrer): Binding | undefined {
    if (!destination.startsWith('ctx:')) return this.#bindUrl(destination, from);
    const link = parseContextLink(destination);
    if (link === undefined) return { text: '' };
    return link.kind === 'user'
      ? { text: `@${this.#personName(from.source, link)}`, plain: true }
      : this.#bindDocument(link, from);
  }

  /** Replaces the mentions in a text that is no Markdown, e.g. in front matter. */
  bindMentions(text: string, from: Referrer): string {
    return text.replaceAll(
      mention,
      (link, destination: string) => this.bind(destination, from)?.text ?? link,
    );
  }

  /** The document that a `ctx:` link means; of a list, the one it begins below. */
  target(link: ContextLink, from: Referrer): Target | undefined {
    switch (link.kind) {
      case 'name':
        return this.#targets.byAlias(link.key, from.item, from.source);
      case 'att':
        return this.#attachment(link, from);
      case 'children':
        return treeQuery(link).by === 'name'
          ? this.#targets.byAlias(link.key, from.item, from.source)
          : this.#targets.byId(from.source, link.key);
      case 'labelled':
        return undefined;
      case 'include':
        return (
          this.#targets.byId(from.source, link.key) ??
          this.#targets.byAlias(link.key, from.item, from.source)
        );
      case 'doc':
        return this.#targets.byId(from.source, link.key) ?? this.#elsewhere(link, from);
      default:
        return this.#targets.byId(from.source, link.key);
    }
  }

  /** Another source may mirror what this one does not. */
  #elsewhere(link: ContextLink, { source }: Referrer): Target | undefined {
    const url = link.url === undefined ? undefined : normalizeUrl(link.url);
    return url === undefined ? undefined : this.#targets.byUrl(url, source);
  }

  #attachment({ key, of }: ContextLink, { item, source }: Referrer): Target | undefined {
    if (of === undefined) return this.#targets.attachment(source, key);
    const owner = this.#targets.byAlias(of, item, source);
    return owner === undefined ? undefined : this.#targets.attachmentNamed(key, owner);
  }

  #bindDocument(link: ContextLink, from: Referrer): Binding {
    const target = this.target(link, from);
    const page = target === undefined ? undefined : this.#pageOf(target);
    if (target === undefined || page === undefined) return fallback(link);
    const path = target.placement === 'attachment' ? target.download : page;
    return path === null
      ? attachmentAtService(target, link)
      : { href: relativePath(from.folder, path) + placeIn(link), text: target.title };
  }

  #bindUrl(destination: string, from: Referrer): Binding | undefined {
    const url = normalizeUrl(destination);
    const target = url === undefined ? undefined : this.#targets.byUrl(url, from.source);
    const path = target === undefined ? undefined : this.#pathOf(target);
    if (target === undefined || path === undefined) return undefined;
    const hash = destination.indexOf('#');
    return {
      href: relativePath(from.folder, path) + (hash === -1 ? '' : destination.slice(hash)),
      text: target.title,
    };
  }

  /** The file to open for a document: of an attachment its download, if there is one. */
  #pathOf(target: Target): string | undefined {
    if (target.placement === 'attachment') return target.download ?? undefined;
    return this.#pageOf(target);
  }

  /** The file a document shows in: its own, or for a part of another that of the document above it. */
  #pageOf(target: Target): string | undefined {
    let file: Target | undefined = target;
    for (let depth = 0; file !== undefined && file.placement !== 'file' && depth < 100; depth += 1)
      file = file.parent === null ? undefined : this.#targets.byId(file.source, file.parent);
    if (file === undefined || file.folder === null || file.name === null) return undefined;
    return documentPath({ folder: file.folder, name: file.name }, file.output);
  }

  #personName(source: number, link: ContextLink): string {
    return this.#targets.personName(source, link.key) ?? link.title ?? link.key;
  }
}

function fallback(link: ContextLink): Binding {
  const text = link.title ?? link.url ?? '';
  return link.url === undefined ? { text } : { href: link.url + placeIn(link), text };
}

/** What an include takes of a document is a part by name, not a place to jump to. */
function placeIn({ kind, fragment }: ContextLink): string {
  return kind === 'include' ? '' : fragment;
}

/** An attachment that is not downloaded is opened where it is. */
function attachmentAtService({ url, title }: Target, link: ContextLink): Binding {
  const href = url ?? link.url;
  return href === undefined ? { text: title } : { href: href + link.fragment, text: title };
}

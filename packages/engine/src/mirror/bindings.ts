import { normalizeUrl, parseContextLink, type ContextLink } from '../state/link-keys.ts';
import type { LinkTargets, Target } from './link-targets.ts';
import { relativePath } from './relative-path.ts';

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
    switch (link.kind) {
      case 'user':
        return { text: `@${this.#personName(from.source, link)}`, plain: true };
      case 'att':
        return fallback(link);
      default:
        return this.#bindDocument(link, from);
    }
  }

  /** The document that a `ctx:` link means. */
  target(link: ContextLink, from: Referrer): Target | undefined {
    return link.kind === 'name'
      ? this.#targets.byAlias(link.key, from.item, from.source)
      : this.#targets.byId(from.source, link.key);
  }

  #bindDocument(link: ContextLink, from: Referrer): Binding {
    const target = this.target(link, from);
    const path = target === undefined ? undefined : this.#pathOf(target);
    if (target === undefined || path === undefined) return fallback(link);
    return { href: relativePath(from.folder, path) + link.fragment, text: target.title };
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

  /** The file a document stands in: its own, or for a section that of the document above it. */
  #pathOf(target: Target): string | undefined {
    let file: Target | undefined = target;
    for (let depth = 0; file?.placement === 'section' && depth < 100; depth += 1) {
      file = file.parent === null ? undefined : this.#targets.byId(file.source, file.parent);
    }
    if (file === undefined || file.folder === null || file.name === null) return undefined;
    return `${file.folder}/${file.name}.md`;
  }

  #personName(source: number, link: ContextLink): string {
    return this.#targets.personName(source, link.key) ?? link.title ?? link.key;
  }
}

function fallback(link: ContextLink): Binding {
  const text = link.title ?? link.url ?? '';
  return link.url === undefined ? { text } : { href: link.url + link.fragment, text };
}

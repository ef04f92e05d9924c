import type { Label } from './content.ts';
import type { SiteParts } from './site-parts.ts';

/** The labels of pages and blog posts. A change of them makes no version. */
export class Labels {
  readonly #site: SiteParts;
  readonly #ids = new Map<string, string>();

  constructor(site: SiteParts) {
    this.#site = site;
  }

  of(contentId: string): readonly Label[] {
    return this.#site.contents.get(contentId).labels;
  }

  /** Puts a label on a page or blog post; one that is there already stays. */
  add(contentId: string, name: string, prefix: Label['prefix'] = 'global'): void {
    const labels = this.of(contentId);
    if (labels.some((label) => label.name === name && label.prefix === prefix)) return;
    this.#site.clock.tick();
    const id = this.#idOf(`${prefix}:${name}`);
    this.#site.contents.update(contentId, { labels: [...labels, { id, name, prefix }] });
  }

  remove(contentId: string, name: string): void {
    this.#site.clock.tick();
    const labels = this.of(contentId).filter((label) => label.name !== name);
    this.#site.contents.update(contentId, { labels });
  }

  #idOf(key: string): string {
    const id = this.#ids.get(key) ?? this.#site.ids.next();
    this.#ids.set(key, id);
    return id;
  }
}

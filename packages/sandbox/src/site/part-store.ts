import type { Attachment } from './attachment.ts';
import type { Comment } from './comment.ts';
import type { SearchIndex } from './search-index.ts';

/** What belongs to a page or blog post and is found through it. */
export class PartStore<Part extends Comment | Attachment> {
  readonly #index: SearchIndex;
  readonly #parts = new Map<string, Part>();
  readonly #idsOf = new Map<string, Set<string>>();

  constructor(index: SearchIndex) {
    this.#index = index;
  }

  all(): readonly Part[] {
    return [...this.#parts.values()];
  }

  find(id: string): Part | undefined {
    return this.#parts.get(id);
  }

  get(id: string): Part {
    const part = this.find(id);
    if (part === undefined) throw new Error(`The site holds nothing with the id ${id}.`);
    return part;
  }

  /** Those of one page or blog post, oldest first. */
  of(containerId: string): Part[] {
    return [...(this.#idsOf.get(containerId) ?? [])].map((id) => this.get(id));
  }

  /** Removes all that belongs to a page that is purged. */
  forget(containerId: string): void {
    for (const { id } of this.of(containerId)) this.remove(id);
  }

  protected put(part: Part): void {
    this.#parts.set(part.id, part);
    const ids = this.#idsOf.get(part.containerId) ?? new Set();
    this.#idsOf.set(part.containerId, ids.add(part.id));
    this.#index.record(part.id, part);
  }

  protected update(id: string, change: Partial<Part>): void {
    this.put({ ...this.get(id), ...change });
  }

  protected remove(id: string): void {
    this.#idsOf.get(this.get(id).containerId)?.delete(id);
    this.#parts.delete(id);
    this.#index.record(id, undefined);
  }
}

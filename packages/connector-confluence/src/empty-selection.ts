import type { SpaceEvent } from './cursor.ts';
import type { Space } from './spaces.ts';

/** Notices a filter that leaves nothing of any space: most likely a typing error. */
export class EmptySelection {
  readonly #empty = new Set<string>();

  /** Called once a space is listed, with what the filter left of it. */
  *note({ id }: Space, { left, spaces }: { left: number; spaces: number }): Generator<SpaceEvent> {
    if (left > 0) this.#empty.delete(id);
    else this.#empty.add(id);
    if (left > 0 || this.#empty.size < spaces) return;
    const message =
      '"include" and "exclude" leave no page and no post of any space. Compare them with what is in Confluence.';
    yield { type: 'warning', code: 'nothing-selected', message };
  }
}

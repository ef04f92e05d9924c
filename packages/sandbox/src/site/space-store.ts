import type { Space } from './content.ts';

/** The spaces of a site. Keys are compared without case, as Confluence does. */
export class SpaceStore {
  readonly #spaces = new Map<string, Space>();

  all(): readonly Space[] {
    return [...this.#spaces.values()];
  }

  find(key: string): Space | undefined {
    return this.all().find((space) => space.key.toLowerCase() === key.toLowerCase());
  }

  findById(id: string): Space | undefined {
    return this.#spaces.get(id);
  }

  get(key: string): Space {
    const space = this.find(key);
    if (space === undefined) throw new Error(`The site has no space with the key ${key}.`);
    return space;
  }

  getById(id: string): Space {
    const space = this.#spaces.get(id);
    if (space === undefined) throw new Error(`The site has no space with the id ${id}.`);
    return space;
  }

  put(space: Space): void {
    this.#spaces.set(space.id, space);
  }

  update(id: string, change: Partial<Space>): void {
    this.put({ ...this.getById(id), ...change });
  }

  delete(id: string): void {
    this.#spaces.delete(id);
  }
}

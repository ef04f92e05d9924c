import type { ListingEvent } from '@context-sync/core';

import type { Database } from '../state/database.ts';

/** A listing that reached its end, of one kind or (`kind` '') of all. */
export interface CompleteListing {
  readonly scope: number;
  readonly kind: string;
  /** Documents last seen in an earlier generation are missing from it. */
  readonly generation: number;
  readonly weak: number;
}

/** Keeps which listings of a scope began and which reached their end, across runs. */
export class ListingBook {
  readonly #database: Database;
  readonly #scope: number;
  readonly #generation: number;

  constructor(database: Database, scope: number, generation: number) {
    this.#database = database;
    this.#scope = scope;
    this.#generation = generation;
  }

  /** Listings that were judged or broken off in an earlier run; one that is resumed stays. */
  forget(): void {
    this.#database.run('DELETE FROM listings WHERE scope = ? AND complete = 1', this.#scope);
  }

  note(event: ListingEvent): void {
    for (const kind of event.kinds ?? ['']) {
      if (event.state === 'begin') this.#begin(kind);
      else this.#complete(kind, event.authoritative ?? true);
    }
  }

  #begin(kind: string): void {
    this.#database.run(
      'INSERT OR REPLACE INTO listings(scope, kind, generation, complete, weak) VALUES(?, ?, ?, 0, 0)',
      this.#scope,
      kind,
      this.#generation,
    );
  }

  /** A listing that began in an earlier run is weak evidence: it saw two states of the service. */
  #complete(kind: string, authoritative: boolean): void {
    if (!authoritative) {
      this.#database.run('DELETE FROM listings WHERE scope = ? AND kind = ?', this.#scope, kind);
      return;
    }
    this.#database.run(
      'UPDATE listings SET complete = 1, weak = (generation <> ?) WHERE scope = ? AND kind = ?',
      this.#generation,
      this.#scope,
      kind,
    );
  }
}

export function completeListings(database: Database, scope: number): CompleteListing[] {
  return database.all<CompleteListing>(
    'SELECT scope, kind, generation, weak FROM listings WHERE scope = ? AND complete = 1',
    scope,
  );
}

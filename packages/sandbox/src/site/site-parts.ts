import type { ContentStore } from './content-store.ts';
import type { IdSequence } from './id-sequence.ts';
import type { LogicalClock } from './logical-clock.ts';
import type { SearchIndex } from './search-index.ts';

/** What the parts of a site share. */
export interface SiteParts {
  readonly clock: LogicalClock;
  readonly ids: IdSequence;
  readonly index: SearchIndex;
  readonly contents: ContentStore;
  /** The account id of whoever changes things when nobody is named. */
  readonly accountId: string;
}

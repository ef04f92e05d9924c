import type { IdSequence } from '../../site/id-sequence.ts';
import type { LogicalClock } from '../../site/logical-clock.ts';
import type { SearchIndex } from '../../site/search-index.ts';
import type { HistoryItem, Issue } from './issue.ts';

/** The issues of a site. Every change of one makes a new `updated` and reaches the search index. */
export class IssueStore {
  readonly clock: LogicalClock;
  readonly ids: IdSequence;
  readonly index: SearchIndex<Issue>;
  /** Account id of whoever changes things when nobody is named. */
  readonly accountId: string;
  readonly #issues = new Map<string, Issue>();

  constructor(parts: {
    readonly clock: LogicalClock;
    readonly ids: IdSequence;
    readonly index: SearchIndex<Issue>;
    readonly accountId: string;
  }) {
    this.clock = parts.clock;
    this.ids = parts.ids;
    this.index = parts.index;
    this.accountId = parts.accountId;
  }

  all(): readonly Issue[] {
    return [...this.#issues.values()];
  }

  find(id: string): Issue | undefined {
    return this.#issues.get(id);
  }

  get(id: string): Issue {
    const issue = this.find(id);
    if (issue === undefined) throw new Error(`The site has no issue with the id ${id}.`);
    return issue;
  }

  put(issue: Issue): void {
    this.#issues.set(issue.id, issue);
    this.index.record(issue.id, issue);
  }

  remove(id: string): void {
    this.clock.tick();
    this.#issues.delete(this.get(id).id);
    this.index.record(id, undefined);
  }

  /** Changes an issue, and notes in its history what people see there. */
  change(id: string, change: Partial<Issue>, items: readonly HistoryItem[] = []): void {
    const issue = this.get(id);
    const updatedAt = this.clock.tick();
    const entry = { id: this.ids.next(), authorId: this.accountId, createdAt: updatedAt, items };
    const history = items.length === 0 ? issue.history : [...issue.history, entry];
    this.put({ ...issue, ...change, history, updatedAt });
  }

  /** Changes what does not show in `updated`, such as who may see the issue. */
  changeSilently(id: string, change: Partial<Issue>): void {
    this.clock.tick();
    this.put({ ...this.get(id), ...change });
  }
}

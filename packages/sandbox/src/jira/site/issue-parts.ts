import type { FileContent } from '../../site/attachment.ts';
import { uuidOf } from '../../site/id-sequence.ts';
import type { IssueStore } from './issue-store.ts';
import { adf, type Adf, type Issue, type IssueComment, type Worklog } from './issue.ts';

/** Comments of issues. Whatever happens to one makes a new `updated` of its issue. */
export class IssueComments {
  readonly #issues: IssueStore;

  constructor(issues: IssueStore) {
    this.#issues = issues;
  }

  /** @returns the id of the comment */
  add(
    issueId: string,
    comment: Partial<Pick<IssueComment, 'visibility' | 'isPublic'>> & {
      readonly body: Adf | string;
      readonly by?: string;
    },
  ): string {
    const { ids, clock, accountId } = this.#issues;
    const { body, by = accountId, isPublic = true, visibility } = comment;
    const id = ids.next();
    const createdAt = clock.now();
    const added: IssueComment = {
      id,
      authorId: by,
      body: typeof body === 'string' ? adf(body) : body,
      createdAt,
      updatedAt: createdAt,
      isPublic,
      ...(visibility === undefined ? {} : { visibility }),
    };
    const { comments } = this.#issues.get(issueId);
    this.#issues.change(issueId, { comments: [...comments, added] });
    return id;
  }

  edit(id: string, body: Adf | string): void {
    const issue = this.issueOf(id);
    const updatedAt = this.#issues.clock.tick();
    const text = typeof body === 'string' ? adf(body) : body;
    const comments = issue.comments.map((each) =>
      each.id === id ? { ...each, body: text, updatedAt } : each,
    );
    this.#issues.change(issue.id, { comments });
  }

  delete(id: string): void {
    const issue = this.issueOf(id);
    const comments = issue.comments.filter((each) => each.id !== id);
    this.#issues.change(issue.id, { comments });
  }

  all(): readonly IssueComment[] {
    return this.#issues.all().flatMap(({ comments }) => comments);
  }

  issueOf(id: string): Issue {
    const found = this.#issues.all().find(({ comments }) => comments.some((one) => one.id === id));
    if (found === undefined) throw new Error(`The site has no comment with the id ${id}.`);
    return found;
  }
}

/** Time that people spent on issues. */
export class Worklogs {
  readonly #issues: IssueStore;

  constructor(issues: IssueStore) {
    this.#issues = issues;
  }

  /** @returns the id of the worklog */
  add(issueId: string, seconds: number, comment?: string): string {
    const { ids, clock, accountId: authorId } = this.#issues;
    const id = ids.next();
    const at = clock.now();
    const text = comment === undefined ? undefined : adf(comment);
    const times = { startedAt: at, createdAt: at, updatedAt: at };
    const added: Worklog = { id, authorId, comment: text, seconds, ...times };
    const { worklogs } = this.#issues.get(issueId);
    this.#issues.change(issueId, { worklogs: [...worklogs, added] });
    return id;
  }

  delete(issueId: string, id: string): void {
    const worklogs = this.#issues.get(issueId).worklogs.filter((each) => each.id !== id);
    this.#issues.change(issueId, { worklogs });
  }
}

/** Files of issues. One is never replaced: a new one of the same name stands beside it. */
export class IssueFiles {
  readonly #issues: IssueStore;

  constructor(issues: IssueStore) {
    this.#issues = issues;
  }

  /** @returns the id of the attachment */
  add(
    issueId: string,
    file: {
      readonly name: string;
      readonly content: string | FileContent;
      readonly mediaType?: string;
    },
  ): string {
    const { ids, clock, accountId: authorId } = this.#issues;
    const { name: title, content: given, mediaType = 'application/octet-stream' } = file;
    const id = ids.next();
    const content = typeof given === 'string' ? new TextEncoder().encode(given) : given;
    const createdAt = clock.now();
    const added = { id, fileId: uuidOf(id, 1), title, mediaType, content, authorId, createdAt };
    const { files } = this.#issues.get(issueId);
    this.#issues.change(issueId, { files: [...files, added] });
    return id;
  }

  delete(id: string): void {
    const issue = this.#issues.all().find(({ files }) => files.some((file) => file.id === id));
    if (issue === undefined) throw new Error(`The site has no attachment with the id ${id}.`);
    const files = issue.files.filter((file) => file.id !== id);
    this.#issues.change(issue.id, { files });
  }
}

import { IdSequence } from '../../site/id-sequence.ts';
import { LogicalClock } from '../../site/logical-clock.ts';
import { People } from '../../site/people.ts';
import { SearchIndex } from '../../site/search-index.ts';
import { defaultStart } from '../../site/site-options.ts';
import type { NewUser, User } from '../../site/user.ts';
import { customFields, type Field, systemFields } from './field.ts';
import { IssueComments, IssueFiles, Worklogs } from './issue-parts.ts';
import { IssueStore } from './issue-store.ts';
import type { Issue, IssueLink, NewIssue, Project, RemoteLink } from './issue.ts';
import { issueTypes, linkTypes, named, statuses } from './vocabulary.ts';

interface JiraSiteOptions {
  readonly account?: NewUser;
  /** When the first change takes place. */
  readonly startsAt?: string;
  /** That of a wiki at the same address. @default one of its own */
  readonly clock?: LogicalClock;
}

/** A Jira, with everything that happens in it as a method. It starts empty. */
export class JiraSite {
  readonly clock: LogicalClock;
  readonly people: People;
  readonly index: SearchIndex<Issue>;
  readonly issues: IssueStore;
  readonly comments: IssueComments;
  readonly worklogs: Worklogs;
  readonly files: IssueFiles;
  readonly #accountId: string;
  readonly #ids = new IdSequence();
  readonly #projects = new Map<string, Project>();
  /** How many issues were ever made in a project: a number is given once. */
  readonly #numbers = new Map<string, number>();
  /** Ids by the keys that issues had. */
  readonly #formerKeys = new Map<string, string>();
  #fields: readonly Field[] = [...systemFields, ...customFields];
  #links: readonly IssueLink[] = [];

  constructor({ account, clock: given, startsAt = defaultStart }: JiraSiteOptions = {}) {
    this.clock = given ?? new LogicalClock(startsAt);
    this.people = new People(this.clock);
    this.index = new SearchIndex(this.clock, 0);
    this.#accountId = this.people.add(account ?? { name: 'Ada Okafor', email: 'ada@example.com' });
    const { clock, index } = this;
    this.issues = new IssueStore({ clock, index, ids: this.#ids, accountId: this.#accountId });
    this.comments = new IssueComments(this.issues);
    this.worklogs = new Worklogs(this.issues);
    this.files = new IssueFiles(this.issues);
  }

  /** Whose credentials the sandbox takes. */
  get account(): User {
    return this.people.get(this.#accountId);
  }

  get fields(): readonly Field[] {
    return this.#fields;
  }

  get links(): readonly IssueLink[] {
    return this.#links;
  }

  projects(): readonly Project[] {
    return [...this.#projects.values()];
  }

  project(idOrKey: string): Project | undefined {
    return this.projects().find(({ id, key }) => id === idOrKey || key === idOrKey.toUpperCase());
  }

  /** @returns the account id */
  addUser(user: NewUser): string {
    return this.people.add(user);
  }

  addProject({ key, name }: { readonly key: string; readonly name: string }): string {
    const id = this.#ids.next();
    this.#projects.set(id, { id, key, name, isArchived: false });
    return id;
  }

  /** Its issues can still be read by id; no list and no search shows them. */
  archiveProject(key: string): void {
    this.#changeProject(key, { isArchived: true });
  }

  restoreProject(key: string): void {
    this.#changeProject(key, { isArchived: false });
  }

  renameField(id: string, name: string): void {
    this.#fields = this.#fields.map((field) => (field.id === id ? { ...field, name } : field));
  }

  /** @returns the id of the issue */
  addIssue({ project, by = this.#accountId, ...given }: NewIssue): string {
    const { id: projectId } = this.#requireProject(project);
    const createdAt = this.clock.tick();
    const { type = given.parentId ? 'Subtask' : 'Task', status = 'To Do' } = given;
    const issue: Issue = {
      id: this.#ids.next(),
      projectId,
      key: this.#nextKey(project, given.key),
      summary: 'An issue',
      description: null,
      priority: 'Medium',
      assigneeId: null,
      labels: [],
      components: [],
      fixVersions: [],
      dueDate: null,
      parentId: null,
      custom: {},
      ...given,
      type: named(issueTypes, type).name,
      status: named(statuses, status).name,
      resolution: null,
      reporterId: by,
      isRestricted: false,
      createdAt,
      updatedAt: createdAt,
      comments: [],
      worklogs: [],
      files: [],
      remoteLinks: [],
      history: [],
    };
    this.issues.put(issue);
    return issue.id;
  }

  edit(
    id: string,
    change: Partial<Pick<Issue, 'summary' | 'description' | 'labels' | 'assigneeId' | 'custom'>>,
  ): void {
    const { summary: from } = this.issues.get(id);
    const { summary: to = from } = change;
    this.issues.change(id, change, from === to ? [] : [{ field: 'summary', from, to }]);
  }

  transition(id: string, status: string): void {
    const { status: from } = this.issues.get(id);
    const { category } = named(statuses, status);
    const resolution = category === 'done' ? 'Done' : null;
    this.issues.change(id, { status, resolution }, [{ field: 'status', from, to: status }]);
  }

  setParent(id: string, parentId: string | null): void {
    this.issues.change(id, { parentId });
  }

  /** Gives the issue a new key; the old one still leads to it. */
  move(id: string, project: string): void {
    const { key: from } = this.issues.get(id);
    const { id: projectId } = this.#requireProject(project);
    const key = this.#nextKey(project);
    this.#formerKeys.set(from, id);
    this.issues.change(id, { projectId, key }, [{ field: 'Key', from, to: key }]);
  }

  /** With its subtasks and links; what it was linked to shows no change for that. */
  delete(id: string): void {
    for (const { id: child, parentId, type } of this.issues.all()) {
      if (parentId !== id) continue;
      if (type === 'Subtask') this.delete(child);
      else this.issues.changeSilently(child, { parentId: null });
    }
    this.#links = this.#links.filter(({ from, to }) => from !== id && to !== id);
    this.issues.remove(id);
  }

  /** A security level that the account does not have. */
  restrict(id: string): void {
    this.issues.changeSilently(id, { isRestricted: true });
  }

  unrestrict(id: string): void {
    this.issues.changeSilently(id, { isRestricted: false });
  }

  /** Both issues get a new `updated`. */
  link(from: string, to: string, type = 'Blocks'): void {
    const id = this.#ids.next();
    this.#links = [...this.#links, { id, type: named(linkTypes, type).name, from, to }];
    this.issues.change(from, {});
    this.issues.change(to, {});
  }

  addRemoteLink(id: string, link: Omit<RemoteLink, 'id'>): void {
    const { remoteLinks } = this.issues.get(id);
    this.issues.change(id, { remoteLinks: [...remoteLinks, { ...link, id: this.#ids.next() }] });
  }

  /** The issue with this id, key or former key. */
  findIssue(idOrKey: string): Issue | undefined {
    const key = idOrKey.toUpperCase();
    const former = this.#formerKeys.get(key);
    return (
      this.issues.find(idOrKey) ??
      this.issues.all().find((issue) => issue.key === key) ??
      (former === undefined ? undefined : this.issues.find(former))
    );
  }

  /** Takes all changes into the search index, however new. */
  catchUp(): void {
    this.index.catchUp();
  }

  /** A key that is given is given once too. */
  #nextKey(projectKey: string, given?: string): string {
    const last = this.#numbers.get(projectKey) ?? 0;
    const key = given ?? `${projectKey}-${last + 1}`;
    this.#numbers.set(projectKey, Math.max(last, Number(key.slice(key.lastIndexOf('-') + 1))));
    return key;
  }

  #requireProject(key: string): Project {
    const project = this.project(key);
    if (project === undefined) throw new Error(`The site has no project ${key}.`);
    return project;
  }

  #changeProject(key: string, change: Partial<Project>): void {
    this.clock.tick();
    const project = this.#requireProject(key);
    this.#projects.set(project.id, { ...project, ...change });
  }
}

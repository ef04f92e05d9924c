/** A status, and which of the three categories it belongs to. */
export interface Status {
  readonly id: string;
  readonly name: string;
  readonly category: keyof typeof statusCategories;
}

/** The categories are the same on every site, with their numbers. */
export const statusCategories = {
  new: { id: 2, name: 'To Do', colorName: 'blue-gray' },
  indeterminate: { id: 4, name: 'In Progress', colorName: 'yellow' },
  done: { id: 3, name: 'Done', colorName: 'green' },
} as const;

export const statuses: readonly Status[] = [
  { id: '10000', name: 'To Do', category: 'new' },
  { id: '10001', name: 'In Progress', category: 'indeterminate' },
  { id: '10002', name: 'In Review', category: 'indeterminate' },
  { id: '10003', name: 'Done', category: 'done' },
];

export interface IssueType {
  readonly id: string;
  readonly name: string;
  readonly level: -1 | 0 | 1;
}

export const issueTypes: readonly IssueType[] = [
  { id: '10010', name: 'Epic', level: 1 },
  { id: '10011', name: 'Story', level: 0 },
  { id: '10012', name: 'Task', level: 0 },
  { id: '10013', name: 'Bug', level: 0 },
  { id: '10014', name: 'Subtask', level: -1 },
];

export const priorities = ['Highest', 'High', 'Medium', 'Low', 'Lowest'] as const;

/** How a link reads from either side. */
export interface LinkType {
  readonly id: string;
  readonly name: string;
  readonly inward: string;
  readonly outward: string;
}

export const linkTypes: readonly LinkType[] = [
  { id: '10100', name: 'Blocks', inward: 'is blocked by', outward: 'blocks' },
  { id: '10101', name: 'Relates', inward: 'relates to', outward: 'relates to' },
  { id: '10102', name: 'Duplicate', inward: 'is duplicated by', outward: 'duplicates' },
];

export function named<Item extends { readonly name: string }>(
  items: readonly Item[],
  name: string,
): Item {
  const found = items.find((item) => item.name === name);
  if (found === undefined) throw new Error(`The site knows no ${name}.`);
  return found;
}

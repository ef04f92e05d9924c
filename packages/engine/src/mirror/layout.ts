import { compareIds } from './byte-order.ts';
import { cutName, foldName, isReservedName, maxNameBytes, nameSuffix } from './file-name.ts';
import { longestEnding } from './file-paths.ts';

/** Longest path of a folder that still holds files, in UTF-8 bytes, relative to the root. */
const maxFolderBytes = 140;
/** Longest path of a file, in UTF-8 bytes, relative to the root. */
const maxPathBytes = 240;
/** `~` and 8 hex digits. Always counted, so that a name never depends on its neighbours. */
const suffixBytes = 9;
const suffixDigits = [8, 12, 64];

/** What the layout needs to know of a document. */
export interface LayoutNode {
  /** Key of the node in this call. */
  readonly key: number;
  readonly id: string;
  /** The name it asks for, see `file-name.ts`. */
  readonly name: string;
  /** Key of its parent, when the parent is part of this scope. */
  readonly parent?: number;
  /** One of the `kindFolders`: where documents of its kind lie when they have no parent. */
  readonly kindFolder?: string;
}

export interface Place {
  /** Relative to the root. */
  readonly folder: string;
  /** Without its ending. */
  readonly name: string;
}

interface Folder {
  readonly path: string;
  readonly children: readonly LayoutNode[];
  /** Folded names that only the mirror may use here. */
  readonly taken: ReadonlySet<string>;
}

/**
 * Gives every document of one scope its place. A function of the set of documents alone: neither their
 * order nor what was there before matters.
 *
 * A document lies beside the folder of its children. Documents that ask for the same name: the lowest
 * id keeps it, the others get a suffix. A parent cycle is broken at its lowest id. A folder whose path
 * would be too long is not opened: its documents lie in the nearest ancestor folder that fits.
 *
 * `kindFolders` are the folders at the top of the scope that belong to kinds of documents.
 */
export function layoutScope(
  scopeFolder: string,
  nodes: readonly LayoutNode[],
  kindFolders: readonly string[] = [],
): Map<number, Place> {
  const children = groupByParent(nodes);
  const places = new Map<number, Place>();
  const open = rootFolders(scopeFolder, children.get(undefined) ?? [], kindFolders);
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const members = collectMembers(folder, children);
    for (const [node, name] of nameMembers(folder, members)) {
      places.set(node.key, { folder: folder.path, name });
      const below = children.get(node.key);
      if (below !== undefined && opensFolder(folder.path, node)) {
        open.push({ path: `${folder.path}/${name}`, children: below, taken: new Set() });
      }
    }
  }
  return places;
}

function rootFolders(
  scopeFolder: string,
  roots: readonly LayoutNode[],
  kindFolders: readonly string[],
): Folder[] {
  const taken = new Set(kindFolders.map(foldName));
  const plain = roots.filter((node) => node.kindFolder === undefined);
  const kinds = kindFolders.map((name) => ({
    path: `${scopeFolder}/${name}`,
    children: roots.filter((node) => node.kindFolder === name),
    taken: new Set<string>(),
  }));
  return [{ path: scopeFolder, children: plain, taken }, ...kinds];
}

/** Children by parent; a node without a parent, or the lowest id of a cycle, is under `undefined`. */
function groupByParent(nodes: readonly LayoutNode[]): Map<number | undefined, LayoutNode[]> {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const cut = cycleBreakers(nodes, byKey);
  const children = new Map<number | undefined, LayoutNode[]>();
  for (const node of nodes) {
    const known = node.parent !== undefined && byKey.has(node.parent) && !cut.has(node.key);
    const parent = known ? node.parent : undefined;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [node]);
    else siblings.push(node);
  }
  return children;
}

function cycleBreakers(
  nodes: readonly LayoutNode[],
  byKey: ReadonlyMap<number, LayoutNode>,
): Set<number> {
  const cut = new Set<number>();
  const walkOf = new Map<number, number>();
  for (const start of nodes) {
    let node: LayoutNode | undefined = start;
    while (node !== undefined && !walkOf.has(node.key)) {
      walkOf.set(node.key, start.key);
      node = node.parent === undefined ? undefined : byKey.get(node.parent);
    }
    if (node !== undefined && walkOf.get(node.key) === start.key)
      cut.add(lowestInCycle(node, byKey));
  }
  return cut;
}

function lowestInCycle(start: LayoutNode, byKey: ReadonlyMap<number, LayoutNode>): number {
  let lowest = start;
  let node = start;
  do {
    const parent = node.parent === undefined ? undefined : byKey.get(node.parent);
    if (parent === undefined) break;
    node = parent;
    if (compareIds(node.id, lowest.id) < 0) lowest = node;
  } while (node !== start);
  return lowest.key;
}

/** The children of a folder, and of those whose own folder would be too deep. */
function collectMembers(
  folder: Folder,
  children: ReadonlyMap<number | undefined, readonly LayoutNode[]>,
): LayoutNode[] {
  const members: LayoutNode[] = [];
  const queue = [...folder.children];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    members.push(node);
    if (!opensFolder(folder.path, node)) {
      for (const child of children.get(node.key) ?? []) queue.push(child);
    }
  }
  return members;
}

function opensFolder(folder: string, node: LayoutNode): boolean {
  const bytes =
    Buffer.byteLength(folder) + 1 + Buffer.byteLength(nameIn(folder, node)) + suffixBytes;
  return bytes <= maxFolderBytes;
}

function nameIn(folder: string, node: LayoutNode): string {
  const left = maxPathBytes - Buffer.byteLength(folder) - 1 - longestEnding - suffixBytes;
  return cutName(node.name, Math.min(maxNameBytes, left));
}

function nameMembers(folder: Folder, members: readonly LayoutNode[]): [LayoutNode, string][] {
  const groups = new Map<string, LayoutNode[]>();
  for (const node of members) {
    const fold = foldName(nameIn(folder.path, node));
    const group = groups.get(fold);
    if (group === undefined) groups.set(fold, [node]);
    else group.push(node);
  }
  return [...groups].flatMap(([fold, group]) => nameGroup(folder, fold, group));
}

function nameGroup(folder: Folder, fold: string, group: LayoutNode[]): [LayoutNode, string][] {
  const [first] = group;
  if (first === undefined) return [];
  const bareIsFree = !folder.taken.has(fold) && !isReservedName(fold);
  if (group.length === 1 && bareIsFree) return [[first, nameIn(folder.path, first)]];
  const sorted = group.toSorted((a, b) => compareIds(a.id, b.id));
  const bare = bareIsFree ? sorted.slice(0, 1) : [];
  const suffixed = sorted.slice(bare.length);
  const digits = suffixDigits.find((count) => areDistinct(suffixed, count)) ?? 64;
  return [
    ...bare.map((node): [LayoutNode, string] => [node, nameIn(folder.path, node)]),
    ...suffixed.map((node): [LayoutNode, string] => [
      node,
      nameIn(folder.path, node) + nameSuffix(node.id, digits),
    ]),
  ];
}

function areDistinct(nodes: readonly LayoutNode[], digits: number): boolean {
  return new Set(nodes.map((node) => nameSuffix(node.id, digits))).size === nodes.length;
}

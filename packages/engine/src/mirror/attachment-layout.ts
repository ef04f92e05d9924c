import { splitName } from './attachment-name.ts';
import { compareIds } from './byte-order.ts';
import { cutName, foldName, isReservedName, maxNameBytes, nameSuffix } from './file-name.ts';

/** Longest path of a folder of one page's attachments, in UTF-8 bytes, relative to the root. */
const maxFolderBytes = 140;
/** Longest path of a file, in UTF-8 bytes, relative to the root. */
const maxPathBytes = 240;
/** `~` and 8 hex digits. Always counted, so that a name never depends on its neighbours. */
const suffixBytes = 9;
const suffixDigits = [8, 12, 64];

/** What the layout needs to know of an attachment. */
export interface AttachmentNode {
  /** Key of the node in this call. */
  readonly key: number;
  readonly id: string;
  /** The file name it asks for, see `attachment-name.ts`. */
  readonly name: string;
  /** The place of the page it lies under. */
  readonly folder: string;
  readonly page: string;
}

/** Where the attachments of a page lie: beside it, or with those of its neighbours when that is too deep. */
function assetsFolder(folder: string, page: string): string {
  const own = `${folder}/${page}.assets`;
  return Buffer.byteLength(own) <= maxFolderBytes ? own : `${folder}/~assets`;
}

/** Whether a folder holds attachments: no document's folder has such a name. */
export function isAssetsFolder(name: string): boolean {
  return name.endsWith('.assets') || name === '~assets';
}

/**
 * Gives every attachment its path. A function of the set alone: neither the order nor what was there
 * before matters. Of those that ask for the same name the lowest id keeps it.
 */
export function layoutAttachments(nodes: readonly AttachmentNode[]): Map<number, string> {
  const groups = new Map<string, AttachmentNode[]>();
  for (const node of nodes) {
    const path = pathOf(node, '');
    const group = groups.get(foldName(path));
    if (group === undefined) groups.set(foldName(path), [node]);
    else group.push(node);
  }
  return new Map([...groups.values()].flatMap(nameGroup));
}

function nameGroup(group: readonly AttachmentNode[]): [number, string][] {
  const sorted = group.toSorted((a, b) => compareIds(a.id, b.id));
  const bare = sorted.filter(
    (node, index) => index === 0 && !isReservedName(splitName(node.name).stem),
  );
  const suffixed = sorted.slice(bare.length);
  const suffixes = (digits: number): string[] => suffixed.map(({ id }) => nameSuffix(id, digits));
  const digits = suffixDigits.find((count) => new Set(suffixes(count)).size === suffixed.length);
  return [
    ...bare.map((node): [number, string] => [node.key, pathOf(node, '')]),
    ...suffixed.map((node): [number, string] => [
      node.key,
      pathOf(node, nameSuffix(node.id, digits ?? 64)),
    ]),
  ];
}

function pathOf({ folder, page, name }: AttachmentNode, suffix: string): string {
  const assets = assetsFolder(folder, page);
  const { stem, ending } = splitName(name);
  const left = maxPathBytes - Buffer.byteLength(assets) - 1 - suffixBytes;
  const cut = cutName(stem, Math.min(maxNameBytes, left) - ending.length);
  return `${assets}/${cut}${suffix}${ending}`;
}

import {
  type CallContext,
  ConnectorError,
  type DocumentId,
  type SourceDocument,
} from '@context-sync/core';
import { contextLink } from '@context-sync/markdown';

import type { ConfluenceClient } from './client.ts';
import type { SpaceEvent } from './cursor.ts';
import { isClosedWay } from './other-way.ts';
import { maxHits, type NodeKind } from './requests.ts';
import { NodeHit, type NodeRow } from './schema.ts';
import { documentId, isNodeKind, parseNodeId, webUrl } from './site-urls.ts';
import type { SpaceGroups } from './space-groups.ts';
import type { Place } from './to-document.ts';

/** Kinds that have a name and a place, and nothing to read. */
const nodeKinds: readonly NodeKind[] = ['folder', 'whiteboard', 'database', 'embed'];

/** A folder, whiteboard, database or embed. */
export interface Node {
  readonly kind: NodeKind;
  readonly id: string;
  readonly title: string;
  readonly parent: DocumentId | null;
  readonly position: number | null;
  readonly version: number;
  readonly updatedAt: string | null;
  readonly webui: string | null | undefined;
  readonly spaceId: string | undefined;
  readonly status: string;
}

/** Which folders and the like are listed. */
export interface NodeListing {
  readonly place: Place;
  /** Those that pages lie in. */
  readonly parents: ReadonlySet<DocumentId>;
  /** Leave out those that nothing mirrored lies in. */
  readonly onlyParents: boolean;
}

/**
 * Lists the folders of a space, and what else pages may lie under. No list of v2 has them, so they
 * come from one search for 50 spaces in each run; what its index does not know yet, but pages name as their parent,
 * is read by id, and everything is when the search is refused.
 */
export async function* listNodes(
  { client, groups }: { client: ConfluenceClient; groups: SpaceGroups },
  { place, parents, onlyParents }: NodeListing,
  call: CallContext,
): AsyncGenerator<SpaceEvent> {
  yield { type: 'listing', state: 'begin', kinds: nodeKinds };
  const nodes = await searchNodes({ client, groups }, place, call);
  if (nodes === undefined) {
    const message = `The search for folders in ${place.space.key} was refused; they are read one by one.`;
    yield { type: 'warning', code: 'search-refused', message };
  }
  const found = nodes ?? new Map<DocumentId, Node>();
  await addMissingParents(client, { nodes: found, parents }, call);
  const wanted = onlyParents ? withAncestors(found, parents) : found.values();
  for (const node of wanted) yield { type: 'upsert', document: toNodeDocument(node, place) };
  yield { type: 'listing', state: 'complete', kinds: nodeKinds };
}

function withAncestors(
  nodes: ReadonlyMap<DocumentId, Node>,
  parents: ReadonlySet<DocumentId>,
): Set<Node> {
  const wanted = new Set<Node>();
  for (const id of parents) {
    let node = nodes.get(id);
    while (node !== undefined && !wanted.has(node)) {
      wanted.add(node);
      node = nodes.get(node.parent ?? '');
    }
  }
  return wanted;
}

/** `undefined` when the token or the site does not allow the search. */
async function searchNodes(
  { client, groups }: { client: ConfluenceClient; groups: SpaceGroups },
  { space }: Place,
  call: CallContext,
): Promise<Map<DocumentId, Node> | undefined> {
  const cql = `type in (${nodeKinds.join(', ')})`;
  const nodes = new Map<DocumentId, Node>();
  try {
    const expand = ['ancestors', 'version', 'space'];
    for (const row of await groups.search(space, { cql, expand, limit: maxHits }, call)) {
      const node = readHit(row, space.id);
      if (node !== undefined) nodes.set(documentId(node.kind, node.id), node);
    }
  } catch (error) {
    if (!(await isClosedWay(client, error, call))) throw error;
    return undefined;
  }
  return nodes;
}

/** Clauses and expansions that the search does not like it drops without a word. */
function readHit(row: unknown, spaceId: string): Node | undefined {
  const { data: hit } = NodeHit.safeParse(row);
  if (hit === undefined || !isNodeKind(hit.type)) return undefined;
  if (hit.space?.id !== spaceId || !hit.ancestors || !hit.version) return undefined;
  const parent = hit.ancestors.at(-1);
  const position = hit.extensions?.position;
  return {
    kind: hit.type,
    id: hit.id,
    title: hit.title,
    parent: parent === undefined ? null : documentId(parent.type, parent.id),
    position: typeof position === 'number' ? position : null,
    version: hit.version.number,
    updatedAt: hit.version.when ?? null,
    webui: hit._links?.webui,
    spaceId,
    status: 'current',
  };
}

async function addMissingParents(
  client: ConfluenceClient,
  { nodes, parents }: { nodes: Map<DocumentId, Node>; parents: ReadonlySet<DocumentId> },
  call: CallContext,
): Promise<void> {
  const wanted = [...parents, ...[...nodes.values()].flatMap(({ parent }) => parent ?? [])];
  const tried = new Set<DocumentId>();
  for (let id = wanted.pop(); id !== undefined; id = wanted.pop()) {
    if (nodes.has(id) || tried.has(id)) continue;
    tried.add(id);
    const node = await findNode(client, id, call);
    if (node?.status !== 'current') continue;
    nodes.set(id, node);
    if (node.parent !== null) wanted.push(node.parent);
  }
}

/** `undefined` for the ids of other documents, and for a node that is gone or hidden. */
export async function findNode(
  client: ConfluenceClient,
  id: DocumentId,
  call: CallContext,
): Promise<Node | undefined> {
  const key = parseNodeId(id);
  if (key === undefined) return undefined;
  try {
    return toNode(key.kind, await client.getNode(key.kind, key.id, call));
  } catch (error) {
    if (ConnectorError.is(error) && ['not_found', 'permission'].includes(error.code))
      return undefined;
    throw error;
  }
}

function toNode(kind: NodeKind, row: NodeRow): Node {
  return {
    kind,
    id: row.id,
    title: row.title,
    parent: row.parentId ? documentId(row.parentType ?? 'page', row.parentId) : null,
    position: row.position ?? null,
    version: row.version?.number ?? 0,
    updatedAt: row.version?.createdAt ?? null,
    webui: row._links?.webui,
    spaceId: row.spaceId ?? undefined,
    status: row.status ?? 'current',
  };
}

/** A document without text: a folder shows what lies in it, the others only that they are there. */
export function toNodeDocument(node: Node, { wikiUrl, space }: Place): SourceDocument {
  const id = documentId(node.kind, node.id);
  const markdown =
    node.kind === 'folder'
      ? `[](${contextLink('children', id)})\n`
      : `This ${node.kind} can only be seen in Confluence.\n`;
  return {
    id,
    kind: node.kind,
    title: node.title,
    revision: String(node.version),
    parent: node.parent,
    order: node.position,
    url: webUrl(wikiUrl, node.webui, node.id),
    updatedAt: node.updatedAt,
    metadata: { space: space.key, version: node.version },
    content: { markdown },
  };
}

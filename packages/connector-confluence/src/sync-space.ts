import type { CallContext, SyncRequest } from '@context-sync/core';

import type { ConfluenceClient } from './client.ts';
import { comments } from './comments.ts';
import type { ConfluenceConfig } from './config.ts';
import type { ContentFilter } from './content-filter.ts';
import { listContents } from './content-listing.ts';
import type { ConfluenceCursor, SpaceEvent } from './cursor.ts';
import type { EmptySelection } from './empty-selection.ts';
import { readLabels } from './labels.ts';
import { listNodes } from './nodes.ts';
import { partKinds } from './part-kinds.ts';
import { listNothing, listParts, type PartListing, readRecentParts } from './part-listing.ts';
import { windowSince } from './part-search.ts';
import { type PeopleNames, readPeople } from './people.ts';
import { renderVersion } from './render-version.ts';
import type { SiteLists } from './site-lists.ts';
import type { SpaceGroups } from './space-groups.ts';
import { SpaceInventory } from './space-inventory.ts';
import { toSpace } from './spaces.ts';
import type { Place } from './to-document.ts';

/** What the spaces of a run share. */
export interface SpaceReaders {
  readonly client: ConfluenceClient;
  readonly groups: SpaceGroups;
  readonly siteLists: SiteLists;
  readonly names: PeopleNames;
  readonly filter: ContentFilter;
  readonly emptySelection: EmptySelection;
  readonly config: ConfluenceConfig;
}

/**
 * Reads one space: its pages, its blog posts, and the folders that pages lie in, each in a listing of
 * its own; then what is listed apart from them: labels, comments, attachments and the names of people.
 */
export async function* syncSpace(
  readers: SpaceReaders,
  request: SyncRequest<ConfluenceCursor>,
  call: CallContext,
): AsyncGenerator<SpaceEvent> {
  const { client, groups, config, filter } = readers;
  const { cursor = {}, known } = request;
  filter.note(toSpace(request.scope), cursor.selection);
  const place = { wikiUrl: config.baseUrl, space: toSpace(request.scope) };
  const inventory = new SpaceInventory(place.space, cursor.since);
  const underWay: ConfluenceCursor = { ...cursor, isCut: true };
  yield* readContents(readers, { request, place, inventory, cursor: underWay }, call);
  const isAll = request.reconcile || inventory.hasReturned || mustAskForAll(request);
  const { listed, archived } = inventory;
  const minutes = isAll ? undefined : windowSince(client, cursor.since);
  const unsearched = minutes === undefined ? archived : inventory.changedArchived;
  const labels = { space: place.space, minutes, listed, archived: unsearched, cursor: underWay };
  yield* readLabels({ client, groups, ...labels }, call);
  const kinds = partKinds(config);
  const { isWhole } = inventory;
  const seen = { place, known, listed, archived, isWhole, cursor: underWay };
  const listing = { ...readers, ...seen, kinds };
  const hasParts = yield* readParts(listing, { config, minutes, cursor }, call);
  yield { type: 'checkpoint', cursor: underWay };
  yield* readPeople(readers, { known, again: isAll }, call);
  // What could not be read is looked for again from where this run began to look.
  const next = hasParts ? nextCursor(readers, inventory) : cursor;
  yield { type: 'checkpoint', cursor: next };
}

function nextCursor(
  { client, config, filter }: SpaceReaders,
  { hasReturned }: SpaceInventory,
): ConfluenceCursor {
  const { startedAt } = client;
  return {
    ...(filter.print === undefined ? {} : { selection: filter.print }),
    ...(startedAt === undefined ? {} : { since: startedAt }),
    ...(hasReturned ? { askAgain: true } : {}),
    parts: partsOf(config),
  };
}

/** What decides which comments and attachments are mirrored, and how. */
function partsOf({ body, comments: withComments, attachments }: ConfluenceConfig): string {
  return JSON.stringify([withComments, attachments, body, renderVersion]);
}

function mustAskForAll({ mode, cursor }: SyncRequest<ConfluenceCursor>): boolean {
  const { since, isCut, askAgain } = cursor ?? {};
  return mode === 'full' || since === undefined || isCut === true || askAgain === true;
}

interface ContentsRun {
  readonly request: SyncRequest<ConfluenceCursor>;
  readonly place: Place;
  readonly inventory: SpaceInventory;
  readonly cursor: ConfluenceCursor;
}

/** Texts come with the list when nothing is known yet, otherwise by id for what changed. */
async function* readContents(
  { client, groups, config, filter, emptySelection }: SpaceReaders,
  { request, place, inventory, cursor }: ContentsRun,
  call: CallContext,
): AsyncGenerator<SpaceEvent> {
  const { mode, known } = request;
  const isFresh = known.count() === 0 || (mode === 'full' && request.cursor === undefined);
  // Of a selection most texts would be read for nothing.
  const withBodies = isFresh && !filter.isActive;
  const isWanted = await filter.forSpace(place.space, call);
  const { maxPages } = config;
  const listing = { place, known, withBodies, maxPages, inventory, isWanted, cursor };
  const statuses = config.includeArchived ? ['current', 'archived'] : ['current'];
  yield* listContents(client, { ...listing, kind: 'page', statuses }, call);
  if (config.blogPosts) {
    yield* listContents(client, { ...listing, kind: 'blogpost', statuses: ['current'] }, call);
  } else {
    // Posts mirrored before the option was switched off are not wanted any more.
    yield* listNothing(['blogpost']);
  }
  const { parents, listed } = inventory;
  if (filter.isActive) {
    yield* emptySelection.note(place.space, { left: listed.size, spaces: groups.count });
  }
  if (!client.hasNodes) return;
  yield* listNodes({ client, groups }, { place, parents, onlyParents: filter.isActive }, call);
}

interface PartsRun {
  readonly config: ConfluenceConfig;
  /** How far back what changed is looked for; `undefined`: all are listed. */
  readonly minutes: number | undefined;
  readonly cursor: ConfluenceCursor;
}

async function* readParts(
  listing: PartListing,
  { config, minutes, cursor }: PartsRun,
  call: CallContext,
): AsyncGenerator<SpaceEvent, boolean> {
  if (!config.comments) yield* listNothing(comments.kinds);
  const { since } = cursor;
  if (since === undefined || minutes === undefined || cursor.parts !== partsOf(config)) {
    let isRead = true;
    for (const kind of listing.kinds) isRead = (yield* listParts(listing, kind, call)) && isRead;
    return isRead;
  }
  return yield* readRecentParts(listing, { minutes, since }, call);
}

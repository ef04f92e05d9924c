import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { MemoryDocument, MemoryWorld } from '@context-sync/sandbox';

import { placements, type Step } from './history.ts';
import type { MemoryMirror } from './memory-mirror.ts';

const foreignNames = ['run-book.md', 'home', 'run-book.html', 'index.html'];
const next = { file: 'section', section: 'attachment', attachment: 'file' } as const;

/** What a killed run throws. */
class Killed extends Error {}

/** Plays a history step by step. */
export async function play(
  steps: readonly Step[],
  world: MemoryWorld,
  mirror: MemoryMirror,
): Promise<void> {
  for (const step of steps) {
    if (step.do === 'sync') await playSync(step, world, mirror);
    else if (step.do === 'disturb') disturbTree(step, mirror);
    else if (step.do === 'config') configure(step, mirror);
    else change(step, world);
  }
}

function configure(
  { scopes: slugs, prefix, output }: Extract<Step, { do: 'config' }>,
  mirror: MemoryMirror,
): void {
  mirror.config = { ...(slugs === undefined ? {} : { scopes: slugs }), prefix };
  mirror.output = output;
}

function change(
  step: Exclude<Step, { do: 'sync' | 'disturb' | 'config' }>,
  world: MemoryWorld,
): void {
  if (step.do === 'person') {
    world.people.set('ann', step.name);
    return;
  }
  if (step.do === 'add') {
    if (world.documents.has(step.id)) return;
    const { do: _, ...document } = step;
    world.add({ ...document, placement: placements[step.kind] });
    return;
  }
  const document = world.documents.get(step.id);
  if (document === undefined) return;
  switch (step.do) {
    case 'edit':
      return world.edit(step.id, step.body);
    case 'rename':
      return world.rename(step.id, step.title);
    case 'move':
      return world.move(step.id, step.parent);
    case 'place':
      return replace(document, step.parent);
    case 'scope':
      if (step.also) document.scopes.add(step.scope);
      else world.moveToScope(step.id, step.scope);
      return undefined;
    case 'download':
      document.isDownloaded = !document.isDownloaded;
      return undefined;
    case 'label':
      document.labels = [...step.labels];
      return undefined;
    case 'property':
      document.properties = { properties: { Owner: step.value } };
      return world.edit(step.id, `[](ctx:user/ann)\n\n${document.body}`);
    default:
      return world[step.do](step.id);
  }
}

/** A part of a document moves to another one, or becomes a document; and the reverse. */
function replace(document: MemoryDocument, parent: string | undefined): void {
  const { placement } = document;
  if (placement !== 'file' && document.parent !== parent) document.parent = parent;
  else document.placement = next[placement];
}

async function playSync(
  step: Extract<Step, { do: 'sync' }>,
  world: MemoryWorld,
  mirror: MemoryMirror,
): Promise<void> {
  world.shuffle = step.reverse ? (items) => items.toReversed() : (items) => items;
  world.faults =
    step.fault === 'none'
      ? []
      : [
          {
            after: step.after,
            what:
              step.fault === 'throw' ? { type: 'throw', code: 'permission' } : { type: step.fault },
          },
        ];
  for (const each of step.unreadable) world.unreadable.add(each);
  for (const [each, how] of step.broken) world.brokenStreams.set(each, how);
  let left = step.killAt;
  const die = (): void => {
    if (step.killAt === 0) return;
    left -= 1;
    // A dead process does nothing more.
    if (left <= 0) throw new Killed();
  };
  try {
    await mirror.sync({ reconcile: step.reconcile, full: step.full, allowDeletes: 1000 }, die);
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
  world.faults = [];
  world.unreadable.clear();
  world.brokenStreams.clear();
}

function disturbTree(step: Extract<Step, { do: 'disturb' }>, mirror: MemoryMirror): void {
  const paths = Object.entries(mirror.tree()).flatMap(([path, text]) =>
    text === 'FOREIGN' ? [] : path,
  );
  const path = paths[step.which % Math.max(1, paths.length)];
  if (step.how === 'foreign') {
    const file = join(
      mirror.root,
      'memory',
      'A',
      foreignNames[step.which % foreignNames.length] ?? '',
    );
    mkdirSync(dirname(file), { recursive: true });
    rmSync(file, { recursive: true, force: true });
    writeFileSync(file, 'FOREIGN');
  } else if (path !== undefined) {
    const file = join(mirror.root, path);
    if (step.how === 'delete') rmSync(file);
    else writeFileSync(file, 'EDITED BY HAND');
  }
}

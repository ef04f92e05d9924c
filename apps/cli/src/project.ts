import { openProject, type Project, type Selection } from '@context-sync/engine';
import { UsageError } from '@context-sync/engine/console';
import { cleanLine } from '@context-sync/engine/text';

import { closest } from './closest.ts';
import type { Invocation } from './command.ts';
import { projectOptions } from './project-options.ts';

/** The project that a command means. Throws the engine's `ConfigError` with every problem. */
export function openProjectOf(invocation: Invocation): Promise<Project> {
  return openProject(projectOptions(invocation));
}

/** Reads `source` or `source:scope`. */
export function parseSelection(word: string): Selection {
  const colon = word.indexOf(':');
  if (colon === -1) return { source: word };
  return { source: word.slice(0, colon), scope: word.slice(colon + 1) };
}

/** Throws a usage error that names the nearest source when `source` is not one of `known`. */
export function requireSource(
  source: string,
  known: readonly string[],
  invocation: Invocation,
): void {
  if (known.includes(source)) return;
  const meant = closest(source, known);
  const hint = meant === undefined ? '' : `did you mean ${cleanLine(meant)}? `;
  const list = known.length === 0 ? 'there is none' : known.map(cleanLine).join(', ');
  throw new UsageError(
    `There is no source named "${cleanLine(source)}"; the sources are: ${list}.`,
    `${hint}See what is configured with: ${invocation.nextCommand('config', 'print')}`,
  );
}

import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';

import { findRoot, readStatus } from '@context-sync/engine';
import { createStyle, toSafeJson, wantsColor } from '@context-sync/engine/text';

import type { CliOptions } from './command.ts';
import { nextCommandOf } from './next-command.ts';
import { projectOptions } from './project-options.ts';
import { statusText } from './status-text.ts';

/** What `status` prints, as the command itself does. */
export async function quickStatusText(
  options: CliOptions,
  process: NodeJS.Process,
): Promise<string> {
  const { env, stdout } = process;
  const hostDirectory = fileURLToPath(new URL('..', import.meta.url));
  const host = { env, cwd: process.cwd(), home: homedir(), hostDirectory };
  const found = await readStatus(await findRoot(projectOptions({ host, options })));
  if (options.json === true) return `${toSafeJson({ ...found, exitCode: 0 }, 2)}\n`;
  const style = createStyle(wantsColor('auto', env, stdout.isTTY === true));
  return `${statusText(found, { style, nextCommand: nextCommandOf(options) })}\n`;
}

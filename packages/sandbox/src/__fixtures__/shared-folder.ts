import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, it } from 'vitest';

/** Specifications and recorded answers that lie beside the repository, where they exist. */
export const sharedFolder = fileURLToPath(new URL('../../../../../shared/', import.meta.url));

/** A suite that reads the shared folder. Without it the suite is skipped, and its name says why. */
export function describeWithShared(
  name: string,
  paths: readonly string[],
  suite: () => void,
): void {
  const missing = paths.filter((path) => !existsSync(sharedFolder + path));
  const reason = missing.map((path) => `../shared/${path} is not here`).join(', ');
  if (missing.length === 0) describe(name, suite);
  // Not the suite itself: a skipped suite still runs its body, which reads the folder.
  else it.skip(`${name} (skipped: ${reason})`, () => undefined);
}

export function readShared(path: string): unknown {
  return JSON.parse(readFileSync(sharedFolder + path, 'utf8'));
}

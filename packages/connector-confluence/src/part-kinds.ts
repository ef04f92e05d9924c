import type { DocumentId } from '@context-sync/core';

import { attachmentsOf } from './attachments.ts';
import { comments } from './comments.ts';
import type { ConfluenceConfig } from './config.ts';
import type { PartKind } from './parts.ts';

/** The parts of pages and posts that a config wants. */
export function partKinds(config: ConfluenceConfig): PartKind[] {
  return [...(config.comments ? [comments] : []), attachmentsOf(config.attachments)];
}

/** Whether a document is of a kind that the config does not want. */
export function isUnwanted(id: DocumentId, config: ConfluenceConfig): boolean {
  return !config.comments && comments.contentId(id) !== undefined;
}

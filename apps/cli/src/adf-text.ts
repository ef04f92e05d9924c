import { UsageError } from '@context-sync/engine/console';
import { adfToMarkdown, type ConvertedBody, type StorageReferences } from '@context-sync/markdown';

import { findJsonFault } from './json-fault.ts';

const fix = 'give the document itself, e.g. curl … | jq .body.atlas_doc_format.value';

/**
 * Reads the JSON of an ADF document, or of a part of one; also as the text within JSON that Confluence
 * answers with. Throws `UsageError` when it is no JSON, or JSON of something else.
 */
export function convertAdfText(text: string, references: StorageReferences): ConvertedBody {
  const value = parse(text);
  // The bare value of `body.atlas_doc_format.value` is a JSON text that holds a JSON text.
  const document = typeof value === 'string' ? parse(value) : value;
  if (!isAdf(document)) {
    throw new UsageError(
      'This is JSON but no Atlassian document: it has no "type", such as "doc".',
      fix,
    );
  }
  return adfToMarkdown(document, references);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What the parser says of the place differs between versions of Node.
    const fault = findJsonFault(text);
    const place = fault && ` in line ${fault.line}, column ${fault.column}: found ${fault.found}`;
    throw new UsageError(`This is not the JSON of an Atlassian document${place ?? ''}.`, fix);
  }
}

/** A document, a node or a list of nodes. */
function isAdf(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every(isAdf);
  return (
    typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
  );
}

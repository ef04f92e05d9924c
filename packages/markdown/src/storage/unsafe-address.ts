import type { LossCounter } from '../lossy.ts';
import type { StorageReferences } from './references.ts';

/**
 * Addresses that run code where they are opened, and `ctx:`, which is the engine's own: an author who
 * writes one by hand could make it show any other document. Browsers skip white space and controls.
 */
// oxlint-disable-next-line no-control-regex -- control characters are what browsers skip
const unsafe = /^[\s\x00-\x1F]*(?:ctx|javascript|vbscript|data)[\s\x00-\x1F]*:/i;

/** The same references, but unsafe addresses of the body lead nowhere and are counted. */
export function withoutUnsafeAddresses(
  references: StorageReferences,
  lossy: LossCounter,
): StorageReferences {
  return {
    ...references,
    url: (href) => {
      if (!unsafe.test(href)) return references.url(href);
      lossy.add('unsafe address');
      return '#';
    },
  };
}

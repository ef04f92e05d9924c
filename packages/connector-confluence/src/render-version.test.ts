import { createHash } from 'node:crypto';

import { bodyOf, sampleCompany } from '@context-sync/sandbox';
import { describe, expect, it } from 'vitest';

import definition from './index.ts';
import { renderVersion } from './render-version.ts';
import { toContent } from './to-document.ts';

/**
 * What this version makes of the pages of the sample company. When the digest changes, mirrors in use
 * have to read their texts again: raise `renderVersion`, unless no release had this number yet.
 */
const made = { renderVersion: 3, digest: '41b9d6bc7c876d7d' };

function digestOfSamples(): string {
  const site = sampleCompany();
  const wikiUrl = 'https://acme.example/wiki';
  const hash = createHash('sha256');
  for (const content of site.contents.all()) {
    const { key } = site.spaces.getById(content.spaceId);
    const place = {
      wikiUrl,
      space: { id: content.spaceId, key, homepageId: undefined, isArchived: false },
    };
    const text = bodyOf(content);
    hash.update(JSON.stringify(toContent('1', { format: 'storage', text }, place)));
  }
  return hash.digest('hex').slice(0, 16);
}

describe('the render version', () => {
  it('is raised when the Markdown of the same pages changes', () => {
    expect({ renderVersion, digest: digestOfSamples() }).toEqual(made);
  });

  it('is the one that the engine is told', () => {
    expect(definition.renderVersion).toBe(renderVersion);
  });
});

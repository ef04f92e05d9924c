import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  cutName,
  foldName,
  isReservedName,
  nameOfSlug,
  nameOfTitle,
  nameSuffix,
} from './file-name.ts';

describe('the name of a title', () => {
  it.each([
    ['Deploy & Rollback: v2', 'deploy-rollback-v2'],
    ['  ...  ', 'untitled'],
    ['', 'untitled'],
    ['Über uns', 'über-uns'],
    ['U\u0308ber uns', 'über-uns'],
    ['한국어 문서', '한국어-문서'],
    ['हिन्दी', 'हिन्दी'],
    ['a/b\\c:*?"<>|d', 'a-b-c-d'],
    ['../../etc/passwd', 'etc-passwd'],
    ['.env', 'env'],
    ['👩‍👩‍👧 family', 'family'],
    ['trailing. ', 'trailing'],
  ])('%j is %j', (title, name) => {
    expect(nameOfTitle(title)).toBe(name);
  });

  it('keeps the case of a slug', () => {
    expect(nameOfSlug('PROJ-123')).toBe('PROJ-123');
  });

  it('is a plain file name for any title', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (title) => {
        const name = nameOfTitle(title);
        expect(name).toMatch(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*$/u);
        expect(name).toBe(name.normalize('NFC'));
        expect(nameOfTitle(name)).toBe(name);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a name', () => {
  it('is reserved whatever its case', () => {
    expect(['con', 'CON', 'Readme', 'agents', 'lpt9'].every(isReservedName)).toBe(true);
    expect(isReservedName('console')).toBe(false);
  });

  it('folds to what a case-insensitive file system takes for the same', () => {
    expect(foldName('STRASSE')).toBe(foldName('straße'));
    expect(foldName('ΣΑΣ')).toBe(foldName('σας'));
    expect(foldName('É')).toBe(foldName('e\u0301'));
    expect(foldName('a')).not.toBe(foldName('b'));
  });

  it('is cut between graphemes, by bytes', () => {
    expect(cutName('가'.repeat(100), 10)).toBe('가'.repeat(3));
    expect(cutName('e\u0301e\u0301', 4)).toBe('e\u0301');
    expect(cutName('abc', 3)).toBe('abc');
    expect(cutName('ab-cd', 3)).toBe('ab');
  });

  it('gets a suffix that depends on the id alone', () => {
    expect(nameSuffix('42', 8)).toMatch(/^~[0-9a-f]{8}$/);
    expect(nameSuffix('42', 8)).toBe(nameSuffix('42', 8));
    expect(nameSuffix('42', 8)).not.toBe(nameSuffix('43', 8));
  });
});

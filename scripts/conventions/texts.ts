import { posix } from 'node:path';

import { eachFile, eachLine, type Rule } from './workspace.ts';

/** Folders that are somebody's machine, apart from the people of our examples. */
const machinePath =
  /(^|[\s'"`(=:])(\/(home|Users)\/(?!(jane|you|me|user|alice|bob)\b)\w|\/(root|work|builds|workspaces?)\/\w|[A-Z]:\\Users\\)/;

const registryHost =
  /https?:\/\/[^\s/'"`)]*(registry|artifactory|nexus|verdaccio)|_authToken|^\s*registry\s*=/;

/** What is true on one machine only is no part of the project. */
export const namesNoMachine: Rule = (workspace) =>
  eachLine(workspace, /^(?!pnpm-lock\.yaml$).*\.(ts|mjs|json|ya?ml|md|sh)$|^\.ci\//, (line) =>
    machinePath.test(line)
      ? 'use a relative path or an example name such as /home/jane'
      : undefined,
  );

/** Packages come from wherever the user's own configuration says. */
export const namesNoRegistry: Rule = (workspace) => [
  ...eachLine(workspace, /(^|\/)(pnpm-lock\.yaml|\.npmrc|package\.json|.*\.md)$/, (line) =>
    registryHost.test(line) ? "remove the registry; it is the user's choice" : undefined,
  ),
  ...eachLine(workspace, /^pnpm-lock\.yaml$/, (line) =>
    line.includes('tarball:')
      ? 'install from a registry, so that the lockfile names no host'
      : undefined,
  ),
];

/** Documents that grow too long are not read. */
export const isReadable: Rule = (workspace) => {
  const limits: readonly (readonly [RegExp, number])[] = [
    [/^CONTRIBUTING\.md$/, 120],
    [/^AGENTS\.md$/, 60],
    [/^docs\/decisions\/\d{4}-[^/]+\.md$/, 60],
  ];
  return limits.flatMap(([pattern, limit]) =>
    eachFile(workspace, pattern, (text) => {
      const lines = text.split('\n').length - 1;
      return lines > limit ? `${lines} lines, at most ${limit}` : undefined;
    }),
  );
};

/** A decision is cited by its number. */
export const numbersDecisionsOnce: Rule = ({ files }) => {
  const names = [...files.keys()].flatMap(
    (path) => /^docs\/decisions\/(.+)$/.exec(path)?.[1] ?? [],
  );
  const numbers = names.map((name) => name.slice(0, 4));
  return names
    .filter(
      (name, index) =>
        !/^\d{4}-[a-z0-9-]+\.md$/.test(name) || numbers.indexOf(name.slice(0, 4)) !== index,
    )
    .map((name) => `docs/decisions/${name}: name it NNNN-title.md with a number of its own`);
};

/** Every relative link of a document leads to a file of the repository; code shows examples. */
export const linksToFiles: Rule = (workspace) => {
  const known = new Set([...workspace.files.keys()].flatMap((path) => [path, ...ancestors(path)]));
  return eachFile(workspace, /^(?!.*__fixtures__)(?!\.changeset\/).*\.md$/, (text, path) => {
    const prose = text.replaceAll(/^```[^]*?^```|`[^`\n]*`/gm, '');
    const targets = [...prose.matchAll(/\]\((?![a-z]+:|#)([^)#\s]+)/g)].map(
      (match) => match[1] ?? '',
    );
    const broken = targets.filter(
      (target) => !known.has(posix.join(posix.dirname(path), target).replace(/\/$/, '')),
    );
    return broken.length === 0 ? undefined : `nothing is at ${broken.join(', ')}; mend the link`;
  });
};

/** An error code is permanent, so each one is explained. */
export const explainsErrorCodes: Rule = ({ files }) => {
  const page = files.get('docs/errors.md') ?? '';
  return ['packages/core/src/errors.ts', 'packages/engine/src/api.ts'].flatMap((path) => {
    const union = /type \w*ErrorCode =([^;]+);/.exec(files.get(path) ?? '')?.[1] ?? '';
    const codes = [...union.matchAll(/'(\w+)'/g)].map((match) => match[1]);
    return codes
      .filter((code) => !page.includes(`\`${code}\``))
      .map((code) => `docs/errors.md: explain \`${code}\` of ${path}`);
  });
};

function ancestors(path: string): readonly string[] {
  const parent = posix.dirname(path);
  return parent === '.' ? [] : [parent, ...ancestors(parent)];
}

import { basename } from 'node:path';

import type { Manifest, Rule, WorkspacePackage } from './workspace.ts';

/** Which packages of the workspace each one may need at run time. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  core: [],
  http: ['core'],
  markdown: ['core'],
  connector: ['core', 'markdown'],
  engine: ['core', 'http', 'markdown'],
  sandbox: ['core'],
  'connector-testkit': ['core', 'engine', 'http', 'markdown'],
  'create-connector': [],
  cli: ['core', 'engine', 'markdown'],
};

/** What the stand-alone command of a package loads if it is there; see decision 0042. */
const optionalArrows: Readonly<Record<string, readonly string[]>> = { connector: ['engine'] };

const requiredFields = [
  'name',
  'version',
  'description',
  'license',
  'files',
  'type',
  'exports',
  'scripts',
  'engines',
];

/** Fields that have one value everywhere, so that no package is special without a reason. */
const sharedValues: Readonly<Record<string, unknown>> = {
  license: 'MIT',
  type: 'module',
  engines: { node: '>=20.19' },
  files: ['dist', 'src', '!src/**/*.test.ts', '!src/**/__fixtures__'],
};

const connectorFiles = [
  'src/index.ts',
  'src/bin.ts',
  'src/connector.ts',
  'src/connector.test.ts',
  'src/config.ts',
  'src/client.ts',
  'src/schema.ts',
  'src/to-document.ts',
];

const connectorHeadings = [
  'What it reads',
  'Configuration',
  'Authentication',
  'How it syncs',
  'Known limits',
  'API used',
];

/** Every package explains itself, and a published one brings its licence. */
export const hasReadmeAndLicense: Rule = ({ files, packages }) =>
  packages.flatMap(({ folder, manifest }) => {
    const wanted = manifest.private === true ? ['README.md'] : ['README.md', 'LICENSE'];
    const missing = wanted.filter((name) => !files.has(`${folder}/${name}`));
    return missing.map((name) => `${folder}: add a ${name}`);
  });

/** The name follows from the folder. */
export const isNamedAfterItsFolder: Rule = ({ packages }) =>
  packages.flatMap(({ folder, manifest }) => {
    const expected = folder === 'apps/cli' ? 'context-sync' : `@context-sync/${basename(folder)}`;
    return manifest.name === expected ? [] : [`${folder}: name it "${expected}"`];
  });

/** All manifests have the same fields; their order is the formatter's business. */
export const hasTheSharedFields: Rule = ({ packages }) =>
  packages.flatMap(({ folder, manifest }) => {
    const published = manifest.private === true ? [] : ['publishConfig'];
    const missing = [...requiredFields, ...published].filter((field) => !(field in manifest));
    const wrong = Object.entries(sharedValues).filter(
      ([field, value]) =>
        field in manifest && JSON.stringify(manifest[field]) !== JSON.stringify(value),
    );
    return [
      ...missing.map((field) => `${folder}/package.json: add "${field}", as the other packages do`),
      ...wrong.map(
        ([field, value]) => `${folder}/package.json: "${field}" must be ${JSON.stringify(value)}`,
      ),
    ];
  });

/** Dependencies follow the arrows; development may lean on the contract and the private packages. */
export const followsTheArrows: Rule = ({ packages }) =>
  packages.flatMap((item) => {
    const role = roleOf(item);
    const allowed = arrows[role];
    if (allowed === undefined) return [`${item.folder}: give it a row in the table of arrows`];
    const { dependencies, peerDependencies, peerDependenciesMeta } = item.manifest;
    const optional = (optionalArrows[role] ?? []).filter(
      (name) =>
        peerDependenciesMeta?.[`@context-sync/${name}`]?.optional === true &&
        !localNames(dependencies ?? {}).includes(name),
    );
    return localNames({ ...dependencies, ...peerDependencies })
      .filter((name) => !allowed.includes(name) && !optional.includes(name))
      .map(
        (name) =>
          `${item.folder}: must not depend on ${name}; ${role} may use ${allowed.join(', ') || 'no other package'}`,
      );
  });

/** Tests and builds have an order only if no package needs itself in a round. */
export const hasNoCycles: Rule = ({ packages }) => {
  const needs = new Map(
    packages.map((item) => [basename(item.folder), localNames(allDependencies(item.manifest))]),
  );
  const reaches = (from: string, goal: string, seen: Set<string>): boolean =>
    (needs.get(from) ?? []).some((next) => {
      if (next === goal) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return reaches(next, goal, seen);
    });
  return [...needs.keys()]
    .filter((name) => reaches(name, name, new Set()))
    .map((name) => `${name}: depends on itself through other packages; break the cycle`);
};

/** Who knows one connector knows them all. */
export const hasTheFilesOfAConnector: Rule = ({ files, packages }) =>
  packages
    .filter((item) => roleOf(item) === 'connector')
    .flatMap(({ folder }) =>
      connectorFiles
        .filter((name) => !files.has(`${folder}/${name}`))
        .map((name) => `${folder}: add ${name}, as every connector has it`),
    );

/** The README of each connector answers the same questions in the same order. */
export const hasTheHeadingsOfAConnector: Rule = ({ files, packages }) =>
  packages
    .filter((item) => roleOf(item) === 'connector')
    .flatMap(({ folder }) => {
      const text = files.get(`${folder}/README.md`) ?? '';
      const headings = [...text.matchAll(/^## (.+)$/gm)].map((match) => match[1]);
      const same = headings.join() === connectorHeadings.join();
      return same
        ? []
        : [`${folder}/README.md: its "##" headings must be ${connectorHeadings.join(' · ')}`];
    });

/** The host finds a connector by its manifest, and one copy of the contract is enough. */
export const isDiscoverable: Rule = ({ files, packages }) =>
  packages
    .filter((item) => roleOf(item) === 'connector')
    .flatMap(({ folder, manifest }) => {
      const problems: string[] = [];
      const [entry] = connectorEntries(manifest);
      if (entry?.type !== basename(folder).replace('connector-', '')) {
        problems.push('"context-sync".connectors[0].type must be the folder without "connector-"');
      }
      if (manifest.peerDependencies?.['@context-sync/core'] === undefined) {
        problems.push('@context-sync/core must be a peer dependency');
      }
      const command = `context-sync-${entry?.type}`;
      const launcher = `bin/${command}.mjs`;
      if (manifest.bin?.[command] !== `./${launcher}` || !files.has(`${folder}/${launcher}`)) {
        problems.push(
          `"bin" must have "${command}": "./${launcher}", which imports ../dist/bin.js`,
        );
      }
      return problems.map((problem) => `${folder}/package.json: ${problem}`);
    });

function connectorEntries(manifest: Manifest): readonly { readonly type?: string }[] {
  const field = manifest['context-sync'] as { connectors?: { type?: string }[] } | undefined;
  return field?.connectors ?? [];
}

function roleOf({ folder }: WorkspacePackage): string {
  const name = basename(folder);
  return name.startsWith('connector-') && !(name in arrows) ? 'connector' : name;
}

function allDependencies(manifest: Manifest): Readonly<Record<string, string>> {
  return { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.peerDependencies };
}

/** The workspace packages among these, by their folder's name. */
function localNames(dependencies: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(dependencies)
    .filter(([, range]) => range.startsWith('workspace:'))
    .map(([name]) => (name === 'context-sync' ? 'cli' : name.replace('@context-sync/', '')));
}

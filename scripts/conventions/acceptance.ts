import type { Rule } from './workspace.ts';

/** A test as a list cites it: its file below `packages`, then its name. */
const citation = /^`([\w./-]+\.test\.ts)`: (.+)$/;
const decision = /^\[\d{4}\]\([^)]+\)$/;

/** Each row of an acceptance list names tests that are there, or a decision. */
export const citesTests: Rule = ({ files }) =>
  [...files].flatMap(([path, text]) => {
    if (!/^packages\/[^/]+\/docs\/(acceptance|data-center)\.md$/.test(path)) return [];
    return rowsOf(text).flatMap(([line, cited]) =>
      cited.flatMap((test) => {
        const problem = problemOf(test, files);
        return problem === undefined ? [] : [`${path}:${line}: ${problem}`];
      }),
    );
  });

/** Number of the line, and what its last cell names. */
function rowsOf(text: string): [number, string[]][] {
  return text.split('\n').flatMap((line, index): [number, string[]][] => {
    const isRow = line.startsWith('| ') && !/^\| (Point +\||-)/.test(line);
    const cell = line.split(/(?<!\\)\|/).at(-2) ?? '';
    return isRow ? [[index + 1, cell.split('<br>').map((test) => test.trim())]] : [];
  });
}

function problemOf(test: string, files: ReadonlyMap<string, string>): string | undefined {
  if (decision.test(test)) return undefined;
  const [, file, name] = citation.exec(test) ?? [];
  if (file === undefined || name === undefined) return 'name a test, or the decision against one';
  const code = files.get(`packages/${file}`);
  if (code === undefined) return `packages/${file} is not there`;
  return namesOf(code).has(name) ? undefined : `${file} has no test "${name}"`;
}

/** What tests and groups of tests are called: the texts that open a bracket. */
function namesOf(code: string): Set<string> {
  const names = [...code.matchAll(/\(\s*(?:'([^'\n]*)'|"([^"\n]*)"|`([^`]*)`)\s*,/g)];
  return new Set(names.map((match) => match[1] ?? match[2] ?? match[3] ?? ''));
}

import { isRecord } from './package-file.ts';

/**
 * The file, relative to its package, that an export leads to, or `undefined` when the package does
 * not export it. Without `exports` it is `main` or the path itself.
 *
 * Node's own resolution cannot be used: `import.meta.resolve` ignores its second argument on Node 20,
 * and `require.resolve` refuses a package that has only the condition `import`.
 * Patterns (`./*`) are not supported, a manifest names its entry in full.
 */
export function exportPath(
  packageJson: Readonly<Record<string, unknown>>,
  subpath: string,
  conditions: readonly string[],
): string | undefined {
  const { exports, main } = packageJson;
  if (exports === undefined || exports === null) {
    if (subpath !== '.') return subpath;
    return typeof main === 'string' ? main : './index.js';
  }
  const hasSubpaths = isRecord(exports) && Object.keys(exports).some((key) => key.startsWith('.'));
  if (hasSubpaths) return targetOf(exports[subpath], conditions);
  return subpath === '.' ? targetOf(exports, conditions) : undefined;
}

function targetOf(target: unknown, conditions: readonly string[]): string | undefined {
  if (typeof target === 'string') return target;
  if (Array.isArray(target)) return firstTarget(target, conditions);
  if (!isRecord(target)) return undefined;
  const chosen = Object.keys(target).filter((key) => key === 'default' || conditions.includes(key));
  return firstTarget(
    chosen.map((key) => target[key]),
    conditions,
  );
}

function firstTarget(
  targets: readonly unknown[],
  conditions: readonly string[],
): string | undefined {
  for (const target of targets) {
    const path = targetOf(target, conditions);
    if (path !== undefined) return path;
  }
  return undefined;
}

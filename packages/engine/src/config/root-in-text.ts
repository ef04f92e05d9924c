import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';

/** The `root` of a config file, as far as it can be told without parsing the file. */
export type QuickRoot = { readonly root: string | undefined } | 'unknown';

/**
 * Looks for `root` in a YAML or JSON config file. `status` may take no longer than Node takes to start,
 * and the parsers take longer; whatever is not written in the plainest way is left to them.
 */
export function readQuickRoot(file: string): QuickRoot {
  const isYaml = ['.yaml', '.yml', ''].includes(extname(file)) || basename(file).endsWith('rc');
  if (!isYaml && extname(file) !== '.json') return 'unknown';
  if (basename(file) === 'package.json') return 'unknown';
  const text = readText(file);
  if (text === undefined) return 'unknown';
  return isYaml ? rootOfYaml(text) : rootOfJson(text);
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // The parser's error names the cause.
    return undefined;
  }
}

function rootOfJson(text: string): QuickRoot {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('root' in value))
      return { root: undefined };
    return typeof value.root === 'string' && value.root.trim() !== ''
      ? { root: value.root }
      : 'unknown';
  } catch {
    // The parser with positions tells where the fault is.
    return 'unknown';
  }
}

const plainScalar =
  /^(?:"([^"\\]+)"|'([^']+)'|([\w~./][^#"'{}[\]&*!|>%@`]*?))[ \t]*(?:[ \t]#.*)?\r?$/;

function rootOfYaml(text: string): QuickRoot {
  // Block style with plain keys at the top level, and one document.
  if (/^(?:[ \t]*[{[]|---[ \t]*\S|%)/m.test(text) || /^(?:"root"|'root'|\?)/m.test(text))
    return 'unknown';
  const lines = text.split('\n').filter((line) => /^root[ \t]*:/.test(line));
  const [line] = lines;
  if (line === undefined) return text.trim() === '' ? 'unknown' : { root: undefined };
  const match = plainScalar.exec(line.replace(/^root[ \t]*:[ \t]*/, ''));
  const value = match?.[1] ?? match?.[2] ?? match?.[3];
  return lines.length === 1 && value !== undefined ? { root: value } : 'unknown';
}

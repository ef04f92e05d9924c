import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { converters } from './converters.mjs';
import { measureProcess } from './measured-process.mjs';
import { shapes } from './worst-cases.mjs';

const script = new URL('./conversion-process.mjs', import.meta.url);
const samples = fileURLToPath(new URL('../../shared/confluence-pages/querypie/', import.meta.url));

/** Repeats until a converter had this many milliseconds to warm up, and then to be measured. */
const least = 1_500;

/** Real pages, rendered and stored, through every converter; `undefined` where they are absent. */
export function measureThroughput() {
  if (!existsSync(samples)) return undefined;
  const rows = Object.entries(converters).map(([name, convert]) => {
    const bodies = readBodies(name === 'storage' ? 'storage.xhtml' : 'view.html');
    repeat(convert, bodies);
    return { converter: name, bodies: bodies.length, perSecond: repeat(convert, bodies) };
  });
  const other = rows.find(({ converter }) => converter === 'rehype-remark');
  return rows.map(({ bodies, converter, perSecond }) => ({
    converter,
    pages: bodies,
    'MB/s': perSecond.toFixed(2),
    'of rehype-remark': `${(perSecond / other.perSecond).toFixed(2)} x`,
  }));
}

function readBodies(file) {
  return readdirSync(samples)
    .map((folder) => join(samples, folder, file))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'utf8'));
}

/** Megabytes a second. */
function repeat(convert, bodies) {
  const bytes = bodies.reduce((sum, body) => sum + Buffer.byteLength(body), 0);
  const started = performance.now();
  let rounds = 0;
  do {
    for (const body of bodies) convert(body);
    rounds += 1;
  } while (performance.now() - started < least);
  return (bytes * rounds) / 1_000 / (performance.now() - started);
}

/** One page of 5 MB, each converter in a process of its own. */
export async function measureLargePage() {
  const rows = [];
  for (const converter of Object.keys(converters)) {
    const { rssMb, stdout } = await measureProcess(script, [converter, 'page', '5']);
    const { bytes, ms } = JSON.parse(stdout);
    rows.push({
      converter,
      MB: (bytes / 1e6).toFixed(1),
      seconds: (ms / 1_000).toFixed(2),
      'peak MB': Math.round(rssMb),
    });
  }
  return rows;
}

/** What costs other converters the square of its length, in two sizes: linear is a factor near 2. */
export async function measureWorstCases(count = 20_000) {
  const rows = [];
  for (const shape of Object.keys(shapes).filter((name) => name !== 'page')) {
    for (const converter of ['storage', 'html']) {
      const [once, twice] = await Promise.all([
        measureShape(converter, shape, count),
        measureShape(converter, shape, count * 2),
      ]);
      rows.push({
        shape: `${count} ${shape}`,
        converter,
        ms: Math.round(once),
        'ms, twice as many': Math.round(twice),
        factor: (twice / once).toFixed(1),
      });
    }
  }
  return rows;
}

async function measureShape(converter, shape, count) {
  const { stdout } = await measureProcess(script, [converter, shape, String(count)]);
  return JSON.parse(stdout).ms;
}

// One conversion in a process of its own: <converter> <shape> <count>, or <converter> page <megabytes>.
import { converters } from './converters.mjs';
import { shapes } from './worst-cases.mjs';

const [converter = '', shape = '', count = '1'] = process.argv.slice(2);
const body = shapes[shape](Number(count));
const started = performance.now();
const markdown = converters[converter](body);
process.stdout.write(
  JSON.stringify({
    ms: performance.now() - started,
    bytes: Buffer.byteLength(body),
    written: Buffer.byteLength(markdown),
  }),
);

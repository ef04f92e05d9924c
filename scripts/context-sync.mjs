// `pnpm context-sync <args>`: the built command line, built first if it is not there.
import { pathToFileURL } from 'node:url';

import { build, cli, isBuilt } from './build.mjs';

if (!isBuilt()) build();
process.argv[1] = cli;
await import(pathToFileURL(cli).href);

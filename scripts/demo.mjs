// `pnpm demo`: mirrors a simulated company's wiki and issues into `.demo` with the built command line.
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

import { build, cli, root } from './build.mjs';

/** A fixed port, because a mirror remembers its site's address: a second demo finds the first one's. */
const port = 47811;
const mirror = join(root, '.demo');
const treeDepth = 3;

build();
const { sampleCompany, sampleJira, startConfluenceSandbox } = await import('@context-sync/sandbox');
discardUnreadable();
const sandbox = await startSandbox();
say(
  `A simulated Confluence and Jira of a sample company answer on ${new URL(sandbox.url).origin}.`,
);
say(`Mirroring it into ${relative(root, mirror)}/ …\n`);
const exitCode = await sync(sandbox);
say(`\nThe sync made ${sandbox.requests.length} requests and ended with exit code ${exitCode}.`);
await sandbox.close();
if (exitCode === 0) showWhatIsThere();
process.exitCode = exitCode;

/** Another version may have written the state in another form. */
function discardUnreadable() {
  const status = spawnSync(process.execPath, [cli, 'status', '--root', mirror], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status.status === 0) return;
  say(`What an earlier demo left cannot be read:\n${status.stderr.split('\n')[0]}`);
  say(
    `The demo's own folder ${relative(root, mirror)}/ is disposable: it is removed and made anew.\n`,
  );
  rmSync(mirror, { recursive: true, force: true });
}

async function startSandbox() {
  const site = sampleCompany();
  const jira = sampleJira(site);
  try {
    return await startConfluenceSandbox({ site, jira, port });
  } catch (error) {
    if (error.code !== 'EADDRINUSE') throw error;
    say(`Port ${port} is taken, so this demo uses another one and starts afresh.`);
    rmSync(mirror, { recursive: true, force: true });
    return startConfluenceSandbox({ site, jira });
  }
}

/** Runs the built command line with nothing but environment variables, and gives its exit code. */
async function sync({ url, username, token, site }) {
  const spaces = site.spaces.all().map((space) => space.key);
  const own = /^(CONFLUENCE|JIRA|CONTEXT_SYNC)_/;
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name))),
    CONFLUENCE_BASE_URL: url,
    CONFLUENCE_USERNAME: username,
    CONFLUENCE_API_TOKEN: token,
    CONFLUENCE_SPACE_KEYS: spaces.join(','),
    JIRA_BASE_URL: new URL(url).origin,
    JIRA_USERNAME: username,
    JIRA_API_TOKEN: token,
    JIRA_PROJECTS: 'all',
    NO_PROXY: '127.0.0.1',
    // A config file of the user would win over the variables.
    XDG_CONFIG_HOME: join(mirror, '.context-sync/no-config'),
  };
  const child = spawn(process.execPath, [cli, 'sync', '--root', mirror, '--stats-interval', '1'], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  // Ctrl-C reaches the child as well; it finishes its item and ends, and so does the demo.
  process.on('SIGINT', () => {});
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

function showWhatIsThere() {
  say(`\n${relative(root, mirror)}/`);
  for (const line of treeOf(mirror, 1)) say(line);
  say('\nTwo commands to try next:');
  say(
    '  npx -y pnpm@10.34.9 demo                          again: no page is read, no file is touched',
  );
  say(
    '  node apps/cli/dist/main.js status --root .demo    what the mirror holds, without the network',
  );
}

/** A line for each visible file and folder; a folder further down is one line with its size. */
function treeOf(folder, depth) {
  const indent = '  '.repeat(depth);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.'))
    .toSorted((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (!entry.isDirectory()) return [`${indent}${entry.name}`];
      if (depth < treeDepth) return [`${indent}${entry.name}/`, ...treeOf(path, depth + 1)];
      return [`${indent}${entry.name}/  ${countFiles(path)} files`];
    });
}

function countFiles(folder) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).length;
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

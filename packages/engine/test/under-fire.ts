import { type ConfluenceSandbox, type Fault, startConfluenceSandbox } from '@context-sync/sandbox';

import type { SyncOptions } from '../src/api.ts';
// The one place that says which exit code a run has; the engine itself does not need it.
import { exitCodeOfRun } from '../src/console/exit-code.ts';
import { ConfluenceMirror } from './confluence-mirror.ts';
import { type FireFault, fireFaults } from './fire-faults.ts';
import { changeFireSite, makeFireSite, marksOf } from './fire-world.ts';

type Tree = Readonly<Record<string, string>>;

const setup = {
  config: { attachments: { download: true, types: ['text/*'] } },
  limits: { maxResponseBytes: 300_000 },
};

/** Requests beyond those of a clean run: three passes over two spaces, each with all its tries. */
const mostRequestsMore = 100;

/** One kind of run of the small world. */
export interface FireScenario {
  readonly isFirst: boolean;
  readonly options: SyncOptions;
}

/** A fault at one request of a run. */
interface FireCase {
  readonly fault: FireFault;
  readonly mode: 'once' | 'always';
  readonly index: number;
}

/** A mirror before and after changes of its site, against which runs under fire are held. */
export class FireGround {
  readonly #sandbox: ConfluenceSandbox;
  readonly #before: ConfluenceMirror;
  readonly #clean: Tree;

  private constructor(sandbox: ConfluenceSandbox, before: ConfluenceMirror, clean: Tree) {
    this.#sandbox = sandbox;
    this.#before = before;
    this.#clean = clean;
  }

  static async make(): Promise<FireGround> {
    const site = makeFireSite();
    const sandbox = await startConfluenceSandbox({ site });
    const before = new ConfluenceMirror(sandbox, setup);
    await before.sync();
    changeFireSite(site);
    const fresh = new ConfluenceMirror(sandbox, setup);
    await fresh.sync();
    const clean = fresh.tree();
    fresh.remove();
    return new FireGround(sandbox, before, clean);
  }

  async close(): Promise<void> {
    this.#before.remove();
    await this.#sandbox.close();
  }

  /** Runs every `stride`-th case and tells what was wrong in each. */
  async complaints(scenario: FireScenario, stride: number): Promise<string[]> {
    const { count, tree } = await this.#runClean(scenario);
    const cases = allCases(count).filter((_, index) => index % stride === 0);
    const found: string[] = [];
    for (const each of cases) {
      const name = `${JSON.stringify(each.fault.what)} ${each.mode} at ${each.index} of ${count}`;
      const complaints = await this.#complaintsOf(scenario, each, { count, tree });
      found.push(...complaints.map((complaint) => `${name}: ${complaint}`));
    }
    return found;
  }

  #mirror({ isFirst }: FireScenario): ConfluenceMirror {
    return new ConfluenceMirror(this.#sandbox, {
      ...setup,
      ...(isFirst ? {} : { copyOf: this.#before }),
    });
  }

  async #runClean(scenario: FireScenario): Promise<{ count: number; tree: Tree }> {
    const from = this.#sandbox.requests.length;
    const mirror = this.#mirror(scenario);
    await mirror.sync(scenario.options);
    const tree = mirror.tree();
    mirror.remove();
    return { count: this.#sandbox.requests.length - from, tree };
  }

  async #complaintsOf(
    scenario: FireScenario,
    { fault, mode, index }: FireCase,
    usual: { count: number; tree: Tree },
  ): Promise<string[]> {
    const mirror = this.#mirror(scenario);
    const from = this.#sandbox.requests.length;
    this.#sandbox.faults = [faultAt(fault, mode, from + index)];
    const summary = await mirror.sync(scenario.options);
    this.#sandbox.faults = [];
    const requests = this.#sandbox.requests.slice(from);
    const exit = exitCodeOfRun(summary);
    const tree = mirror.tree();
    const warned = summary.sources.some(({ warnings }) => warnings.length > 0);
    const isWhole = sameTree(tree, usual.tree) || sameTree(tree, this.#clean);
    const gone = scenario.isFirst ? [] : this.#goneFrom(tree);
    const early = mirror.clock.early(requests).filter(({ host }) => host === 'api');
    const again = exitCodeOfRun(await mirror.sync({ reconcile: true }));
    const end = mirror.tree();
    mirror.remove();
    const checks: readonly (readonly [boolean, string])[] = [
      [gone.length > 0, `lost ${gone.join(', ')}`],
      // How many requests a run takes varies by one or two: the last of them it may never have made.
      [requests.length >= index && !(fault[mode] ?? []).includes(exit), `exit code ${exit}`],
      [exit === 0 && !warned && !isWhole && fault.isLie !== true, 'incomplete without a word'],
      [early.length > 0, `${early.length} early requests`],
      [requests.length > usual.count + mostRequestsMore, `${requests.length} requests`],
      [requests.length !== summary.requests, `counted ${summary.requests} requests`],
      [again !== 0, `exit code ${again} of the clean run`],
      [!sameTree(end, this.#clean), 'did not converge'],
    ];
    return checks.flatMap(([isWrong, complaint]) => (isWrong ? [complaint] : []));
  }

  /** Marks that the mirror had, and that are still to be had. */
  #goneFrom(tree: Tree): string[] {
    const [clean, now] = [marksOf(this.#clean), marksOf(tree)];
    return [...marksOf(this.#before.tree())].filter((mark) => clean.has(mark) && !now.has(mark));
  }
}

function allCases(count: number): FireCase[] {
  const modes = ['once', 'always'] as const;
  return fireFaults.flatMap((fault) =>
    modes
      .filter((mode) => fault[mode] !== undefined)
      .flatMap((mode) =>
        Array.from({ length: count }, (_, index) => ({ fault, mode, index: index + 1 })),
      ),
  );
}

function faultAt({ what }: FireFault, mode: FireCase['mode'], from: number): Fault {
  return { when: mode === 'once' ? { from, times: 1 } : { from }, what };
}

function sameTree(one: Tree, other: Tree): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

import type { HttpLimits } from '@context-sync/core';
import type { Fault, FaultPlan } from '@context-sync/sandbox';

import type { SyncOptions, SyncSummary } from '../src/api.ts';
// The one place that says which exit code a run has; the engine itself does not need it.
import { exitCodeOfRun } from '../src/console/exit-code.ts';
import type { FireFault } from './fire-faults.ts';
import { marksOf } from './fire-world.ts';
import type { JumpingClock } from './jumping-clock.ts';

type Tree = Readonly<Record<string, string>>;
type SeenRequests = Parameters<JumpingClock['early']>[0];

/** A mirror that is held under fire. */
interface FireMirror {
  readonly clock: JumpingClock;
  sync(options?: SyncOptions): Promise<SyncSummary>;
  tree(): Tree;
  remove(): void;
}

/** A small site of some service with one of everything, and how it is mirrored. */
export interface FireWorld<Mirror extends FireMirror> {
  readonly sandbox: {
    faults: FaultPlan;
    readonly requests: SeenRequests;
    close(): Promise<void>;
  };
  readonly faults: readonly FireFault[];
  /** One change of every kind. */
  readonly change: () => void;
  /** A mirror of its own, empty or a copy. */
  readonly mirror: (limits: HttpLimits, copyOf?: Mirror) => Mirror;
}

const usualLimits: HttpLimits = { maxResponseBytes: 300_000 };

/**
 * Under limits one request at a time, since what is under way when a limit is told has left before it;
 * and a deadline that no wait but the longest comes near: near it, a try has less time than the clock of
 * the tests jumps over, and would be given up before it is answered.
 */
const patientLimits: HttpLimits = { ...usualLimits, concurrency: 1, deadlineMs: 3_000_000 };

function limitsUnder({ kind }: FireFault['what']): HttpLimits {
  return kind === 'rate-limit' ? patientLimits : usualLimits;
}

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
export class FireGround<Mirror extends FireMirror> {
  readonly #world: FireWorld<Mirror>;
  readonly #sandbox: FireWorld<Mirror>['sandbox'];
  readonly #before: Mirror;
  readonly #clean: Tree;

  private constructor(world: FireWorld<Mirror>, before: Mirror, clean: Tree) {
    this.#world = world;
    this.#sandbox = world.sandbox;
    this.#before = before;
    this.#clean = clean;
  }

  static async make<Mirror extends FireMirror>(
    world: FireWorld<Mirror>,
  ): Promise<FireGround<Mirror>> {
    const before = world.mirror(usualLimits);
    await before.sync();
    world.change();
    const fresh = world.mirror(usualLimits);
    await fresh.sync();
    const clean = fresh.tree();
    fresh.remove();
    return new FireGround(world, before, clean);
  }

  async close(): Promise<void> {
    this.#before.remove();
    await this.#sandbox.close();
  }

  /** Runs every `stride`-th case and tells what was wrong in each. */
  async complaints(scenario: FireScenario, stride: number): Promise<string[]> {
    const { count, tree } = await this.#runClean(scenario);
    const cases = allCases(this.#world.faults, count).filter((_, index) => index % stride === 0);
    const found: string[] = [];
    for (const each of cases) {
      const name = `${JSON.stringify(each.fault.what)} ${each.mode} at ${each.index} of ${count}`;
      const complaints = await this.#complaintsOf(scenario, each, { count, tree });
      found.push(...complaints.map((complaint) => `${name}: ${complaint}`));
    }
    return found;
  }

  #mirror({ isFirst }: FireScenario, limits = usualLimits): Mirror {
    return this.#world.mirror(limits, isFirst ? undefined : this.#before);
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
    const mirror = this.#mirror(scenario, limitsUnder(fault.what));
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

/** The kinds of run that are held under fire. */
export const fireScenarios: readonly (readonly [string, FireScenario])[] = [
  ['a first run', { isFirst: true, options: {} }],
  ['a run after changes', { isFirst: false, options: {} }],
  ['a run after changes that lists everything', { isFirst: false, options: { reconcile: true } }],
];

function allCases(faults: readonly FireFault[], count: number): FireCase[] {
  const modes = ['once', 'always'] as const;
  return faults.flatMap((fault) =>
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

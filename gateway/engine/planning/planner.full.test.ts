import { silentLogger, type Logger } from '@hub/shared/system';
import { parse } from 'graphql';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeSupergraph } from '../../registry/compose.js';
import { packageFolder } from '../../registry/package-folder.js';
import { readEngineVersion, type EngineVersion } from './engine-internals.js';
import { ApolloGateway } from './engine.js';
import { createPlanner, type Planner, type ThreadOptions } from './planner.js';

const builtFile = join(packageFolder, 'dist', 'engine', 'planning', 'planner-thread.js');

/** Threads that fail in different ways. Each one is ready at once. */
const threads = {
  dies: `parentPort.on('message', () => process.exit(3));`,
  hangs: `parentPort.on('message', () => { for (;;); });`,
  throws: `parentPort.on('message', () => { throw new Error('A fault of its own.'); });`,
  refuses: `parentPort.on('message', ({ id }) =>
    parentPort.postMessage({ id, error: { message: 'Too many options generated for x' } }));`,
  never: `setInterval(() => {}, 1_000);`,
};

const document = parse('query Ask { a b }');
const operation = { document, operationName: undefined, storeKey: 'key' };

describe('the planner', () => {
  let folder: string;
  let gateway: ApolloGateway;
  let version: EngineVersion;
  const started: Worker[] = [];
  const keep = (worker: Worker) => void started.push(worker);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hub-planner-'));
    for (const [name, text] of Object.entries(threads)) {
      const begin = name === 'never' ? '' : `parentPort.postMessage('ready');`;
      const code = `import { parentPort } from 'node:worker_threads';\n${text}\n${begin}\n`;
      await writeFile(join(folder, `${name}.mjs`), code);
    }
    const sdl = 'type Query { a: Int b: Int }';
    const { supergraphSdl = '' } = composeSupergraph([
      { name: 'a', url: 'http://127.0.0.1:9/', sdl },
    ]);
    gateway = new ApolloGateway({ supergraphSdl, logger: silentLogger });
    await gateway.load();
    version = readEngineVersion(gateway);
    process.on('worker', keep);
  });
  afterAll(async () => {
    process.off('worker', keep);
    // All threads have ended.
    expect(started.map(({ threadId }) => threadId).filter((id) => id !== -1)).toEqual([]);
    await gateway.stop();
    await rm(folder, { recursive: true });
  });

  /** A planner and the warnings that it logged. */
  const open = (options: Partial<ThreadOptions> = {}) => {
    const warnings: { reason: string; waitMs: number }[] = [];
    const before = started.length;
    const logger = { ...silentLogger, warn: (warning: never) => void warnings.push(warning) };
    const planner: Planner = createPlanner(version, {
      file: builtFile,
      fieldsInPlace: 1,
      restarts: { delayAfter: () => 0 },
      logger: logger as unknown as Logger,
      ...options,
    });
    return {
      planner,
      warnings,
      countThreads: () => started.length - before,
      plan: () => planner.plan(operation),
      [Symbol.asyncDispose]: () => planner.close(),
    };
  };
  const named = (name: keyof typeof threads) => join(folder, `${name}.mjs`);

  it('plans in one thread, which starts with the first operation that is not small', async () => {
    await using opened = open();
    const small = { ...operation, document: parse('{ a __schema { types { name } } }') };
    expect(await opened.planner.plan(small)).toEqual(version.planHere(small));
    expect(opened.countThreads()).toBe(0);
    const plans = await Promise.all([opened.plan(), opened.plan()]);
    expect(plans).toEqual(Array(2).fill(version.planHere(operation)));
    expect(opened.countThreads()).toBe(1);
    expect(opened.warnings).toEqual([]);
  });

  it.each(['dies', 'throws'] as const)(
    'plans in this thread if the planner thread %s, and starts another for the next operation',
    async (name) => {
      await using opened = open({ file: named(name) });
      const plans = await Promise.all([1, 2, 3].map(opened.plan));
      expect(plans).toEqual(Array(3).fill(version.planHere(operation)));
      expect(opened.countThreads()).toBe(1);
      expect(opened.warnings).toHaveLength(1);
      expect(opened.warnings[0]?.reason).toMatch(/A fault of its own|code 3/);
      await opened.plan();
      expect(opened.countThreads()).toBe(2);
    },
  );

  it('plans in this thread if the planner thread is killed while it plans', async () => {
    await using opened = open();
    await opened.plan();
    const planned = opened.plan();
    await started.at(-1)?.terminate();
    expect(await planned).toEqual(version.planHere(operation));
    expect(opened.warnings).toHaveLength(1);
  });

  it('waits before it starts another thread', async () => {
    await using opened = open({ file: named('dies'), restarts: { delayAfter: () => 60_000 } });
    for (const _ of [1, 2]) expect(await opened.plan()).toEqual(version.planHere(operation));
    expect(opened.countThreads()).toBe(1);
    expect(opened.warnings).toMatchObject([{ waitMs: 60_000 }]);
  });

  it('plans in this thread if the planner thread is silent', async () => {
    await using opened = open({ file: named('hangs'), patience: { silenceMs: 100 } });
    expect(await opened.plan()).toEqual(version.planHere(operation));
    expect(opened.warnings).toMatchObject([{ reason: 'It was silent for 100 ms.' }]);
    await using other = open({ file: named('never'), patience: { startMs: 100 } });
    expect(await other.plan()).toEqual(version.planHere(operation));
    expect(other.warnings).toMatchObject([{ reason: 'It was silent for 100 ms.' }]);
  });

  it('waits for a thread to start, for a limited time', async () => {
    await using opened = open({ file: named('never'), patience: { waitMs: 50 } });
    expect(await opened.plan()).toEqual(version.planHere(operation));
    // The plan may still arrive.
    expect(opened.warnings).toEqual([]);
  });

  it('plans in this thread if no thread can be started', async () => {
    await using missing = open({ file: join(folder, 'missing.mjs') });
    expect(await missing.plan()).toEqual(version.planHere(operation));
    expect(missing.warnings).toMatchObject([{ reason: expect.stringContaining('missing.mjs') }]);
    await using impossible = open({ file: 'no-path-at-all' });
    expect(await impossible.plan()).toEqual(version.planHere(operation));
    expect(impossible.warnings).toHaveLength(1);
  });

  it('throws the message of the thread’s planner', async () => {
    await using opened = open({ file: named('refuses') });
    await expect(opened.plan()).rejects.toThrow('Too many options generated for x');
    await using real = open();
    const unknown = { ...operation, document: parse('{ a b c }') };
    let thrown: unknown;
    try {
      version.planHere(unknown);
    } catch (error) {
      thrown = error;
    }
    const { message } = thrown as Error;
    await expect(real.planner.plan(unknown)).rejects.toThrow(message);
  });

  it('lets a retiring thread finish its plans, and sends it no more', async () => {
    await using opened = open();
    const plans = [opened.plan(), opened.plan()];
    await opened.plan();
    const last = opened.plan();
    await opened.planner.retire();
    plans.push(last, opened.plan());
    expect(await Promise.all(plans)).toEqual(Array(4).fill(version.planHere(operation)));
    expect(opened.countThreads()).toBe(1);
    expect(opened.warnings).toEqual([]);
  });

  it('loses no plan when it is closed', async () => {
    const opened = open();
    const planned = opened.plan();
    await opened.planner.close();
    expect(await planned).toEqual(version.planHere(operation));
    expect(opened.warnings).toEqual([]);
  });
});

import 'reflect-metadata';

import { openDatabase } from '../database/data-source.js';
import { isDatabaseFailure } from '../database/database-failure.js';
import { inTransaction } from '../database/transaction.js';

/** The report of this process to its parent. */
export interface QueryReport {
  /** Statements and transactions that succeeded. */
  readonly succeeded: number;
  /** Those that failed because the database was unavailable. */
  readonly lost: number;
  /** Other failures. */
  readonly unexpected: readonly string[];
}

const loops = 20;
const mostUnexpected = 10;

/**
 * Queries a database in many simultaneous loops until it is told to stop. Tests run it in a process
 * of its own: they close its connections, and it must not end before it is told to.
 */
const [url = ''] = process.argv.slice(2);
const source = await openDatabase({ url, entities: [], migrations: [] });
let isStopped = false;
let succeeded = 0;
let lost = 0;
const unexpected: string[] = [];

async function queryOnce(round: number): Promise<void> {
  if (round % 2 === 0) return void (await source.query('SELECT pg_sleep(0.001)'));
  await inTransaction(source, async (manager) => {
    await manager.query('SELECT 1');
    await manager.query('SELECT 2');
  });
}

async function queryUntilStopped(): Promise<void> {
  for (let round = 0; !isStopped; round += 1) {
    try {
      await queryOnce(round);
      succeeded += 1;
    } catch (error) {
      if (isDatabaseFailure(error)) lost += 1;
      else if (unexpected.length < mostUnexpected) unexpected.push(String((error as Error).stack));
    }
    // A connection that is refused at once must not keep the other loops from running.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const tell = (): void => void process.send?.({ succeeded, lost, unexpected } satisfies QueryReport);
const timer = setInterval(tell, 50);
process.once('message', () => (isStopped = true));
await Promise.all(Array.from({ length: loops }, queryUntilStopped));
clearInterval(timer);
tell();
await source.destroy();
process.disconnect?.();

import { UsageError } from '../config.js';
import { runBench } from './bench.js';
import { readOptions, usage } from './options.js';
import { PeerError } from './peers.js';

/** `npm run bench` */
export async function main(argv: readonly string[], tell: (line: string) => void): Promise<number> {
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  if (argv.includes('--help')) {
    say(usage);
    return 0;
  }
  process.setMaxListeners(0);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => process.exit(130));
  try {
    await runBench(readOptions(argv), say, tell);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof PeerError)) throw error;
    tell(error.message);
    return error instanceof UsageError ? 2 : 1;
  }
}

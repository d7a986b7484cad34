import type { Environment } from '@hub/shared/system';
import type { RunCommand } from './define-command.js';

/** What a command prints. */
export async function printed(
  run: RunCommand,
  argv: readonly string[],
  environment?: Environment,
): Promise<string> {
  const lines: string[] = [];
  await run(argv, (line) => void lines.push(line), environment);
  return lines.join('\n');
}

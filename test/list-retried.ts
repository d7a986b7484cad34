import { stripVTControlCharacters } from 'node:util';
import type { Reporter, TestModule } from 'vitest/node';

/** Lists the tests that passed only when they were repeated, so that nobody takes them for good. */
export class ListRetried implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const test of modules.flatMap((module) => [...module.children.allTests()])) {
      if (!test.diagnostic()?.flaky) continue;
      const reasons = (test.result().errors ?? []).map(({ message, diff = '' }) =>
        `${message.split('\n')[0]}\n${stripVTControlCharacters(diff)}`.trim(),
      );
      const where = `${test.module.relativeModuleId} > ${test.fullName}`;
      process.stdout.write(`PASSED ONLY WHEN REPEATED: ${where}: ${reasons.join('; ')}\n`);
    }
  }
}

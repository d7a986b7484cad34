import type { Certifier } from './certifier.js';
import type { Step } from './step.js';
import { assertionSteps } from './steps/assertions.js';
import { entitySteps } from './steps/entities.js';
import { manifestSteps } from './steps/manifest.js';
import { pagingSteps } from './steps/paging.js';
import { protocolSteps } from './steps/protocol.js';
import { responseSteps } from './steps/responses.js';
import { signatureSteps } from './steps/signatures.js';
import { valueSteps } from './steps/values.js';
import { Broken, NotDecided } from './verdict.js';

/** All steps, in the order in which they run. */
export const steps: readonly Step[] = [
  ...manifestSteps,
  ...signatureSteps,
  ...responseSteps,
  ...assertionSteps,
  ...protocolSteps,
  ...entitySteps,
  ...pagingSteps,
  ...valueSteps,
];

/** The result of one step, for the partner’s engineers. */
export interface StepResult {
  readonly step: string;
  readonly result: 'passed' | 'broken' | 'not decided';
  readonly expected: string;
  /** What the partner did, or why the step could not be decided. */
  readonly came: string | null;
  /** Where the rule stands. */
  readonly rule: string;
}

/** Runs the steps one after the other, so that a partner is not under load. */
export async function runCheck(partner: Certifier): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const step of steps) results.push(await runStep(step, partner));
  return results;
}

async function runStep(
  { name, expected, rule, run }: Step,
  partner: Certifier,
): Promise<StepResult> {
  const result = (of: StepResult['result'], came: string | null): StepResult => ({
    step: name,
    result: of,
    expected,
    came,
    rule,
  });
  try {
    await run(partner);
    return result('passed', null);
  } catch (error) {
    if (error instanceof Broken) return result('broken', error.message);
    if (error instanceof NotDecided) return result('not decided', error.message);
    // What a step did not foresee is an odd response, and no reason to stop.
    return result('broken', error instanceof Error ? error.message : String(error));
  }
}

/** The report as text: what is wrong first in each line, and a summary last. */
export function printReport(results: readonly StepResult[]): string {
  const marks = { passed: 'ok    ', broken: 'BROKEN', 'not decided': '–     ' };
  const lines = results.flatMap(({ step, result, expected, came, rule }) => [
    `${marks[result]}  ${step}`,
    ...(result === 'passed' ? [] : [`        expected: ${expected}`, `        came:     ${came}`]),
    ...(result === 'broken' ? [`        rule:     ${rule}`] : []),
  ]);
  const count = (of: StepResult['result']) => results.filter(({ result }) => result === of).length;
  const summary = `${results.length} steps: ${count('passed')} passed, ${count('broken')} broken, ${count('not decided')} not decided`;
  return [...lines, '', summary].join('\n');
}

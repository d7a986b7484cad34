import type { Certifier } from './certifier.js';

/** One request or attack, as a certifier would try it. */
export interface Step {
  /** Unique, and stable: reports of different days are compared by it. */
  readonly name: string;
  /** What the rule demands. */
  readonly expected: string;
  /** Where the rule stands, from the root of the clone. */
  readonly rule: string;
  /** Returns if the partner keeps the rule. @throws `Broken` or `NotDecided` */
  readonly run: (partner: Certifier) => Promise<void>;
}

/** The steps of one subject, whose rules stand in one place. */
export function subject(
  rule: string,
  steps: Readonly<Record<string, readonly [expected: string, run: Step['run']]>>,
): Step[] {
  return Object.entries(steps).map(([name, [expected, run]]) => ({ name, expected, rule, run }));
}

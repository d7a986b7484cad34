import { computed, signal } from '@preact/signals';
import {
  sendText,
  type GraphResponse,
  type PartnerStatus,
} from '../../../client/send-operation.ts';
import { reader } from '../../../session/session.ts';
import { checkVariables, type VariableProblem } from '../variables/check-variables.ts';
import { openExpected } from '../variables/open-expected.ts';
import { addToHistory } from './history.ts';
import { readVariables } from './operations.ts';
import { pause } from './pause.ts';
import { changeTab, openTab } from './tabs.ts';

/** One call of the hub to a partner: `extensions.trace` of a response. */
export interface TracedCall {
  readonly partner: string;
  readonly path: readonly (string | number)[];
  readonly fields: readonly string[];
  readonly startedMs: number;
  readonly tookMs: number;
  readonly status: PartnerStatus | 'OVERLOADED';
  readonly cachedSeconds?: number;
}

export interface Trace {
  readonly tookMs: number;
  readonly calls: readonly TracedCall[];
  readonly omittedCalls: number;
}

/** What became of the last run of a tab. */
export interface Run {
  readonly isRunning: boolean;
  readonly response?: GraphResponse<unknown>;
  readonly trace?: Trace | undefined;
  /** The variables are no JSON. */
  readonly hasWrongVariables?: boolean;
  /** Why the operation was not sent. */
  readonly problems?: readonly VariableProblem[];
}

/** By tab, in memory alone. */
const runs = signal<Readonly<Record<string, Run>>>({});
const controllers = new Map<string, AbortController>();

/** The run of the tab that is shown. */
export const openRun = computed<Run | undefined>(() => runs.value[openTab.value.id]);

const note = (id: string, run: Run) => {
  runs.value = { ...runs.value, [id]: run };
};

// What one reader may see is not shown to the next.
let known = reader.peek();
reader.subscribe((value) => {
  if (value === known) return;
  known = value;
  for (const controller of controllers.values()) controller.abort();
  runs.value = {};
});

/** What of the variables the hub would refuse. */
const findProblems = (variables: object | undefined): readonly VariableProblem[] =>
  checkVariables(openExpected.peek() ?? [], { ...variables }).filter(({ isError }) => isError);

/** Runs the operation of the tab that is shown. `isSure` sends also what does not fit the schema. */
export async function runOpenTab({ isSure = false } = {}): Promise<void> {
  const { id, query, variables: text, operationName } = openTab.peek();
  let variables: object | undefined;
  try {
    variables = readVariables(text);
  } catch {
    note(id, { isRunning: false, hasWrongVariables: true });
    return;
  }
  const problems = isSure ? [] : findProblems(variables);
  if (problems.length > 0) {
    note(id, { isRunning: false, problems });
    return;
  }
  controllers.get(id)?.abort();
  const controller = new AbortController();
  controllers.set(id, controller);
  note(id, { ...runs.peek()[id], hasWrongVariables: false, problems: [], isRunning: true });
  changeTab({ isLinked: false });
  addToHistory(query, text);
  try {
    const operation = { query, variables, operationName };
    const response = await sendText(operation, controller.signal, { 'hub-trace': '1' });
    await pause();
    // Somebody else may have signed in meanwhile.
    controller.signal.throwIfAborted();
    const { extensions } = (response.body ?? {}) as { extensions?: { trace?: Trace } };
    note(id, { isRunning: false, response, trace: extensions?.trace });
  } catch {
    // The reader stopped it, or ran another, or signed in as somebody else.
    if (controllers.get(id) === controller && runs.peek()[id])
      note(id, { ...runs.peek()[id], isRunning: false });
  }
}

export function stopOpenTab(): void {
  controllers.get(openTab.peek().id)?.abort();
}

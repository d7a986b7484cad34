import type { OpenNetwork } from '../network/open-network.js';
import { reopenOffice, runIn, type Input, type Programme } from '../network/run-programme.js';
import { runDelegates } from './run-delegates.js';
import { runOfficers } from './run-officers.js';
import { planProgramme, runEvents } from './run-plan.js';
import { runRegionalHostings } from './run-regional-hostings.js';
import { runUndo } from './run-undo.js';

/** A mutation that was done, and whose. */
export interface Step {
  readonly mutation: string;
  readonly organisation: string;
  /** What it was given. An erasure is given an id alone. */
  readonly input: Input;
}

/** Is told of each mutation, and calls it. */
type Around = <Result>(step: Step, call: () => Promise<Result>) => Promise<Result>;

/** As the programme, but each mutation is told. One that is refused is a fault of the test. */
function tell(programme: Programme, around: Around): Programme {
  const done: Programme['done'] = (organisation, mutation, input, selection) =>
    around({ organisation, mutation, input }, () =>
      programme.done(organisation, mutation, input, selection),
    );
  return {
    ...programme,
    done,
    call: (organisation, mutation, input, selection) =>
      around({ organisation, mutation, input }, async () => {
        const outcome = await programme.call(organisation, mutation, input, selection);
        if (outcome.code) throw new Error(`${mutation}: ${JSON.stringify(outcome.answer.errors)}`);
        return outcome;
      }),
  };
}

/** Calls every mutation of every kind of partner, each in a state in which it changes something. */
export async function runSteps(network: OpenNetwork, around: Around): Promise<void> {
  await reopenOffice(network);
  const programme = tell(runIn(network), around);
  const { done } = programme;
  const secretariat = (mutation: string, input: Input, selection?: string) =>
    done('nbnp', mutation, input, selection);
  const now = async (field: string, record: string, input: Input) => ({
    ...input,
    version: await programme.versionOf(field, record),
  });
  const erase = (organisation: string, mutation: string, id: string) =>
    around({ organisation, mutation, input: { id } }, async () => {
      const isElsewhere = mutation === 'eraseTexts';
      const query = `mutation ($id: ID!) { erased: ${mutation}(${isElsewhere ? 'person' : 'id'}: $id) }`;
      const by = isElsewhere ? id.slice(0, 2) : organisation;
      const { data } = await network.ask(query, { id }, { organisation: by, role: 'coordinator' });
      if (data.erased !== true) throw new Error(`${mutation} erased nobody.`);
    });

  const id = await planProgramme(programme);
  const createGroup = async (direction: string, name: string): Promise<string> => {
    const input = { programme: id, name, direction, plannedSize: 2, coordinatingOffice: 'ncm:led' };
    return (await secretariat('createGroup', input)).id;
  };
  await runEvents(programme, id);
  const cancelled = await createGroup('NORTH_WEST_RUSSIA_TO_NORDIC', 'Cancelled');
  const renamed = { group: cancelled, name: 'Soon cancelled', coordinatingOffice: null };
  await secretariat('changeGroup', { ...renamed, plannedSize: 3, version: 1 });
  await secretariat('cancelGroup', {
    group: cancelled,
    on: '2031-01-01',
    reason: 'No host was found.',
    version: 2,
  });
  await runDelegates(programme, await createGroup('NORTH_WEST_RUSSIA_TO_NORDIC', 'From Karelia'), {
    now,
    erase,
  });
  await runOfficers(
    programme,
    await createGroup('NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA', 'From the North'),
    { now, erase },
  );
  await runRegionalHostings(programme);
  await runUndo(programme, { now, createGroup });
  await evaluate(programme, id);
}

/** Each side writes its part and signs; each withdraws its signature once while it stands alone. */
async function evaluate({ done }: Programme, id: string): Promise<void> {
  const ofOffices = { programme: id, on: '2032-01-10', version: 1 };
  await done('nbnp', 'draftEvaluation', {
    programme: id,
    summary: 'First words.',
    findings: [{ title: 'Shelters', text: 'They share a telephone number.', sector: 'NGO' }],
    recommendations: ['More time.'],
    version: 0,
  });
  await done('ncm', 'draftOfficeEvaluation', { programme: id, summary: 'Again.', version: 0 });
  await done('ncm', 'signOfficeEvaluation', ofOffices);
  await done('ncm', 'withdrawOfficeSignature', ofOffices);
  const ofNetwork = { programme: id, summary: 'Seen.', on: '2032-01-12' };
  await done('nbnp', 'signEvaluation', { ...ofNetwork, version: 1 });
  await done('nbnp', 'withdrawEvaluationSignature', { id, on: '2032-01-12', version: 2 });
  await done('ncm', 'signOfficeEvaluation', ofOffices);
  await done('nbnp', 'signEvaluation', ofNetwork);
}

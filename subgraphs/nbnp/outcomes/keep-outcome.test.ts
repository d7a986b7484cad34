import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Programme } from '../entities/programme.entity.js';
import {
  coordinatorOf,
  doneBy,
  partiesHub as hub,
  insertOrganisation,
  organisation,
} from '../testing/test-parties.js';
import { away, openTestVisits, programme, type TestVisits } from '../testing/test-visits.js';

const page = { source: 'https://example.org/protocol', on: '2026-03-01' };
const next = { source: 'https://example.org/other', on: '2026-04-01' };
const outcome = {
  kind: 'DECISION',
  title: 'A working group is set up.',
  mandated: ['fi:unit', organisation],
  ...page,
};
const fields = `id kind title event { id } mandated { id } leadsTo { id } source checkedOn version
  claims { property value source preferred }`;

/** An event of one organisation, and one of the network that may continue it. */
async function recordEvents(network: TestVisits) {
  await insertOrganisation(network);
  const record = async (title: string, organiser: string): Promise<string> => {
    const input = { title, kind: 'SEMINAR', organisers: [organiser] };
    return String((await network.done('recordEvent', input))['id']);
  };
  return { event: await record('A day', 'ee:unit'), later: await record('Later', organisation) };
}

describe.each(testDatabases)('Mutation.recordOutcome on $name', (kind) => {
  it('records what an event led to, by those who organised it or the network', async () => {
    await using network = await openTestVisits(kind, hub);
    const { event, later } = await recordEvents(network);
    const input = { event, ...outcome, leadsTo: later };
    const { id, ...shown } = await doneBy(network, 'ee', 'recordOutcome', input, fields);
    const { on: checkedOn, mandated, ...given } = outcome;
    expect(shown).toEqual({
      ...given,
      mandated: mandated.map((party) => ({ id: party })),
      event: { id: event },
      leadsTo: { id: later },
      checkedOn,
      version: 1,
      claims: [],
    });
    expect(
      await network.read(`{ event(id: "${event}") { outcomes { id } }
        networkChanges(filter: { subject: "${String(id)}" }, first: 1) { nodes { mutation organisation } } }`),
    ).toEqual({
      event: { outcomes: [{ id }] },
      networkChanges: { nodes: [{ mutation: 'recordOutcome', organisation: 'ee' }] },
    });
    const { id: second } = await network.done('recordOutcome', { ...input, title: 'Another.' });
    for (const code of ['dk', 'ncm', 'fi']) {
      const reader = coordinatorOf(code);
      expect(await network.refusal('recordOutcome', input, reader)).toEqual({ code: 'FORBIDDEN' });
      const change = { outcome: second, title: 'Mine.', ...page, version: 1 };
      expect(await network.refusal('changeOutcome', change, reader)).toEqual({ code: 'FORBIDDEN' });
      const removal = { outcome: second, reason: 'Mine.', version: 1 };
      expect(await network.refusal('removeOutcome', removal, reader)).toEqual({
        code: 'FORBIDDEN',
      });
    }
  });

  it('refuses one that is recorded with its id, and whatever it names that is unknown', async () => {
    await using network = await openTestVisits(kind, hub);
    const { event } = await recordEvents(network);
    const { id } = await network.done('recordOutcome', { event, ...outcome });
    const record = (given: object) =>
      network.refusal('recordOutcome', { event, ...outcome, ...given });
    const again = { title: 'a working group is  SET UP', kind: 'OTHER' };
    expect(await record(again)).toEqual({
      code: 'RULE_VIOLATED',
      rule: 'DUPLICATE',
      argument: 'input.title',
      id,
    });
    const named = { title: 'Another.' };
    for (const [unknown, argument] of [
      [{ event: 'nbnp:none' }, 'input.event'],
      [{ event: 'x\0' }, 'input.event'],
      [{ leadsTo: 'x\0' }, 'input.leadsTo'],
      [{ mandated: ['fi:unit', 'x\0'] }, 'input.mandated.1'],
      [{ leadsTo: 'nbnp:none' }, 'input.leadsTo'],
      [{ mandated: ['fi:unit', 'fi:none'] }, 'input.mandated.1'],
      [{ mandated: ['nbnp:none'] }, 'input.mandated.0'],
    ] as const)
      expect(await record({ ...named, ...unknown })).toEqual({ code: 'NOT_FOUND', argument });
    const keyed = { event, ...outcome, isAnother: true, idempotencyKey: 'k' };
    const first = await network.done('recordOutcome', keyed);
    expect(first).not.toEqual({ id });
    expect(await network.done('recordOutcome', keyed)).toEqual(first);
    await using alone = await openTestVisits(kind, { ...hub, KnownParties: away('fi') });
    await insertOrganisation(alone);
    const own = { title: 'A day', kind: 'SEMINAR', organisers: [organisation] };
    const { id: other } = await alone.done('recordEvent', own);
    expect(await alone.refusal('recordOutcome', { event: other, ...outcome })).toMatchObject({
      code: 'PARTNER_UNAVAILABLE',
    });
  });

  it('lets nothing invented come of a real event, nor go on in one', async () => {
    const invented = { KnownParties: () => ({ f0: { id: 'ncm:demo', isRehearsal: true } }) };
    await using network = await openTestVisits(kind, { ...hub, ...invented });
    await insertOrganisation(network);
    const row = await network.source.manager.findOneByOrFail(Programme, { id: programme });
    const rehearsal = 'nbnp:rehearsal';
    await network.insert(Programme, { ...row, id: rehearsal, isRehearsal: true });
    const record = async (change: object) =>
      (
        await network.done('recordEvent', {
          title: 'A day',
          kind: 'SEMINAR',
          organisers: [organisation],
          isAnother: true,
          ...change,
        })
      )['id'];
    const [real, played] = [await record({}), await record({ programme: rehearsal })];
    const base = { kind: 'DECISION', title: 'One.', ...page };
    const refused = { code: 'RULE_VIOLATED', rule: 'REHEARSAL' };
    for (const [given, argument] of [
      [{ mandated: ['ncm:demo'] }, 'input.mandated.0'],
      [{ leadsTo: played }, 'input.leadsTo'],
    ] as const) {
      const input = { ...base, ...given };
      expect(await network.refusal('recordOutcome', { event: real, ...input })).toEqual({
        ...refused,
        argument,
      });
      await network.done('recordOutcome', { event: played, ...input, isAnother: true });
    }
    // What is invented stays with it when the event moves.
    expect(
      await network.refusal('changeEvent', { event: played, programme, version: 1 }),
    ).toMatchObject(refused);
  });
});

describe.each(testDatabases)('Mutation.changeOutcome on $name', (kind) => {
  it('changes what is given, and keeps what another page stated as claims', async () => {
    await using network = await openTestVisits(kind, hub);
    const { event, later } = await recordEvents(network);
    const { id } = await network.done('recordOutcome', { event, ...outcome });
    const change = { outcome: id, mandated: [organisation], leadsTo: later, ...next, version: 1 };
    const changed = await doneBy(network, 'ee', 'changeOutcome', change, fields);
    expect(changed).toEqual({
      id,
      kind: outcome.kind,
      title: outcome.title,
      event: { id: event },
      mandated: [{ id: organisation }],
      leadsTo: { id: later },
      source: next.source,
      checkedOn: next.on,
      version: 2,
      claims: [{ property: 'mandated', value: 'fi:unit', source: page.source, preferred: false }],
    });
    const refuse = (given: object) =>
      network.refusal('changeOutcome', { outcome: id, ...page, version: 2, ...given });
    expect(await refuse({ version: 1 })).toMatchObject({ code: 'CONFLICT', currentVersion: 2 });
    expect(await refuse({ outcome: 'nbnp:none' })).toEqual({
      code: 'NOT_FOUND',
      argument: 'input.outcome',
    });
  });
});

describe.each(testDatabases)('Mutation.removeOutcome on $name', (kind) => {
  it('removes a mistake with its tasks and claims, and keeps why', async () => {
    await using network = await openTestVisits(kind, hub);
    const { event, later } = await recordEvents(network);
    const { id } = await network.done('recordOutcome', { event, ...outcome, leadsTo: later });
    const change = { outcome: id, title: 'Other words.', mandated: [], ...next, version: 1 };
    await network.done('changeOutcome', change);
    const removal = { outcome: id, reason: 'Twice.', version: 2 };
    const reader = coordinatorOf('ee');
    const { data } = await network.change('removeOutcome', removal, '', reader);
    expect(data).toEqual({ result: true });
    for (const table of ['outcomes', 'outcome_mandates', 'claims'])
      expect(await network.source.query(`SELECT * FROM ${table}`)).toEqual([]);
    expect(
      await network.read('{ networkChanges(first: 1) { nodes { mutation reason } } }'),
    ).toEqual({ networkChanges: { nodes: [{ mutation: 'removeOutcome', reason: 'Twice.' }] } });
    // Nothing is left that could be in the way of the events.
    await network.done('recordOutcome', { event, ...outcome });
    await network.done('removeEvent', { event, reason: 'Wrong.', version: 1 });
    await network.done('removeEvent', { event: later, reason: 'Wrong.', version: 1 });
    expect(await network.source.query('SELECT * FROM claims')).toEqual([]);
  });
});

import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { EventCountry } from '../entities/event.entity.js';
import { Outcome, OutcomeMandate } from '../entities/outcome.entity.js';
import { Representation } from '../entities/representation.entity.js';
import { coordinatorOf, doneBy, partiesHub } from '../testing/test-parties.js';
import { openTestNetwork } from '../testing/test-partner.js';
import { openTestVisits, type TestVisits } from '../testing/test-visits.js';

const meeting = { title: 'A mistaken meeting', kind: 'MEETING', organisers: ['ee:unit'] };
const reason = 'It was another one.';

const record = async (network: TestVisits, more: object = {}): Promise<string> =>
  (await network.done('recordEvent', { ...meeting, ...more }))['id'] as string;

const toOutcome = (id: string, eventId: string, leadsToId: string | null) => ({
  id,
  kind: 'DECISION',
  title: 'A decision',
  eventId,
  leadsToId,
});

const referredTo = { code: 'RULE_VIOLATED', rule: 'REFERRED_TO', argument: 'input.event' };

describe.each(testDatabases)('Mutation.removeEvent on $name', (kind) => {
  it('removes it from lists and contacts, and keeps the reason in the changes', async () => {
    await using network = await openTestVisits(kind, partiesHub);
    const given = {
      idempotencyKey: 'k',
      country: 'EE',
      roles: [{ role: 'HOST', party: 'fi:unit' }],
      represented: [{ what: 'the office', party: 'ncm:led' }],
    };
    const event = await record(network, given);
    await network.insert(Outcome, toOutcome('nbnp:outcome', event, event));
    await network.insert(OutcomeMandate, {
      outcomeId: 'nbnp:outcome',
      partyId: 'ncm:led',
      position: 0,
    });
    const read = () =>
      network.read(`{
        event(id: "${event}") { id } events { totalCount }
        contacts(minimum: 1) { totalCount } centralities { degree } }`);
    expect(await read()).toMatchObject({ contacts: { totalCount: 3 } });
    const { data } = await network.change('removeEvent', { event, reason, version: 1 });
    expect(data).toEqual({ result: true });
    expect(await read()).toEqual({
      event: null,
      events: { totalCount: 0 },
      contacts: { totalCount: 0 },
      centralities: [],
    });
    const { networkChanges } = await network.read<{ networkChanges: { nodes: object[] } }>(
      '{ networkChanges(first: 2) { nodes { subject mutation fields reason } } }',
    );
    expect(networkChanges.nodes).toEqual(
      expect.arrayContaining([
        {
          subject: event,
          mutation: 'removeEvent',
          fields: expect.arrayContaining(['represented', 'roles', 'title']) as unknown,
          reason,
        },
        expect.objectContaining({ subject: 'nbnp:outcome', mutation: 'removeEvent', reason }),
      ]),
    );
    expect(await network.refusal('removeEvent', { event, reason, version: 1 })).toEqual({
      code: 'NOT_FOUND',
      argument: 'input.event',
    });
    expect(await network.refusal('recordEvent', { ...meeting, ...given })).toEqual({
      code: 'NOT_FOUND',
      argument: 'input.idempotencyKey',
    });
  });

  it('removes an event of the sources with all that is about it', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const remove = (event: string) =>
      network.ask('mutation ($input: RemoveEventInput!) { removeEvent(input: $input) }', {
        input: { event, reason, version: 1 },
      });
    const { events } = await network.read<{ events: { nodes: { id: string }[] } }>(
      '{ events(first: 1000) { nodes { id } } }',
    );
    // What others refer to goes after them. Nothing is left that refers to an event.
    let left = events.nodes.map(({ id }) => id);
    for (let round = 0; round < 5 && left.length > 0; round += 1) {
      const refused: string[] = [];
      for (const id of left) if ((await remove(id)).errors) refused.push(id);
      left = refused;
    }
    expect(left).toEqual([]);
    const { statements } = await network.read<{
      statements: { nodes: { subject: { __typename: string } | null }[] };
    }>('{ statements(first: 1000) { nodes { subject { __typename } } } }');
    const subjects = statements.nodes.map(({ subject }) => subject?.__typename);
    expect(subjects).toContain('Programme');
    expect(subjects).not.toContain('Event');
    for (const entity of [Representation, Outcome, EventCountry])
      expect(await network.source.manager.count<object>(entity)).toBe(0);
  });

  it('refuses an event that has parts, or to which an outcome of another event leads', async () => {
    await using network = await openTestVisits(kind, partiesHub);
    const whole = await record(network);
    const part = await record(network, { title: 'A part', partOf: whole });
    const whole1 = { event: whole, reason, version: 1 };
    expect(await network.refusal('removeEvent', whole1)).toMatchObject(referredTo);
    await network.done('changeEvent', { event: part, partOf: null, version: 1 });
    await network.insert(Outcome, toOutcome('nbnp:outcome', part, whole));
    expect(await network.refusal('removeEvent', whole1)).toMatchObject(referredTo);
    await network.change('removeEvent', { event: part, reason, version: 2 });
    expect(await network.change('removeEvent', whole1)).toEqual({ data: { result: true } });
  });

  it.each([
    [{ reason: ' ' }, { code: 'BAD_USER_INPUT', argument: 'input.reason' }],
    [{ event: 'nbnp:none' }, { code: 'NOT_FOUND', argument: 'input.event' }],
    [{ event: 'nbnp:\0' }, { code: 'NOT_FOUND', argument: 'input.event' }],
    [{ version: 2 }, { code: 'CONFLICT', argument: 'input.version', currentVersion: 1 }],
  ])('refuses %j', async (more, refusal) => {
    await using network = await openTestVisits(kind, partiesHub);
    const input = { event: await record(network), reason, version: 1, ...more };
    expect(await network.refusal('removeEvent', input)).toMatchObject(refusal);
  });

  it('is also for the organisation that organises the event alone', async () => {
    await using network = await openTestVisits(kind, partiesHub);
    const own = await record(network);
    const shared = await record(network, { organisers: ['ee:unit', 'fi:unit'] });
    const toInput = (event: string) => ({ event, reason, version: 1 });
    for (const [event, code] of [
      [own, 'fi'],
      [shared, 'fi'],
      [shared, 'ee'],
      ['nbnp:none', 'ee'],
    ] as const) {
      const refused = await network.refusal('removeEvent', toInput(event), coordinatorOf(code));
      expect(refused).toEqual({ code: 'FORBIDDEN' });
    }
    expect(await doneBy(network, 'ee', 'removeEvent', toInput(own))).toBe(true);
  });

  it('leaves no part behind when both are written at once', async () => {
    await using network = await openTestVisits(kind, partiesHub);
    const event = await record(network);
    const outcomes = await Promise.all([
      network.change('removeEvent', { event, reason, version: 1 }),
      network.change('recordEvent', { ...meeting, partOf: event }),
    ]);
    expect(outcomes.filter(({ errors }) => errors)).toHaveLength(1);
  });
});

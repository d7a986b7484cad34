import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { EvaluationSignature } from '../entities/evaluation.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { Visit } from '../entities/visit.entity.js';
import {
  north,
  openTestVisits,
  programme,
  south,
  week,
  type TestVisits,
} from '../testing/test-visits.js';

const callOff = {
  stop: south.stop,
  on: '2030-05-01',
  reason: 'The institution is closed.',
  version: 1,
};

const depart = (network: TestVisits) =>
  network.update(Visit, south.visit, { departedOn: week.startsOn });

describe.each(testDatabases)('Mutation.callOffItineraryStop on $name', (kind) => {
  it('keeps the stop with its reason, as its next version', async () => {
    await using network = await openTestVisits(kind);
    const selection = 'id status statusReason version visit { version stops { id } }';
    expect(await network.done('callOffItineraryStop', callOff, selection)).toEqual({
      id: south.stop,
      status: 'CALLED_OFF',
      statusReason: callOff.reason,
      version: 2,
      visit: { version: 1, stops: [{ id: south.stop }] },
    });
    const { networkChanges } = await network.read<{ networkChanges: object }>(
      '{ networkChanges { nodes { subject mutation fields reason } } }',
    );
    expect(networkChanges).toEqual({
      nodes: [
        {
          subject: south.stop,
          mutation: 'callOffItineraryStop',
          fields: ['calledOffOn', 'status', 'statusReason', 'version'],
          // Those who may not read the plan of a visit read this record.
          reason: null,
        },
      ],
    });
  });

  it.each([
    [{ reason: ' ' }, { code: 'BAD_USER_INPUT', argument: 'input.reason' }],
    [{ on: '2031-07-01' }, { rule: 'OUTSIDE_PROGRAMME', argument: 'input.on' }],
    [{ stop: 'nbnp:none' }, { code: 'NOT_FOUND', argument: 'input.stop' }],
    [{ version: 3 }, { code: 'CONFLICT', currentVersion: 1 }],
  ])('refuses %j', async (more, refusal) => {
    await using network = await openTestVisits(kind);
    const refused = await network.refusal('callOffItineraryStop', { ...callOff, ...more });
    expect(refused).toMatchObject(refusal);
  });
});

describe.each(testDatabases)('ItineraryStop.status on $name', (kind) => {
  const notHeld = { stop: south.stop, held: false, reason: 'The bus was late.', version: 1 };
  /** What is left of the only stop of a visit once it does not take place. */
  const ways: readonly (readonly [string, (network: TestVisits) => Promise<unknown>])[] = [
    ['CALLED_OFF', (network) => network.done('callOffItineraryStop', callOff)],
    [
      'NOT_HELD',
      async (network) => {
        await depart(network);
        await network.done('recordStopHeld', notHeld);
        await network.update(Visit, south.visit, { departedOn: null });
      },
    ],
  ];

  it.each(ways)(
    '%s shows no sector, needs no confirmation and no day of the visit',
    async (_, end) => {
      await using network = await openTestVisits(kind);
      const missing = `{ visit(id: "${south.visit}") { missingSectors } }`;
      expect(await network.read(missing)).toEqual({ visit: { missingSectors: [] } });
      await end(network);
      expect(await network.read(missing)).toEqual({ visit: { missingSectors: ['POLICE'] } });
      const later = {
        visit: south.visit,
        startsOn: '2030-06-03',
        endsOn: '2030-06-08',
        version: 1,
      };
      await network.done('rescheduleVisit', later);
      // Without a stop that counts, the departure asks nobody.
      await network.done('recordDeparture', { id: south.visit, on: '2030-06-03', version: 2 });
      expect(network.asked).toEqual([]);
    },
  );

  it.each(ways)('%s does not count in the statistics of sectors', async (_, end) => {
    await using network = await openTestVisits(kind);
    const made = { departedOn: '2025-05-06', returnedOn: '2025-05-11' };
    const stopsOf = async () => {
      await network.update(Visit, south.visit, made);
      const { sectorStatistics } = await network.read<{
        sectorStatistics: readonly { readonly sector: string; readonly stops: number }[];
      }>('{ sectorStatistics { sector stops visits } }');
      return sectorStatistics.find(({ sector }) => sector === 'POLICE');
    };
    await network.update(ItineraryStop, south.stop, { status: 'HELD' });
    expect(await stopsOf()).toEqual({ sector: 'POLICE', stops: 1, visits: 1 });
    await network.update(ItineraryStop, south.stop, { status: 'PLANNED' });
    await network.update(Visit, south.visit, { returnedOn: null });
    await end(network);
    expect(await stopsOf()).toEqual({ sector: 'POLICE', stops: 0, visits: 0 });
  });
});

const held = { stop: south.stop, held: true, version: 1 };

describe.each(testDatabases)('Mutation.recordStopHeld on $name', (kind) => {
  it('records whether a stop took place, also after the return, and can be corrected', async () => {
    await using network = await openTestVisits(kind);
    await depart(network);
    const selection = 'status statusReason version';
    expect(await network.done('recordStopHeld', held, selection)).toEqual({
      status: 'HELD',
      statusReason: null,
      version: 2,
    });
    await network.update(Visit, south.visit, { returnedOn: week.endsOn });
    const corrected = { ...held, held: false, reason: 'The bus was late.', version: 2 };
    expect(await network.done('recordStopHeld', corrected, selection)).toEqual({
      status: 'NOT_HELD',
      statusReason: 'The bus was late.',
      version: 3,
    });
  });

  it('is refused by FUTURE until the day of the stop has begun somewhere on Earth', async () => {
    await using before = await openTestVisits(kind, {}, '2030-05-06T09:59:00Z');
    await depart(before);
    for (const input of [held, { ...held, held: false, version: 2 }]) {
      expect(await before.refusal('recordStopHeld', input)).toMatchObject({
        rule: 'FUTURE',
        argument: 'input.stop',
      });
    }
    await using begun = await openTestVisits(kind, {}, '2030-05-06T10:00:00Z');
    await depart(begun);
    await begun.done('recordStopHeld', held);
  });

  it('took place only between the departure and the return, which cannot pass it later', async () => {
    // The stop is on 7 May.
    await using network = await openTestVisits(kind);
    const elsewhere = { rule: 'DATE_ORDER', argument: 'input.stop' };
    const notHeld = { ...held, held: false };
    for (const [version, travelled] of [
      [1, { departedOn: '2030-05-04', returnedOn: '2030-05-06' }],
      [2, { departedOn: '2030-05-08', returnedOn: null }],
    ] as const) {
      await network.update(Visit, south.visit, travelled);
      const refused = await network.refusal('recordStopHeld', { ...held, version });
      expect(refused).toMatchObject(elsewhere);
      await network.done('recordStopHeld', { ...notHeld, version });
    }
    await depart(network);
    await network.done('recordStopHeld', { ...held, version: 3 });
    for (const [mutation, on] of [
      ['recordDeparture', '2030-05-08'],
      ['recordReturn', '2030-05-06'],
    ] as const) {
      const step = { id: south.visit, on, version: 1 };
      const refused = await network.refusal(mutation, step);
      expect(refused).toMatchObject({ rule: 'DATE_ORDER', argument: 'input.on' });
    }
    await network.done('recordReturn', { id: south.visit, on: '2030-05-07', version: 1 });
  });

  it('is refused before the departure, of another version, and once the programme is evaluated', async () => {
    await using network = await openTestVisits(kind, {
      OfficeSignature: () => ({ programme: { officeSignatureCount: 1 } }),
    });
    expect(await network.refusal('recordStopHeld', held)).toMatchObject({
      rule: 'NOT_DEPARTED',
      argument: 'input.stop',
    });
    await depart(network);
    expect(await network.refusal('recordStopHeld', { ...held, version: 2 })).toMatchObject({
      code: 'CONFLICT',
      currentVersion: 1,
    });
    await network.insert(EvaluationSignature, { programmeId: programme, signedOn: '2030-12-01' });
    expect(await network.refusal('recordStopHeld', held)).toMatchObject({
      rule: 'EVALUATED',
      argument: 'input.stop',
    });
  });
});

const contact = { stop: north.stop, status: 'ASKED', on: '2030-01-10', version: 1 };

describe.each(testDatabases)('Mutation.recordSiteContact on $name', (kind) => {
  it('records each step, until after the return', async () => {
    await using network = await openTestVisits(kind);
    const selection = 'status siteContact siteContactOn version';
    expect(await network.done('recordSiteContact', contact, selection)).toEqual({
      status: 'PLANNED',
      siteContact: 'ASKED',
      siteContactOn: '2030-01-10',
      version: 2,
    });
    await network.update(Visit, north.visit, {
      departedOn: week.startsOn,
      returnedOn: week.endsOn,
    });
    const thanked = { ...contact, status: 'THANKED', on: '2030-05-07', version: 2 };
    expect(await network.done('recordSiteContact', thanked, selection)).toMatchObject({
      siteContact: 'THANKED',
      siteContactOn: '2030-05-07',
    });
  });

  it.each([
    [
      { status: 'THANKED', on: '2030-05-06' },
      { rule: 'DATE_ORDER', argument: 'input.on' },
    ],
    [{ stop: 'nbnp:none' }, { code: 'NOT_FOUND', argument: 'input.stop' }],
    [{ version: 2 }, { code: 'CONFLICT', currentVersion: 1 }],
  ])('refuses %j', async (more, refusal) => {
    await using network = await openTestVisits(kind);
    const refused = await network.refusal('recordSiteContact', { ...contact, ...more });
    expect(refused).toMatchObject(refusal);
  });
});

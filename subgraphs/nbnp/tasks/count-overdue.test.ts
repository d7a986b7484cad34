import { anonymous, type Reader } from '@hub/shared/identity';
import { overdueTasksPath } from '@hub/shared/partner';
import { readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { everythingWaits, openTestTasks, type TestTasks } from '../testing/test-tasks.js';
import { north, programme, south } from '../testing/test-visits.js';

/** The hub’s own request, which has no caller. */
async function count(network: TestTasks, as: Reader = anonymous): Promise<string[]> {
  const { overdue } = (await network.post(overdueTasksPath, as)) as {
    readonly overdue: readonly { organisation: string; kind: string; countAtLeast: number }[];
  };
  return overdue
    .map(({ organisation, kind, countAtLeast }) => `${organisation} ${kind} ${countAtLeast}`)
    .toSorted();
}

/** The visits begin on 6 May 2030, and so what they wait for is due on that day. */
const dueDay = '2030-05-06T23:59:59Z';
const dayAfter = '2030-05-07T00:00:00Z';

/** What waits past its day, counted by hand in `test-visits.ts` and `test-tasks.ts`. */
const overdue = [
  // Denmark’s officer for the south.
  'dk COMPLETE_FORMALITIES 1',
  // Five police forces have nominated nobody for the south, nor has Lithuania.
  ...['ee', 'is', 'lt', 'lv', 'no', 'se'].map((code) => `${code} NOMINATE 1`),
  'fi CONFIRM_HOSTING 1',
  'fi CONFIRM_STOP 1',
  'lt DECIDE_LOAN 1',
  'nbnp DECIDE_NOMINATION 1',
  // Both groups should have left.
  'nbnp RECORD_DEPARTURE 2',
  'nbnp REPLACE_HOST 1',
  'ncm BRIEF_GROUP 1',
  'ncm COMPLETE_FORMALITIES 1',
  'ncm CONFIRM_HOSTING 1',
  'ncm CONFIRM_STOP 1',
  'ncm DECIDE_NOMINATION 1',
  'ncm OFFER_HOSTING 1',
].toSorted();

const open = (kind: Parameters<typeof openTestTasks>[0], now: string, facts = everythingWaits) =>
  openTestTasks(kind, { ...facts }, {}, now);

describe.each(testDatabases)('POST /overdue-tasks on $name', (kind) => {
  it('counts what waits for each organisation from the day after it is due', async () => {
    await using before = await open(kind, dueDay);
    expect(await count(before)).toEqual([]);
    await using after = await open(kind, dayAfter);
    expect(await count(after)).toEqual(overdue);
  });

  it('counts what is past a deadline of the programme, long before the departure', async () => {
    await using network = await open(kind, '2030-04-07T00:00:00Z');
    expect(await count(network)).toEqual([]);
    const deadlines = [
      { kind: 'HOST_CONFIRMATION', days: 30 },
      { kind: 'BRIEFING', days: 10 },
    ];
    await network.update(Programme, programme, { deadlines });
    const hosts = /(CONFIRM_HOSTING|CONFIRM_STOP|OFFER_HOSTING) \d$/;
    expect(await count(network)).toEqual(overdue.filter((each) => hosts.test(each)));
    await using dayBefore = await open(kind, '2030-04-06T23:59:59Z');
    await dayBefore.update(Programme, programme, { deadlines });
    expect(await count(dayBefore)).toEqual([]);
  });

  it('counts for a police force that joined later, such as a host in Germany', async () => {
    await using network = await open(kind, dayAfter);
    await network.update(ItineraryStop, north.stop, { hostCountry: 'DE', hostOwner: 'de' });
    const moved = overdue.map((each) => each.replace('fi CONFIRM_STOP', 'de CONFIRM_STOP'));
    // It has nominated nobody for the south either.
    expect(await count(network)).toEqual([...moved, 'de NOMINATE 1'].toSorted());
  });

  it('counts no longer what was done', async () => {
    await using network = await open(kind, dayAfter);
    await network.update(Visit, south.visit, { departedOn: '2030-05-06' });
    const counted = await count(network);
    expect(counted).toContain('nbnp RECORD_DEPARTURE 1');
    expect(counted.filter((each) => each.includes('NOMINATE'))).toEqual([]);
  });

  it('counts nothing of a rehearsal', async () => {
    await using network = await open(kind, dayAfter);
    await network.update(Programme, programme, { isRehearsal: true });
    expect(await count(network)).toEqual([]);
  });

  it('counts only what is certain while others are unavailable', async () => {
    await using network = await open(kind, dayAfter, {});
    network.missing.push('dk', 'fi', 'lt', 'ncm');
    expect(await count(network)).toEqual(['nbnp RECORD_DEPARTURE 2']);
  });

  it('has no id of a task, a person or a group', async () => {
    await using network = await open(kind, dayAfter);
    expect(JSON.stringify(await network.post(overdueTasksPath, anonymous))).not.toContain(
      ':"nbnp:',
    );
    for (const id of [/officer-1/, /south/, /north/, /expert/])
      expect(JSON.stringify(await network.post(overdueTasksPath, anonymous))).not.toMatch(id);
  });

  it('refuses every caller, its own too', async () => {
    await using network = await open(kind, dayAfter);
    for (const organisation of ['nbnp', 'ncm', 'dk'])
      for (const role of ['analyst', 'coordinator', 'liaison', 'auditor', 'service'] as const)
        expect(await network.post(overdueTasksPath, readerOf(organisation, role))).toMatchObject({
          errors: [{ extensions: { code: 'FORBIDDEN' } }],
        });
    expect(network.requests).toEqual([]);
  });
});

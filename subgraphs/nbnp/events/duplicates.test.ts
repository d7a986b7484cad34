import { readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Event } from '../entities/event.entity.js';
import { partiesHub as hub, insertOrganisation, organisation } from '../testing/test-parties.js';
import { openTestVisits } from '../testing/test-visits.js';

const event = {
  title: 'Séminaire à Klaipėda',
  kind: 'SEMINAR',
  startsOn: '2030-09-14',
  city: 'Klaipėda',
  organisers: ['ee:unit', organisation],
};
const coordinator = readerOf('nbnp', 'coordinator');

describe.each(testDatabases)('DUPLICATE of an event on $name', (kind) => {
  it('is refused with the id of the first, unless it is another', async () => {
    await using network = await openTestVisits(kind, hub);
    await insertOrganisation(network);
    const { id } = await network.done('recordEvent', event);
    for (const change of [
      {},
      { title: 'SEMINAIRE A KLAIPEDA', city: 'klaipeda' },
      { organisers: event.organisers.toReversed() },
      { kind: 'CONFERENCE', endsOn: '2030-09-16', venue: 'A hall', isAnother: false },
    ]) {
      const refusal = await network.refusal('recordEvent', { ...event, ...change });
      expect(refusal, JSON.stringify(change)).toEqual({
        code: 'RULE_VIOLATED',
        rule: 'DUPLICATE',
        argument: 'input.title',
        id,
      });
    }
    // Another police force's own coordinator gets the same: events are open.
    const foreign = await network.refusal('recordEvent', event, readerOf('ee', 'coordinator'));
    expect(foreign).toMatchObject({ rule: 'DUPLICATE', id });
    for (const change of [
      { title: 'Séminaire à Vilnius' },
      { startsOn: '2030-09-15' },
      { startsOn: '2030-09' },
      { startsOn: null },
      { city: 'Vilnius' },
      { city: null },
      { organisers: ['ee:unit'] },
      { organisers: [...event.organisers, 'ncm:led'] },
      { isAnother: true },
    ])
      await network.done('recordEvent', { ...event, ...change });
    const undated = await network.refusal('recordEvent', { ...event, startsOn: null });
    expect(undated).toMatchObject({ rule: 'DUPLICATE' });
  });

  it('leaves one of twenty simultaneous recordings', async () => {
    await using network = await openTestVisits(kind, hub);
    await insertOrganisation(network);
    const calls = Array.from({ length: 20 }, () =>
      network.change('recordEvent', event, 'id', coordinator),
    );
    const answers = await Promise.all(calls);
    const refusals = answers.flatMap(({ errors }) => errors ?? []);
    const duplicate = { extensions: { code: 'RULE_VIOLATED', rule: 'DUPLICATE' } };
    expect(refusals).toMatchObject(Array(19).fill(duplicate));
    expect(await network.source.manager.countBy(Event, { city: event.city })).toBe(1);
  });
});

import { bothDatabases, readerOf } from '@hub/shared/testing';
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
const toRoles = (parties: readonly string[]) =>
  parties.map((party) => ({ role: 'ORGANISER', party }));
const coordinator = readerOf('nbnp', 'coordinator');

describe.each(bothDatabases)('DUPLICATE of an event on $name', (kind) => {
  it('is refused with the id of the first, unless it is another', async () => {
    await using network = await openTestVisits(kind, hub);
    await insertOrganisation(network);
    const { id } = await network.done('recordEvent', event);
    for (const change of [
      {},
      { title: 'SEMINAIRE A KLAIPEDA', city: 'klaipeda' },
      { title: ' «Séminaire»  à\u00a0Klaipėda.', city: 'Klaipėda ' },
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
      { title: 'Séminaire àKlaipėda' },
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

  /** What makes another event the same as `event`, and the argument that the refusal names. */
  const changes = [
    ['title', { title: 'Séminaire à Vilnius' }, { title: 'SEMINAIRE A KLAIPEDA' }],
    ['startsOn', { startsOn: '2030-09-15' }, { startsOn: event.startsOn }],
    ['city', { city: 'Vilnius' }, { city: 'klaipeda' }],
    ['roles', { organisers: ['ee:unit'] }, { roles: toRoles(event.organisers) }],
  ] as const;

  it.each(changes)('is refused of a change of %s, unless it is another', async (name, from, to) => {
    await using network = await openTestVisits(kind, hub);
    await insertOrganisation(network);
    const { id } = await network.done('recordEvent', event);
    const other = await network.done('recordEvent', { ...event, ...from });
    const change = { event: other.id, version: 1, ...to };
    for (const more of [{}, { isAnother: false }, { venue: 'A hall' }])
      expect(await network.refusal('changeEvent', { ...change, ...more })).toEqual({
        code: 'RULE_VIOLATED',
        rule: 'DUPLICATE',
        argument: `input.${name}`,
        id,
      });
    await network.done('changeEvent', { ...change, isAnother: true });
    // It stays another, whatever else changes.
    await network.done('changeEvent', { event: other.id, version: 2, venue: 'A hall' });
    await network.done('changeEvent', { ...change, version: 3 });
  });

  it('is refused of the removal of an organiser, unless it is another', async () => {
    await using network = await openTestVisits(kind, hub);
    await insertOrganisation(network);
    const { id } = await network.done('recordEvent', event);
    const organisers = [...event.organisers, 'ncm:led'];
    const other = await network.done('recordEvent', { ...event, organisers });
    const removal = { event: other.id, party: 'ncm:led', role: 'ORGANISER', version: 1 };
    expect(await network.refusal('removeEventRole', removal)).toMatchObject({
      rule: 'DUPLICATE',
      argument: 'input.party',
      id,
    });
    await network.done('removeEventRole', { ...removal, isAnother: true });
  });

  it('counts the organisers among the further roles', async () => {
    await using network = await openTestVisits(kind, hub);
    await insertOrganisation(network);
    await network.done('recordEvent', event);
    const [first = '', ...others] = event.organisers;
    const same = { ...event, organisers: [first], roles: toRoles(others) };
    expect(await network.refusal('recordEvent', same)).toMatchObject({ rule: 'DUPLICATE' });
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

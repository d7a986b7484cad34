import { anonymous } from '@hub/shared/identity';
import { readerOf, testDatabases, type TestDatabaseKind } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Group } from '../entities/group.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { Organisation } from '../entities/organisation.entity.js';
import { Visit, VisitHost } from '../entities/visit.entity.js';
import { readersOf } from '../testing/test-outcomes.js';
import { north, openTestVisits, south, week } from '../testing/test-visits.js';

const police = 'nbnp:pl-police';
const confirm = { stop: north.stop, on: '2026-11-02', stopVersion: 1 };
const recorded =
  'networkConfirmedVersion networkConfirmedOn confirmingOrganisation { id } version hostOwner';

/** The network, with a stop of its visit in Poland, for which no partner answers. */
async function open(kind: TestDatabaseKind) {
  const network = await openTestVisits(kind, {}, '2026-12-01T12:00:00Z');
  await network.source.query(`UPDATE programmes SET starts_on = '2026'`);
  const host = { visitId: north.visit, country: 'PL', owner: 'nbnp', position: 2 };
  await network.insert(VisitHost, host);
  await network.update(ItineraryStop, north.stop, { hostCountry: 'PL', hostOwner: 'nbnp' });
  const organisation = { name: 'Police', variants: [], kind: 'police', searchText: 'police' };
  for (const id of [police, 'nbnp:another'])
    await network.insert(Organisation, { ...organisation, id });
  const merged = { id: 'nbnp:merged', mergedIntoId: police };
  await network.insert(Organisation, { ...organisation, ...merged });
  return network;
}

describe.each(testDatabases)('Mutation.confirmNetworkStop on $name', (kind) => {
  it('confirms a version of a stop that no partner hosts, and asks nobody', async () => {
    await using network = await open(kind);
    expect(await network.done('confirmNetworkStop', confirm, recorded)).toEqual({
      networkConfirmedVersion: 1,
      networkConfirmedOn: '2026-11-02',
      confirmingOrganisation: null,
      version: 1,
      hostOwner: 'nbnp',
    });
    expect(network.asked).toEqual([]);
    const changes = '{ networkChanges { nodes { subject mutation fields } } }';
    const fields = ['networkConfirmedOn', 'networkConfirmedVersion'];
    expect(await network.read(changes)).toEqual({
      networkChanges: {
        nodes: [{ subject: north.stop, mutation: 'confirmNetworkStop', fields }],
      },
    });
  });

  it('counts until the plan of the stop changes', async () => {
    await using network = await open(kind);
    const confirmed = async () => {
      const key = { __typename: 'ItineraryStop', id: north.stop };
      const hosts = { hostConfirmedVersion: null, officeConfirmedVersion: null };
      const [stop] = await network.entities(
        [{ ...key, ...hosts }],
        '... on ItineraryStop { confirmed }',
      );
      return stop;
    };
    expect(await confirmed()).toEqual({ confirmed: false });
    await network.done('confirmNetworkStop', { ...confirm, organisation: police });
    expect(await confirmed()).toEqual({ confirmed: true });
    const noted = { stop: north.stop, note: 'Bring a passport.', version: 1 };
    await network.done('changeItineraryStop', noted);
    expect(await confirmed()).toEqual({ confirmed: true });
    await network.done('changeItineraryStop', { ...noted, title: 'Another', version: 2 });
    expect(await confirmed()).toEqual({ confirmed: false });
    await network.done('confirmNetworkStop', { ...confirm, stopVersion: 3 });
    expect(await confirmed()).toEqual({ confirmed: true });
  });

  it('is corrected only by those who have seen the day or organisation that is recorded', async () => {
    await using network = await open(kind);
    await network.done('confirmNetworkStop', { ...confirm, organisation: police });
    // The same again changes nothing.
    await network.done('confirmNetworkStop', { ...confirm, organisation: police });
    const stale = { code: 'CONFLICT', currentVersion: 1, argument: 'input.recordedOn' };
    for (const change of [{ on: '2026-11-03' }, { organisation: 'nbnp:another' }]) {
      const again = { ...confirm, organisation: police, ...change };
      expect(await network.refusal('confirmNetworkStop', again)).toMatchObject(stale);
    }
    const seen = { ...confirm, on: '2026-11-03', recordedOn: '2026-11-02' };
    expect(await network.done('confirmNetworkStop', seen, recorded)).toMatchObject({
      networkConfirmedOn: '2026-11-03',
      confirmingOrganisation: null,
    });
  });

  it.each<[string, object, object]>([
    ['an unknown stop', { stop: 'nbnp:none' }, { code: 'NOT_FOUND', argument: 'input.stop' }],
    [
      'an unknown organisation',
      { organisation: 'pl:police' },
      { code: 'NOT_FOUND', argument: 'input.organisation' },
    ],
    [
      'an organisation that is another one now',
      { organisation: 'nbnp:merged' },
      { rule: 'MERGED', argument: 'input.organisation' },
    ],
    ['a day to come', { on: '2026-12-03' }, { rule: 'FUTURE', argument: 'input.on' }],
    ['a day before the programme', { on: '2025-12-31' }, { rule: 'OUTSIDE_PROGRAMME' }],
    [
      'another version',
      { stopVersion: 2 },
      { code: 'CONFLICT', currentVersion: 1, argument: 'input.stopVersion' },
    ],
    [
      'a stop that the offices host',
      { stop: south.stop },
      { rule: 'HOST_COUNTRY', argument: 'input.stop', situation: 'STOP_ELSEWHERE' },
    ],
  ])('refuses %s', async (_what, change, refusal) => {
    await using network = await open(kind);
    const refused = await network.refusal('confirmNetworkStop', { ...confirm, ...change });
    expect(refused).toMatchObject(refusal);
  });

  it('refuses a stop that a police force hosts', async () => {
    await using network = await open(kind);
    await network.update(ItineraryStop, north.stop, { hostOwner: 'pl' });
    const refused = await network.refusal('confirmNetworkStop', confirm);
    expect(refused).toMatchObject({ rule: 'HOST_COUNTRY', situation: 'STOP_ELSEWHERE' });
  });

  it('refuses what does not take place any more', async () => {
    await using network = await open(kind);
    const rule = async () => (await network.refusal('confirmNetworkStop', confirm))['rule'];
    await network.update(Visit, north.visit, { returnedOn: week.endsOn });
    expect(await rule()).toBe('RETURNED');
    await network.update(Visit, north.visit, { returnedOn: null, cancelledOn: '2026-11-01' });
    expect(await rule()).toBe('CANCELLED');
    await network.update(Visit, north.visit, { cancelledOn: null });
    await network.update(Group, north.group, { cancelledOn: '2026-11-01' });
    expect(await rule()).toBe('CANCELLED');
    await network.update(Group, north.group, { cancelledOn: null });
    await network.update(ItineraryStop, north.stop, { status: 'CALLED_OFF' });
    expect(await rule()).toBe('CANCELLED');
  });

  it('keeps the stop: a confirmed one can be called off alone', async () => {
    await using network = await open(kind);
    await network.done('confirmNetworkStop', confirm);
    const remove = { stop: north.stop, version: 1 };
    expect(await network.refusal('removeItineraryStop', remove)).toMatchObject({
      rule: 'CONFIRMED',
      argument: 'input.stop',
    });
    await network.update(ItineraryStop, north.stop, { networkConfirmedVersion: 0 });
    await network.done('removeItineraryStop', remove);
    expect(network.asked).toEqual([]);
  });

  it('is for co-ordinators and liaisons of the network, whether the stop exists or not', async () => {
    await using network = await open(kind);
    const allowed = ['coordinator of nbnp', 'liaison of nbnp'];
    const others = [...readersOf(['nbnp', 'ncm', 'fi'])].filter(
      ([name]) => !allowed.includes(name),
    );
    expect(others).toContainEqual(['anonymous', anonymous]);
    for (const [reader, who] of others)
      for (const stop of [north.stop, 'nbnp:none']) {
        const refused = await network.refusal('confirmNetworkStop', { ...confirm, stop }, who);
        expect(refused, reader).toMatchObject({ code: 'FORBIDDEN' });
      }
    const liaison = readerOf('nbnp', 'liaison');
    const { errors } = await network.change('confirmNetworkStop', confirm, 'id', liaison);
    expect(errors).toBeUndefined();
  });
});

describe.each(testDatabases)('who answers for a stop on $name', (kind) => {
  const stop = { visit: north.visit, day: week.startsOn, title: 'A stop', sector: 'NGO' };

  it.each([
    ['FI', 'fi'],
    ['RU', 'ncm'],
    ['PL', 'nbnp'],
  ])('in %s is who answers for the host: %s', async (hostCountry, hostOwner) => {
    await using network = await open(kind);
    const added = await network.done(
      'addItineraryStop',
      { ...stop, hostCountry },
      'hostOwner networkConfirmedVersion networkConfirmedOn confirmingOrganisation { id }',
    );
    const unconfirmed = { networkConfirmedVersion: 0, networkConfirmedOn: null };
    expect(added).toEqual({ hostOwner, ...unconfirmed, confirmingOrganisation: null });
  });

  it('has no site where no partner answers', async () => {
    await using network = await open(kind);
    for (const site of ['fi:site', 'ncm:site', 'pl:site']) {
      const refused = await network.refusal('addItineraryStop', {
        ...stop,
        hostCountry: 'PL',
        site,
      });
      expect(refused).toMatchObject({ rule: 'SITE_ELSEWHERE', argument: 'input.site' });
    }
  });

  it('is decided again when the hosts are written, and when the stop is planned again', async () => {
    await using network = await open(kind);
    const ownerOf = async () =>
      (await network.source.manager.findOneByOrFail(ItineraryStop, { id: north.stop })).hostOwner;
    await network.update(ItineraryStop, north.stop, { hostCountry: 'FI', hostOwner: 'nbnp' });
    const change = { visit: north.visit, hostCountries: ['RU', 'FI'], version: 1 };
    const selection = 'hostCountries hosts { country owner }';
    expect(await network.done('changeVisit', change, selection)).toEqual({
      hostCountries: ['RU', 'FI'],
      hosts: [
        { country: 'RU', owner: 'ncm' },
        { country: 'FI', owner: 'fi' },
      ],
    });
    expect(await ownerOf()).toBe('fi');
    const off = { status: 'CALLED_OFF', hostOwner: 'nbnp' };
    await network.update(ItineraryStop, north.stop, off);
    await network.done('resumeItineraryStop', { stop: north.stop, version: 1 });
    expect(await ownerOf()).toBe('fi');
  });
});

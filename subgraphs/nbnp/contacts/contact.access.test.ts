import { HubError } from '@hub/shared/errors';
import { anonymous, type Reader } from '@hub/shared/identity';
import { readerOf, testDatabases, type TestPartner } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Group } from '../entities/group.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { Side, SideParty } from '../entities/side.entity.js';
import { Absence, ExpertAssignment, Visit, VisitHost } from '../entities/visit.entity.js';
import { journeys, openTestJourneys, organisations } from '../testing/test-journeys.js';
import { readersOf } from '../testing/test-outcomes.js';

/** Each visit has its own host, site and member, so that any data of a visit names one of them. */
const namesOf = (id: string) => ({
  host: id.replace('nbnp:visit', 'fi:host'),
  office: id.replace('nbnp:visit', 'ncm:host'),
  site: id.replace('visit', 'site'),
});

/** What the hosts and the senders know of the journeys, as the hub returns it. */
function answer(field: string, id: string) {
  if (field === 'group')
    return {
      acceptedOfficers: [
        { id: id.replace('nbnp:', 'dk:officer-'), unit: { id: id.replace('nbnp:', 'dk:') } },
      ],
    };
  if (field === 'office') return { country: 'RU', parent: null };
  const { host, office, site } = namesOf(id);
  const stop = {
    id: id.replace('visit', 'stop'),
    hostCountry: 'FI',
    version: 1,
    hostConfirmedVersion: 1,
    officeConfirmedVersion: 0,
  };
  return {
    hostings: [{ status: 'CONFIRMED', unit: { id: host } }],
    regionalHostings: [{ status: 'CONFIRMED', office: { id: office } }],
    stops: [{ ...stop, confirmingUnit: { id: host }, site: { organisation: { id: site } } }],
  };
}

const questions = `{
  contacts(minimum: 1, first: 1000) { totalCount nodes { strength firstOn lastOn parties { id }
    evidence { basis on visit { id } } } }
  countries: contacts(minimum: 1, filter: { level: COUNTRY }) { nodes { strength firstOn lastOn countries } }
  paths: contactPaths(from: "dk:arranged", to: "ncm:led") { length parties { id } }
  others: contactPaths(from: "dk:alone", to: "ncm:led") { length parties { id } }
  centralities(first: 1000) { degree betweenness component party { id } }
  without: centralities(first: 1000, without: ["nbnp:nbnp"]) { degree betweenness component party { id } }
  contactNetwork(around: "nbnp:nbnp", distance: 3) { parties { id } contacts { strength parties { id } } }
}`;

interface Found {
  readonly contacts: {
    readonly nodes: readonly {
      readonly evidence: readonly { readonly visit: { readonly id: string } | null }[];
    }[];
  };
}

/**
 * The visits that count as contacts for a caller: ended ones whose stops the caller may read; for
 * anonymous callers and participants, all that ended.
 */
async function readVisits(network: TestPartner, reader: Reader): Promise<readonly string[]> {
  const ended = journeys.filter(({ hasEnded }) => hasEnded).map(({ id }) => id);
  if (reader.kind !== 'person') return ended;
  const shown = ended.map(async (id) => {
    const query = 'query ($id: ID!) { visit(id: $id) { stops { id } } }';
    const { data } = await network.ask(query, { id }, reader);
    return (data?.['visit'] as { stops: unknown } | null)?.stops ? id : [];
  });
  return (await Promise.all(shown)).flat();
}

/** Removes all other visits and their records. */
async function keepVisits({ source: { manager } }: TestPartner, kept: readonly string[]) {
  for (const { id } of journeys) {
    if (kept.includes(id)) continue;
    await manager.delete(ExpertAssignment, { visitId: id });
    await manager.delete(ItineraryStop, { visitId: id });
    await manager.delete(VisitHost, { visitId: id });
    await manager.delete(Visit, { id });
  }
}

describe.each(testDatabases)('ContactEvidence.visit on $name', (kind) => {
  it('lists ended visits whose itinerary the caller may read, and for anonymous callers all ended visits', async () => {
    await using network = await openTestJourneys(kind, answer);
    for (const [name, reader] of readersOf(organisations)) {
      const { contacts } = await network.read<Found>(questions, {}, reader);
      const visits = contacts.nodes.flatMap(({ evidence }) =>
        evidence.flatMap(({ visit }) => visit?.id ?? []),
      );
      const expected = [...(await readVisits(network, reader))];
      expect([...new Set(visits)].sort(), name).toEqual(expected.sort());
    }
  });

  it('depends on no other visit, nor does any count, path, centrality or date', async () => {
    await using network = await openTestJourneys(kind, answer);
    const readers = [...readersOf(organisations)];
    const known = await Promise.all(
      readers.map(async ([name, reader]) => ({
        name,
        reader,
        visits: await readVisits(network, reader),
        answer: await network.ask(questions, {}, reader),
      })),
    );
    // Auditors may read no itinerary, so they know no visit.
    expect(new Set(known.map(({ visits }) => visits.join(' '))).size).toBeGreaterThan(1);
    // Each case has fewer visits, so one database serves all cases.
    const bySize = known.toSorted((a, b) => b.visits.length - a.visits.length);
    for (const { name, reader, visits, answer: before } of bySize) {
      await keepVisits(network, visits);
      expect(await network.ask(questions, {}, reader), name).toEqual(before);
    }
  });

  it('appears once the return is recorded, and never by the planned end', async () => {
    await using network = await openTestJourneys(kind, answer);
    const id = 'nbnp:visit-arranged-ahead';
    const read = async (returnedOn: string | null, departedOn: string | null) => {
      const days = { endsOn: '2026-10-20', departedOn, returnedOn };
      await network.source.manager.update(Visit, { id }, days);
      const { contacts } = await network.read<Found>(questions, {}, readerOf('se', 'analyst'));
      return contacts.nodes.some(({ evidence }) => evidence.some(({ visit }) => visit?.id === id));
    };
    expect(await read(null, '2026-10-15')).toBe(false);
    expect(await read('2026-11-26', '2026-10-15')).toBe(false);
    expect(await read('2026-10-21', '2026-10-15')).toBe(true);
    expect(await read('2026-10-21', null)).toBe(false);
  });

  it.each([
    ['fi', 'fi:confirming'],
    ['ncm', 'ncm:confirming'],
    ['nbnp', 'nbnp:organisation'],
  ])('brings together who confirmed a stop of %s, and no other: %s', async (hostOwner, party) => {
    const id = 'nbnp:stop-arranged-ended';
    const stops = [
      {
        id,
        hostConfirmedVersion: 1,
        officeConfirmedVersion: 1,
        confirmingUnit: { id: 'fi:confirming' },
        confirmingOffice: { id: 'ncm:confirming' },
      },
    ];
    await using network = await openTestJourneys(kind, (field, record) => ({
      ...answer(field, record),
      ...(record === 'nbnp:visit-arranged-ended' && { stops }),
    }));
    await network.source.query('UPDATE itinerary_stops SET network_confirmed_version = 0');
    const confirmation = { hostOwner, networkConfirmedVersion: 1 };
    await network.source.manager.update(ItineraryStop, { id }, confirmation);
    const found: string[] = [];
    for (const one of ['fi:confirming', 'ncm:confirming', 'nbnp:organisation']) {
      const { contacts } = await network.read<{ contacts: { totalCount: number } }>(
        'query ($party: ID!) { contacts(minimum: 1, filter: { party: $party }) { totalCount } }',
        { party: one },
      );
      if (contacts.totalCount > 0) found.push(one);
    }
    expect(found).toEqual([party]);
  });

  it('brings the offices together that co-ordinate the sides of the group', async () => {
    await using network = await openTestJourneys(kind, answer);
    const { manager } = network.source;
    const programmeId = 'nbnp:programme';
    const ends = ['from', 'to'].map((name, position) => ({
      id: `nbnp:${name}`,
      programmeId,
      position,
      name,
      countries: ['LV'],
      regionCodes: [],
      ownSectors: null,
    }));
    await manager.insert(Side, ends);
    await manager.insert(
      SideParty,
      ends.map(({ id: sideId, name }) => ({
        sideId,
        part: 'COORDINATOR' as const,
        partyId: `ncm:${name}`,
        programmeId,
        position: 0,
      })),
    );
    const between = { direction: null, fromSideId: 'nbnp:from', toSideId: 'nbnp:to' };
    await manager.update(Group, { id: 'nbnp:arranged' }, between);
    for (const party of ['ncm:from', 'ncm:to']) {
      const { contacts } = await network.read<{ contacts: { totalCount: number } }>(
        'query ($party: ID!) { contacts(minimum: 1, filter: { party: $party }) { totalCount } }',
        { party },
      );
      expect(contacts.totalCount, party).toBeGreaterThan(0);
    }
  });

  it.each([
    ['PLANNED', true],
    ['HELD', true],
    ['CALLED_OFF', false],
    ['NOT_HELD', false],
  ] as const)(
    'brings the owner of a site together with others if its stop is %s: %s',
    async (status, counts) => {
      await using network = await openTestJourneys(kind, answer);
      const id = 'nbnp:stop-arranged-ended';
      await network.source.manager.update(ItineraryStop, { id }, { status });
      const { contacts } = await network.read<{ contacts: { totalCount: number } }>(
        '{ contacts(minimum: 1, filter: { party: "nbnp:site-arranged-ended" }) { totalCount } }',
      );
      expect(contacts.totalCount > 0).toBe(counts);
    },
  );

  it.each([
    ['OFFERED', false],
    ['CONFIRMED', true],
    ['WITHDRAWN', false],
  ])(
    'brings an office in Russia together with others if its hosting is %s: %s',
    async (status, counts) => {
      await using network = await openTestJourneys(kind, (field, id) => ({
        ...answer(field, id),
        regionalHostings: [{ status, office: { id: namesOf(id).office } }],
      }));
      const { contacts } = await network.read<{ contacts: { totalCount: number } }>(
        '{ contacts(minimum: 1, filter: { party: "ncm:host-arranged-ended", via: [VISIT] }) { totalCount } }',
      );
      expect(contacts.totalCount > 0).toBe(counts);
    },
  );

  it('brings the unit of a member together with others only if she travelled', async () => {
    await using network = await openTestJourneys(kind, answer);
    const read = async () => {
      const query = '{ contacts(minimum: 1, filter: { party: "dk:arranged" }) { totalCount } }';
      const { contacts } = await network.read<{ contacts: { totalCount: number } }>(query);
      return contacts.totalCount > 0;
    };
    expect(await read()).toBe(true);
    const visits = await network.source.manager.findBy(Visit, { groupId: 'nbnp:arranged' });
    const absence = { groupId: 'nbnp:arranged', participantId: 'dk:officer-arranged' };
    const reason = 'ILLNESS' as const;
    for (const { id: visitId } of visits)
      await network.source.manager.insert(Absence, {
        ...absence,
        visitId,
        from: '2000-01-01',
        reason,
      });
    expect(await read()).toBe(false);
  });

  it('names at each field the partners that are unavailable, and returns what is known', async () => {
    await using network = await openTestJourneys(kind, (field, id) => {
      if (field === 'office') throw new HubError('PARTNER_UNAVAILABLE', { partner: 'ncm' });
      if (id === 'nbnp:alone') throw new HubError('PARTNER_TIMED_OUT', { partner: 'dk' });
      return answer(field, id);
    });
    const query = `{
      contacts(minimum: 1, first: 1000) { nodes { parties { id } } }
      countries: contacts(minimum: 1, filter: { level: COUNTRY }) { nodes { countries } }
      parents: contacts(minimum: 1, first: 1000, filter: { level: PARENT }) { nodes { parties { id } } }
    }`;
    const { data, errors = [] } = await network.ask(query, {}, anonymous);
    // The units of the members are requested together, so none of them is known.
    const said = errors.map(({ path, extensions }) => [path?.join('.'), extensions.code]).sort();
    expect(said).toEqual([
      ['contacts', 'PARTNER_TIMED_OUT'],
      ['countries', 'PARTNER_TIMED_OUT'],
      ['countries', 'PARTNER_UNAVAILABLE'],
      ['parents', 'PARTNER_TIMED_OUT'],
      ['parents', 'PARTNER_UNAVAILABLE'],
    ]);
    const idsOf = (list: string) => JSON.stringify(data?.[list]);
    expect(idsOf('contacts')).toContain('ncm:led');
    expect(idsOf('contacts')).toContain('fi:host-alone-ended');
    expect(idsOf('parents')).not.toContain('ncm:led');
    expect(idsOf('parents')).toContain('fi:host-alone-ended');
    expect(idsOf('countries')).not.toContain('RU');
  });
});

import { anonymous } from '@hub/shared/identity';
import { bothDatabases, inner, type TestPartner } from '@hub/shared/testing';
import { readFileSync } from 'node:fs';
import { DataSource, type EntityManager } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { Event } from '../entities/event.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { openTestNetwork } from '../testing/test-partner.js';

interface Contact {
  readonly strength: number;
  readonly parties: readonly { readonly id: string }[];
  readonly events: readonly { readonly id: string }[];
}
interface Page {
  readonly contacts: {
    readonly nodes: readonly Contact[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly hasPreviousPage: boolean;
      readonly startCursor: string | null;
      readonly endCursor: string | null;
    };
    readonly totalCount: number;
  };
}

const readPage = async (network: TestPartner, variables: object): Promise<Page['contacts']> => {
  const { contacts } = await network.read<Page>(
    `query ($minimum: Int, $first: Int, $after: String, $last: Int, $before: String) {
      contacts(minimum: $minimum, first: $first, after: $after, last: $last, before: $before) {
      nodes { strength parties { id } events { id } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }`,
    { ...variables },
  );
  return contacts;
};

/** An event at which two parties met that no other event has. */
async function meetFirst(manager: EntityManager, name: string): Promise<void> {
  const event = await manager.findOneByOrFail(Event, { id: 'nbnp:mp-final' });
  const role = await manager.findOneByOrFail(PartyRole, { eventId: event.id });
  await manager.insert(Event, { ...event, id: `nbnp:${name}`, partOfId: null });
  for (const position of [0, 1]) {
    const own = { id: `nbnp:${name}-${position}`, partyId: `dk:${name}-${position}`, position };
    await manager.insert(PartyRole, { ...role, ...own, eventId: `nbnp:${name}` });
  }
}

/** The countries that a file of facts says were represented at an event. */
const representedAt = (event: string): string[] => {
  const file = new URL('../seed/facts/representations.csv', import.meta.url);
  const countries = readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => new RegExp(`^${event},(?:"[^"]*"|[^,]*),(\\w\\w),`).exec(line)?.[1] ?? []);
  return [...new Set(countries)].sort();
};
const pairsOf = (all: readonly string[]) =>
  all.flatMap((one, index) => all.slice(index + 1).map((other) => [one, other]));

describe.each(bothDatabases)('Query.contacts on $name', (kind) => {
  it('brings together all countries that were represented at an event', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const programme = 'nbnp:mobility-programme-2009-2010';
    const countries = representedAt('mp-final');
    expect(countries).toEqual(['DK', 'EE', 'FI', 'IS', 'LT', 'LV', 'NO', 'RU', 'SE']);
    const read = async (filter: object) => {
      // Without the offices, whose countries are unknown here.
      const { data } = await network.ask(
        `query ($filter: ContactFilter) { contacts(minimum: 1, first: 1000, filter: $filter) {
          nodes { countries evidence { basis event { id } } } } }`,
        { filter: { level: 'COUNTRY', via: ['REPRESENTATION'], programme, ...filter } },
      );
      const { nodes } = data?.['contacts'] as {
        readonly nodes: readonly { readonly countries: string[]; readonly evidence: object[] }[];
      };
      const final = JSON.stringify({ basis: 'REPRESENTATION', event: { id: 'nbnp:mp-final' } });
      return nodes
        .filter(({ evidence }) => JSON.stringify(evidence).includes(final))
        .map((contact) => contact.countries)
        .sort((a, b) => (a.join(' ') < b.join(' ') ? -1 : 1));
    };
    expect(await read({})).toEqual(pairsOf(countries));
    const ofIceland = pairsOf(countries).filter((pair) => pair.includes('IS'));
    expect(await read({ country: 'IS' })).toEqual(ofIceland);
    // The words name countries, and no party.
    expect(await read({ level: 'PARTY', party: 'DK' })).toEqual([]);
  });

  it('counts memberships and spokesmanships only if they are asked for', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const read = async (filter: object) => {
      const { contacts } = await network.read<{ contacts: { nodes: Evident[] } }>(
        `query ($filter: ContactFilter) { contacts(minimum: 1, first: 1000, filter: $filter) {
          nodes { countries parties { id } evidence { basis visit { id } event { id }
            memberships { country } spokesmanship { id country unit { id } } } } } }`,
        { filter },
      );
      return contacts.nodes;
    };
    interface Evident {
      readonly countries: string[];
      readonly parties: { readonly id: string }[];
      readonly evidence: {
        readonly basis: string;
        readonly memberships: { readonly country: string }[];
        readonly spokesmanship: { readonly id: string; readonly country: string } | null;
      }[];
    }
    const basesOf = (contacts: readonly Evident[]) =>
      new Set(contacts.flatMap(({ evidence }) => evidence.map(({ basis }) => basis)));
    expect(basesOf(await read({}))).not.toContain('MEMBERSHIP');
    const only = await read({ via: ['MEMBERSHIP'] });
    expect(basesOf(only)).toEqual(new Set(['MEMBERSHIP']));
    const { network: facts } = await network.read<{ network: Members }>(
      `{ network { members { country contact { id } } spokesmanships { id unit { id } } } }`,
    );
    interface Members {
      readonly members: { readonly country: string; readonly contact: { id: string } | null }[];
      readonly spokesmanships: { readonly id: string; readonly unit: { id: string } | null }[];
    }
    const units = facts.members.flatMap(({ contact }) => contact?.id ?? []);
    const withNetwork = only.filter(({ parties }) => parties.some(({ id }) => id === 'nbnp:nbnp'));
    const memberOf = ({ parties }: Evident) => parties.find(({ id }) => id !== 'nbnp:nbnp')?.id;
    const byMembership = withNetwork.filter(({ evidence }) => evidence[0]?.memberships.length);
    expect(byMembership.map(memberOf).sort()).toEqual(units.toSorted());
    expect(
      only
        .filter((contact) => !withNetwork.includes(contact))
        .map(({ parties }) => parties.map(({ id }) => id)),
    ).toEqual(pairsOf(units.toSorted()));
    const terms = only.flatMap(({ evidence }) =>
      evidence.flatMap((one) => one.spokesmanship ?? []),
    );
    expect(terms.map(({ id }) => id).sort()).toEqual(
      facts.spokesmanships.flatMap(({ id, unit }) => (unit ? id : [])).sort(),
    );
    const countries = await read({ via: ['MEMBERSHIP'], level: 'COUNTRY' });
    expect(countries.map((contact) => contact.countries)).toEqual(
      pairsOf(facts.members.map(({ country }) => country)),
    );
  });

  it('tells anonymous callers that an event is no visit', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const { data, errors } = await network.ask(
      '{ contacts(minimum: 1, first: 1000) { nodes { evidence { basis visit { id } } } } }',
      {},
      anonymous,
    );
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data)).toContain('{"basis":"EVENT","visit":null}');
  });

  it('lists parties with two things in common or more, the strongest first', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const { contacts } = await network.read<Page>(
      '{ contacts { nodes { strength parties { id } events { id } } totalCount } }',
    );
    expect(contacts.totalCount).toBe(5);
    expect(
      contacts.nodes.map(({ strength, parties, events }) => [
        strength,
        ...[...parties, ...events].map(({ id }) => id.replace('nbnp:', '')),
      ]),
    ).toEqual([
      [2, 'ee:ppa', 'nbnp', 'board-2024a', 'kf1-2014'],
      // Both also planned the programme.
      [2, 'nbnp', 'ncm:led', 'mp-final'],
      // The conference is a part of the project, which they organised as well.
      [2, 'nbnp', 'ncm:tll', 'conf-tll-2013', 'kf1-2014'],
      [2, 'ncm', 'ru-mfa-nw', 'exch-mfa-2008a', 'exch-mfa-2008b'],
      // The council was represented at the conference, without a role.
      [2, 'ncm', 'ru-spb-gov', 'mp-final', 'poi-2007'],
    ]);
  });

  it('shows a write at once, of this process or of another one', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const count = async () => (await readPage(network, { minimum: 1 })).totalCount;
    const before = await count();
    expect(await count()).toBe(before);
    await inner.inTransaction(network.source, (manager) => meetFirst(manager, 'own'));
    expect(await count()).toBe(before + 1);
    const other = new DataSource({ ...network.source.options, migrationsRun: false });
    await other.initialize();
    await meetFirst(other.manager, 'other');
    await other.destroy();
    expect(await count()).toBe(before + 2);
  });

  it('counts an event once for parties with several roles there', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const { nodes } = await readPage(network, { minimum: 1, first: 1000 });
    const found = nodes.find(
      ({ parties }) => parties[0]?.id === 'nbnp:iacis' && parties[1]?.id === 'nbnp:ru-spb-gov',
    );
    expect(found).toMatchObject({ strength: 1, events: [{ id: 'nbnp:mp-final' }] });
  });

  it('gives the kind, date and source of each piece of evidence', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const { contacts } = await network.read<{ contacts: { nodes: readonly object[] } }>(
      `{ contacts(filter: { party: "nbnp:nbnp", programme: "nbnp:mobility-programme-2009-2010" }) {
        nodes { parties { id } firstOn lastOn countries
          evidence { basis on source event { id } visit { id } programme { id } } } } }`,
    );
    const source = 'https://nbnp.ee/activities/2012';
    expect(contacts.nodes).toEqual([
      {
        parties: [{ id: 'nbnp:nbnp' }, { id: 'ncm:led' }],
        firstOn: '2009',
        lastOn: '2010-03-24',
        countries: [],
        evidence: [
          {
            basis: 'PROGRAMME',
            on: '2009',
            source,
            event: null,
            visit: null,
            programme: { id: 'nbnp:mobility-programme-2009-2010' },
          },
          {
            basis: 'EVENT',
            on: '2010-03-24',
            source,
            event: { id: 'nbnp:mp-final' },
            visit: null,
            programme: null,
          },
        ],
      },
    ]);
  });

  it('returns each row once, with every page size', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const all = await readPage(network, { minimum: 1, first: 1000 });
    expect(all.nodes).toHaveLength(all.totalCount);
    for (const first of [1, 2, 5, all.totalCount, 1000]) {
      const seen: Contact[] = [];
      let after: string | null = null;
      do {
        const page = await readPage(network, { minimum: 1, first, after });
        seen.push(...page.nodes);
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after);
      expect(seen, `pages of ${first}`).toEqual(all.nodes);
      const back: Contact[] = [];
      for (let before: string | null = null; ;) {
        const page: Page['contacts'] = await readPage(network, { minimum: 1, last: first, before });
        back.unshift(...page.nodes);
        expect(page.pageInfo.hasNextPage).toBe(before !== null);
        before = page.pageInfo.startCursor;
        if (!page.pageInfo.hasPreviousPage) break;
      }
      expect(back, `pages of ${first}, backwards`).toEqual(all.nodes);
    }
  });

  it('refuses an invalid page', async () => {
    await using network = await openTestNetwork(kind, 'nothing');
    const refused = [
      ['minimum: 0', 'minimum'],
      ['first: 0', 'first'],
      [`after: "${Buffer.from('["x","a","b"]').toString('base64url')}"`, 'after'],
      [`after: "${Buffer.from('["2","a"]').toString('base64url')}"`, 'after'],
      ['filter: { from: "2010", to: "2009-12" }', 'filter.to'],
    ];
    for (const [argument, name] of refused) {
      const { errors } = await network.ask(`{ contacts(${argument}) { totalCount } }`);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: name } }]);
    }
  });
});

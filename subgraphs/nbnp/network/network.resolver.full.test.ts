import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { openTestNetwork } from '../testing/test-partner.js';

interface Answer {
  readonly network: {
    readonly spokesmanships: readonly Record<string, unknown>[];
    readonly members: readonly Record<string, unknown>[];
  };
}

describe.each(testDatabases)('Query.network on $name', (kind) => {
  it('was founded in Riga, with the claims of three lists of its members', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    expect(
      await network.read(
        '{ network { name foundedOn foundedIn claims { property value preferred } } }',
      ),
    ).toEqual({
      network: {
        name: 'Nordic-Baltic Network of Policewomen',
        foundedOn: '2001-04',
        foundedIn: 'Riga',
        claims: [
          { property: 'members', value: 'DK EE FI IS LT LV NO SE', preferred: true },
          { property: 'members', value: 'DK EE FI IS LT LV NO', preferred: false },
          { property: 'members', value: 'DK EE FI IS LT LV SE', preferred: false },
        ],
      },
    });
  });

  it('names a member’s contact if there is exactly one unit of kind police, and never chooses', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const answer = await network.read<Answer>(
      '{ network { members { country since contact { id } claims { value } } } }',
    );
    const rows = answer.network.members.map(({ country, since, contact, claims }) => [
      country,
      since,
      (contact as { id: string } | null)?.id ?? null,
      (claims as unknown[]).length,
    ]);
    expect(rows).toEqual([
      ['DK', null, 'dk:police', 0],
      ['EE', null, 'ee:ppa', 0],
      ['FI', null, 'fi:npb', 0],
      ['IS', null, null, 1],
      ['LT', null, null, 0],
      ['LV', null, 'lv:police', 1],
      ['NO', null, null, 3],
      ['SE', null, 'se:npb', 3],
    ]);
  });

  it('shows board members as claims of the country’s membership', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const { network: found } = await network.read<Answer>(
      '{ network { source members { country source claims { property value source preferred note } } } }',
    );
    const claimsOf = (code: string) =>
      found.members.find(({ country }) => country === code)?.['claims'];
    expect(claimsOf('IS')).toEqual([
      {
        property: 'boardMember',
        value: 'Icelandic police',
        source: 'https://www.logreglan.is/samtok-logreglukvenna/',
        preferred: true,
        note: '2011-10-19: Board meets twice a year. CONFLICT: this page lists the other members as DK NO FI EE LV LT and omits SE',
      },
    ]);
    expect(claimsOf('LV')).toMatchObject([
      { property: 'contactPerson', value: 'State Police of Latvia', preferred: true },
    ]);
    const list = 'https://nbnp.ee/home-page/the-nbnp-board-met-in-tallinn';
    expect(new Set(found.members.map(({ source }) => source))).toEqual(new Set([list]));
  });

  it('shows the documented spokesmanships; attestations are part of their term', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const { network: answer } = await network.read<Answer>(
      '{ network { spokesmanships { country holder role unit { id } startedOn endedOn attestedOn } } }',
    );
    expect(answer.spokesmanships).toMatchObject([
      { country: 'SE', startedOn: '2001', endedOn: '2007', attestedOn: ['2007-11'], unit: null },
      {
        country: 'DK',
        holder: 'Hanne Bergtrom',
        startedOn: null,
        endedOn: null,
        attestedOn: null,
        unit: { id: 'dk:police' },
      },
      {
        country: 'IS',
        startedOn: '2014-04-23',
        endedOn: '2015',
        attestedOn: ['2014-04-23', '2015'],
        unit: { id: 'is:rmp' },
      },
      {
        country: 'IS',
        startedOn: null,
        endedOn: null,
        attestedOn: ['2024-01-30'],
        role: 'chaired the board meeting',
      },
      { country: 'IS', startedOn: null, endedOn: null, attestedOn: ['2024-11-26'] },
    ]);
  });
});

describe.each(testDatabases)('Network.spokesmanship on $name', (kind) => {
  it('is the documented term of the day, and otherwise null', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const days = {
      '2000-12-31': null,
      '2001-01-01': 'SE',
      '2007-12-31': 'SE',
      '2008-05-27': null,
      '2009-01-01': 'DK',
      '2009-09-13': 'DK',
      '2010-12-31': 'DK',
      '2011-01-01': null,
      '2014-04-22': null,
      '2014-04-23': 'IS',
      '2015-12-31': 'IS',
      '2016-01-01': null,
      '2024-01-30': null,
    };
    for (const [on, country] of Object.entries(days)) {
      const answer = await network.read(
        'query ($on: Date) { network { spokesmanship(on: $on) { country } } }',
        { on },
      );
      expect(answer, on).toEqual({ network: { spokesmanship: country && { country } } });
    }
  });

  it('says that Denmark’s own dates are not documented', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const answer = await network.read(
      '{ network { spokesmanship(on: "2009-09-13") { startedOn endedOn note } } }',
    );
    expect(answer).toMatchObject({
      network: {
        spokesmanship: {
          startedOn: null,
          endedOn: null,
          note: expect.stringContaining('own dates are not documented'),
        },
      },
    });
  });

  it('uses today by the network’s own clock if no day is given', async () => {
    await using now = await openTestNetwork(kind, 'facts');
    expect(await now.read('{ network { spokesmanship { country } } }')).toEqual({
      network: { spokesmanship: null },
    });
    await using then = await openTestNetwork(kind, 'facts', '2015-06-01T00:00:00Z');
    expect(await then.read('{ network { spokesmanship { country } } }')).toEqual({
      network: { spokesmanship: { country: 'IS' } },
    });
  });
});

describe.each(testDatabases)('a network without data on $name', (kind) => {
  it('has empty results', async () => {
    await using network = await openTestNetwork(kind, 'nothing');
    expect(
      await network.read(
        '{ network { name } programmes { id } events { nodes { id } totalCount } event(id: "nbnp:x") { id } }',
      ),
    ).toEqual({ network: null, programmes: [], events: { nodes: [], totalCount: 0 }, event: null });
  });
});

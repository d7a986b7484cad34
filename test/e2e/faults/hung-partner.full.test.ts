import { describe, expect, it } from 'vitest';
import { hang, namedIn } from '../network/hung-partner.js';
import { createToken } from '../network/open-hub.js';
import { openNetwork } from '../network/open-network.js';
import { runIn } from '../network/run-programme.js';

const nbnp = { organisation: 'nbnp', role: 'coordinator' } as const;

describe('a partner that hangs', () => {
  it('is named for each field that needs it, directly or through another partner, and no other partner is', async () => {
    await using network = await openNetwork('demonstration', { isGuarded: true });
    await using _ = await hang(network, 'nbnp');
    const nomination = {
      group: 'nbnp:demo-group-2',
      officer: 'no:demo-officer-1',
      on: '2026-11-24',
    };
    const [officers, nominated, groups] = await Promise.all([
      network.ask(
        '{ officers(filter: { rehearsals: true }, first: 100) { nodes { id name } } }',
        {},
        nbnp,
      ),
      runIn(network).call('no', 'nominateOfficer', nomination),
      network.ask('{ groups { nodes { id } } }', {}, nbnp),
    ]);
    expect(officers.data.officers.nodes).toHaveLength(48);
    expect(nominated.code).toBe('PARTNER_TIMED_OUT');
    for (const answer of [officers, nominated.answer, groups]) {
      expect(namedIn(answer)).toEqual(['nbnp TIMED_OUT']);
    }
    expect(officers.extensions.completeness?.partners).toMatchObject({
      no: { status: 'ANSWERED' },
      se: { status: 'ANSWERED' },
    });
  });
});

describe('the deadline of a client', () => {
  it('is respected for the server of a partner, and ignored for other clients', async () => {
    await using network = await openNetwork('demonstration');
    const ask = async (headers: Record<string, string>) => {
      const response = await fetch(network.hubUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'hub-time-left': '0', ...headers },
        body: JSON.stringify({ query: '{ policeUnits { id } }' }),
      });
      return namedIn((await response.json()) as Awaited<ReturnType<typeof network.ask>>);
    };
    const token = async (role: 'service' | 'coordinator') => ({
      authorization: `Bearer ${await createToken(network.keys, { organisation: 'dk', role })}`,
    });
    expect(await ask({})).toEqual([]);
    expect(await ask(await token('coordinator'))).toEqual([]);
    expect(await ask(await token('service'))).toHaveLength(8);
    // It says nothing of the partners.
    const { data } = await network.ask('{ partners { code status } }');
    expect(data.partners).toEqual(
      network.codes.toSorted().map((code) => ({ code, status: 'ANSWERING' })),
    );
  });
});

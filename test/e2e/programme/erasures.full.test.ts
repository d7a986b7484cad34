import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Asker } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

const of = (organisation: string, role: Asker['role'] = 'coordinator'): Asker => ({
  organisation,
  role,
});

/** The network’s words about people of the demonstration: why one was declined, why one stayed. */
const words = `{
  groups { nodes {
    officerNominations { officer { id } reason declinedOn }
    absences { participant { id } from reason }
  } }
}`;

interface Words {
  readonly declined: readonly { readonly id: string; readonly reason: string | null }[];
  readonly absent: readonly { readonly id: string; readonly reason: string | null }[];
}

describe('an erasure, through the hub', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true });
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const readWords = async (who: Asker = of('nbnp')): Promise<Words> => {
    const { data } = await network.ask(words, {}, who);
    const groups = data.groups.nodes as {
      officerNominations: { officer: { id: string }; reason: string; declinedOn: string }[];
      absences: { participant: { id: string }; reason: string }[];
    }[];
    return {
      declined: groups.flatMap(({ officerNominations }) =>
        officerNominations
          .filter(({ declinedOn }) => declinedOn !== null)
          .map(({ officer, reason }) => ({ id: officer.id, reason })),
      ),
      absent: groups.flatMap(({ absences }) =>
        absences.map(({ participant, reason }) => ({ id: participant.id, reason })),
      ),
    };
  };
  const erase = async (id: string) => {
    const { data, errors } = await network.ask(
      'mutation ($id: ID!) { eraseOfficer(id: $id) }',
      { id },
      of(id.slice(0, 2)),
    );
    expect(errors).toBeUndefined();
    expect(data.eraseOfficer).toBe(true);
  };
  const erasuresOf = (country: string, who: Asker, outstanding: boolean | null = null) =>
    network.ask(
      `query ($country: CountryCode!, $outstanding: Boolean) {
        policeErasures(country: $country, outstanding: $outstanding) {
          nodes { person holder at removedAt } } }`,
      { country, outstanding },
      who,
    );

  it('removes why the network declined an officer and why one did not travel, and nothing else', async () => {
    const before = await readWords();
    const [declined, ...others] = before.declined;
    const [absent] = before.absent;
    if (!declined || !absent) throw new Error('The demonstration declines nobody.');
    expect([declined.reason, absent.reason]).not.toContain(null);
    await erase(declined.id);
    await erase(absent.id);
    const after = await readWords();
    expect(after.declined).toEqual([{ ...declined, reason: null }, ...others]);
    expect(after.absent).toEqual([{ ...absent, reason: 'OTHER' }, ...before.absent.slice(1)]);

    const country = declined.id.slice(0, 2).toUpperCase();
    const { data, errors } = await erasuresOf(country, of(declined.id.slice(0, 2), 'auditor'));
    expect(errors).toBeUndefined();
    expect(data.policeErasures.nodes).toEqual(
      [declined.id, absent.id]
        .filter((id) => id.startsWith(declined.id.slice(0, 2)))
        .map((person) => ({
          person,
          holder: 'nbnp',
          at: expect.any(String) as unknown,
          removedAt: expect.any(String) as unknown,
        })),
    );
    expect((await erasuresOf(country, of(declined.id.slice(0, 2)), true)).data).toEqual({
      policeErasures: { nodes: [] },
    });
  });

  it('is outstanding while the network is unavailable, and done after the next attempt', async () => {
    const person = 'lv:demo-officer-1';
    await network.stop('nbnp');
    await erase(person).finally(() => network.start('nbnp'));
    const outstanding = async () =>
      (await erasuresOf('LV', of('lv'), true)).data.policeErasures.nodes as unknown[];
    expect(await outstanding()).toEqual([
      { person, holder: 'nbnp', at: expect.any(String) as unknown, removedAt: null },
    ]);
    await erase(person);
    expect(await outstanding()).toEqual([]);
  });

  it('is shown to co-ordinators and auditors of the person’s organisation, and to the network, which carries it out', async () => {
    for (const role of ['coordinator', 'liaison', 'analyst', 'auditor', 'service'] as const)
      for (const organisation of ['lv', 'nbnp', 'dk']) {
        const { errors = [] } = await erasuresOf('LV', of(organisation, role));
        const roles = {
          lv: ['coordinator', 'auditor', 'service'],
          nbnp: ['coordinator', 'service'],
        };
        const may = (roles[organisation as 'lv'] ?? []).includes(role);
        expect(
          errors.map(({ extensions }) => extensions.code),
          `${role} of ${organisation}`,
        ).toEqual(may ? [] : ['FORBIDDEN']);
      }
  });

  it('can be requested only by the organisation of the person', async () => {
    const query = 'mutation { eraseTexts(person: "lv:demo-officer-2") }';
    for (const role of ['coordinator', 'liaison', 'analyst', 'auditor', 'service'] as const)
      for (const organisation of ['lv', 'nbnp', 'dk', 'ncm']) {
        const { data, errors = [] } = await network.ask(query, {}, of(organisation, role));
        const may = organisation === 'lv' && ['coordinator', 'service'].includes(role);
        expect(
          [data?.eraseTexts ?? null, ...errors.map(({ extensions }) => extensions.code)],
          `${role} of ${organisation}`,
        ).toEqual(may ? [true] : [null, 'FORBIDDEN']);
      }
  });
});

import { describe, expect, it } from 'vitest';
import { openDanish } from './test-owners.js';

const hash = expect.stringMatching(/^[0-9a-f]{64}$/);
const at = '2026-11-30T08:00:00.000Z';

describe('notices', () => {
  it('tell of a proposal everybody, and of a quarantine its partner alone', async () => {
    await using owners = await openDanish();
    const finnish = await owners.openReceiver('fi');
    owners.addresses.set('fi', finnish.address);
    await using notices = owners.open();
    await owners.quarantine('dk');
    await owners.propose('police', 1);
    await notices.round();
    const eventsOf = ({ events }: typeof finnish) => events().map(({ event }) => event);
    expect(eventsOf(owners.danish)).toEqual(['QUARANTINED', 'CONTRACT_PROPOSED']);
    expect(eventsOf(finnish)).toEqual(['CONTRACT_PROPOSED']);
    expect(finnish.received.some(({ refusal }) => refusal)).toBe(false);
  });

  it('tell of a release the owners of fields that others begin to use in it', async () => {
    await using owners = await openDanish();
    const network = await owners.openReceiver('nbnp');
    owners.addresses.set('nbnp', network.address);
    await using notices = owners.open();
    const fields: string[][] = [[], ['rank'], ['rank'], ['rank', 'unit'], []];
    for (const used of fields) await owners.release(...used);
    await owners.administration.append('ROLLED_BACK', { release: 4, to: 2 });
    await notices.round();
    const used = (release: number, field: string) => ({
      id: hash,
      at,
      event: 'FIELDS_USED',
      release,
      fields: [{ field, by: ['network'] }],
    });
    expect(owners.danish.events()).toEqual([
      used(2, 'Officer.rank'),
      used(4, 'Officer.unit'),
      used(4, 'Officer.unit'),
    ]);
    expect(network.received).toEqual([]);
  });
});

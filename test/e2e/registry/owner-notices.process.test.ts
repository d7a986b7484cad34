import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { openReceiver } from '../../../gateway/plugins/owner-notices/test-owners.js';
import { createToken } from '../network/open-hub.js';
import { patience } from '../network/patience.js';
import { openPublishingNetwork, type TestHub } from '../network/publishing-network.js';

vi.setConfig({ testTimeout: 300_000 });

const feed = { method: 'POST', body: '{"feed":"notices"}' };
const json = { 'content-type': 'application/json' };

/** Makes a link to the feed, and reads it as a feed reader does. */
async function readFeed(hub: TestHub, token: string): Promise<string> {
  const headers = { ...json, authorization: `Bearer ${token}` };
  const made = await fetch(new URL('/export/links', hub.url), { ...feed, headers });
  const { address } = (await made.json()) as { readonly address: string };
  const response = await fetch(new URL(address, hub.url));
  expect(response.headers.get('content-type')).toContain('application/atom+xml');
  return response.text();
}

describe('an owner whose schema is quarantined', () => {
  it('is told by a signed request, once and through a restart, and by its feed', async () => {
    await using network = await openPublishingNetwork({ HUB_OWNER_NOTICES: 'true' });
    await network.publishAll();
    const keys = join(network.folder, 'data', 'keys');
    await using receiver = await openReceiver('ncm', keys);
    const offices = network.partnerOf('ncm');
    await offices.publish({ notices: receiver.address });
    const quarantined = {
      event: 'QUARANTINED',
      schemaVersion: '1',
      reasons: [{ rule: 'syntax', place: expect.any(String) }],
    };
    {
      await using hub = await network.startHub(1);
      await expect.poll(() => receiver.events(), patience).not.toEqual([]);
      expect(receiver.events()).toMatchObject([{ event: 'FIELDS_USED', release: 1 }]);
      const schema = 'type Query {';
      await offices.publish({ notices: receiver.address, schema, sequence: 1_001 });
      expect(await hub.refresh('ncm')).toBe(202);
      await expect.poll(() => receiver.events().slice(1), patience).toMatchObject([quarantined]);
      const own = await readFeed(
        hub,
        await createToken(keys, { organisation: 'ncm', role: 'auditor' }),
      );
      expect(own).toMatch(/<title>QUARANTINED<\/title>[^]*syntax at /);
      const others = await createToken(keys, { organisation: 'no', role: 'coordinator' });
      expect(await readFeed(hub, others)).not.toContain('QUARANTINED');
    }
    await using again = await network.startHub(1);
    expect((await again.ask('{ offices { id } }')).data).toBeTruthy();
    // It looks every two seconds.
    await wait(5_000);
    expect(receiver.received).toHaveLength(2);
    expect(receiver.received.some(({ refusal }) => refusal)).toBe(false);
  });
});

describe('an owner with overdue tasks', () => {
  const late = { organisation: 'ncm', kind: 'DECIDE_NOMINATION', countAtLeast: 2 };

  it('is told by a signed request, once and through a restart', async () => {
    await using network = await openPublishingNetwork({ HUB_OWNER_NOTICES: 'true' });
    await network.publishAll();
    await using receiver = await openReceiver('ncm', join(network.folder, 'data', 'keys'));
    await network.partnerOf('ncm').publish({ notices: receiver.address });
    const asked = network.partnerOf('nbnp').sayOverdue(late);
    const isOverdue = ({ event }: Record<string, unknown>) => event === 'TASKS_OVERDUE';
    for (const times of [1, 2]) {
      await using hub = await network.startHub(1);
      expect((await hub.ask('{ offices { id } }')).data).toBeTruthy();
      await expect.poll(asked, patience).toBe(times);
      await expect
        .poll(() => receiver.events().filter(isOverdue), patience)
        .toMatchObject([{ by: 'nbnp', tasks: [{ kind: 'DECIDE_NOMINATION', countAtLeast: 2 }] }]);
    }
  });

  it('is not told by a hub whose operator has not turned it on', async () => {
    await using network = await openPublishingNetwork();
    await network.publishAll();
    const asked = network.partnerOf('nbnp').sayOverdue(late);
    await using hub = await network.startHub(1);
    await hub.command.until(/"msg":"a release is written"/);
    await wait(5_000);
    expect(asked()).toBe(0);
  });
});

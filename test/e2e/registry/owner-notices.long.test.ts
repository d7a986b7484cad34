import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { openReceiver } from '../../../gateway/plugins/owner-notices/test-owners.js';
import { createToken } from '../network/open-hub.js';
import { patience } from '../network/patience.js';
import { openPublishingNetwork, type TestHub } from '../network/publishing-network.js';

vi.setConfig({ testTimeout: 600_000 });

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

const late = { organisation: 'ncm', kind: 'DECIDE_NOMINATION', countAtLeast: 2 };

describe('an owner whose schema is quarantined, and who has overdue tasks', () => {
  it('is told by signed requests, once and through a restart, and by its feed', async () => {
    await using network = await openPublishingNetwork({ HUB_OWNER_NOTICES: 'true' });
    await network.publishAll();
    const keys = join(network.folder, 'data', 'keys');
    await using receiver = await openReceiver('ncm', keys);
    const offices = network.partnerOf('ncm');
    await offices.publish({ notices: receiver.address });
    const asked = network.partnerOf('nbnp').sayOverdue(late);
    const eventsOf = (name: string) => receiver.events().filter(({ event }) => event === name);
    {
      await using hub = await network.startHub(1);
      await expect.poll(() => eventsOf('FIELDS_USED'), patience).toMatchObject([{ release: 1 }]);
      await expect
        .poll(() => eventsOf('TASKS_OVERDUE'), patience)
        .toMatchObject([{ by: 'nbnp', tasks: [{ kind: 'DECIDE_NOMINATION', countAtLeast: 2 }] }]);
      expect(asked()).toBe(1);
      const schema = 'type Query {';
      await offices.publish({ notices: receiver.address, schema, sequence: 1_001 });
      expect(await hub.refresh('ncm')).toBe(202);
      const reasons = [{ rule: 'syntax', place: expect.any(String) as unknown }];
      await expect
        .poll(() => eventsOf('QUARANTINED'), patience)
        .toMatchObject([{ schemaVersion: '1', reasons }]);
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
    await expect.poll(asked, patience).toBe(2);
    // It looks every two seconds.
    await wait(5_000);
    expect(receiver.events()).toHaveLength(3);
    expect(receiver.received.some(({ refusal }) => refusal)).toBe(false);
  });
});

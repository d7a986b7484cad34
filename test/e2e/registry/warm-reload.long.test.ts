import { expect, it, vi } from 'vitest';
import { openPublishingNetwork } from '../network/publishing-network.js';

vi.setConfig({ testTimeout: 120_000 });

it('plans the operations of clients before the workers of a reload serve, also recent ones that are in no file', async () => {
  await using network = await openPublishingNetwork({ HUB_REGISTRY: 'off' });
  await using hub = await network.startHub(1);
  const { command } = hub;
  expect(command.output().stdout).not.toContain('what clients send most is planned');
  await hub.ask('{ policeUnits { name } }');
  await hub.ask('{ offices { id motto: name } }');
  command.kill('SIGHUP');
  await command.until(/"operations":2,"ms":\d+,"msg":"what clients send most is planned"/);
  await command.until(/"msg":"new workers serve requests"/);
  expect(JSON.stringify(await hub.ask('{ policeUnits { name } }'))).toContain('Oslo');
  // The replaced worker waits for a client that keeps its connection, and no longer now.
  command.kill('SIGTERM');
  expect(await command.ended).toBe(0);
});

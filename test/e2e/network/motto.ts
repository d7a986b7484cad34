import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { openPublishingNetwork, TestHub } from './publishing-network.js';

export type Network = Awaited<ReturnType<typeof openPublishingNetwork>>;

/** The schema of the offices with a field more. Their server resolves it. */
export const withMotto = (network: Network): string =>
  `${network.partnerOf('ncm').contract}\nextend type Office { motto: String }`;

export const motto = [{ motto: 'Together.' }];

export const releasesOf = ({ registryFolder }: Network): Promise<string[]> =>
  readdir(join(registryFolder, 'releases')).catch(() => []);

export async function askMotto(hub: TestHub): Promise<unknown> {
  const { data } = await hub.ask('{ offices { motto } }');
  return (data as { offices?: unknown } | undefined)?.offices;
}

export async function askPartner(hub: TestHub, code: string): Promise<Record<string, unknown>> {
  const query = `{ partner(code: "${code}") { status quarantineReason maintenance { message } } }`;
  const { data } = await hub.ask(query);
  return (data as { partner: Record<string, unknown> }).partner;
}

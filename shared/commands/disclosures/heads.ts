import { existsSync, writeFileSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import { readHashAt, readHead } from '../../disclosure/index.js';
import { silentLogger } from '../../telemetry/index.js';
import {
  makeHead,
  NetworkHead,
  readOwnHeads,
  Rewritten,
  type OwnSide,
} from '../../witness/index.js';
import { DisclosuresError } from './disclosures-error.js';

/**
 * Compares the record with each head of it that this partner has kept, and writes all partners’
 * heads to a file, which others can compare and verify.
 * @throws DisclosuresError if the record is not what was handed in
 */
export async function showHeads(
  source: DataSource,
  partner: string,
  to: string | undefined,
): Promise<string> {
  const { manager } = source;
  const end = await readHead(manager);
  const own = await readOwnHeads({ source, partner });
  for (const { links, hash, at } of own) {
    const found = links > end.links ? 'missing' : await readHashAt(manager, links);
    // The hash of a link in the middle of an archive is not known any more.
    if (found === undefined || found === hash) continue;
    const what = `The head of ${at} had link ${links} with the hash ${hash}`;
    throw new DisclosuresError(`${what}. The record does not have it.`);
  }
  const lines = await manager.find(NetworkHead, { order: { sequence: 'ASC' } });
  if (to !== undefined) {
    if (existsSync(to)) throw new DisclosuresError(`${to} exists.`);
    writeFileSync(to, lines.map(({ line }) => `${line}\n`).join(''), { mode: 0o600 });
  }
  const last = lines.at(-1);
  const which = last
    ? `${lines.length} heads of all partners, the last with the hash ${last.hash}`
    : 'no heads yet';
  return `The record has each of its ${own.length} heads. Kept: ${which}${to ? `, in ${to}` : ''}`;
}

/**
 * Signs the end of the record now, and hands it in.
 * @throws DisclosuresError
 */
export async function handInHead(
  source: DataSource,
  partner: string,
  { hub, signingKey }: OwnSide,
): Promise<string> {
  const clock = () => new Date();
  try {
    const options = { partner, source, logger: silentLogger, clock, signingKey, hub };
    const refusal = await hub.handIn(await makeHead(options));
    if (refusal !== undefined) throw new DisclosuresError(`The hub refuses it: ${refusal}`);
  } catch (error) {
    if (error instanceof DisclosuresError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof Rewritten) throw new DisclosuresError(`${error.code}: ${reason}`);
    throw new DisclosuresError(`The head was not handed in: ${reason}`);
  }
  const { links, hash } = await readHead(source.manager);
  return `handed in: ${links} links, the last has the hash ${hash}`;
}

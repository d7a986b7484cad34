import { existsSync, writeFileSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import { readHashAt, readHead } from '../../../records/chain/append-rows.js';
import { HeadOpening } from '../../../records/witness/head-opening.entity.js';
import { NetworkHead } from '../../../records/witness/network-head.entity.js';
import { handInOwn, readOwnHeads, Rewritten } from '../../../records/witness/witness.js';
import { silentLogger } from '../../../system/logger.js';
import type { OwnSide } from '../../heads/own-side.js';
import type { HeadsOptions } from './disclosure-options.js';
import { DisclosuresError } from './disclosures-error.js';

function writeNew(path: string, lines: readonly string[]): void {
  if (existsSync(path)) throw new DisclosuresError(`${path} exists.`);
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''), { mode: 0o600 });
}

/**
 * Compares the record with each head of it that this partner has kept. Writes all partners’ heads to
 * a file, which others can compare and verify, and what its own hide to another one.
 * @throws DisclosuresError if the record is not what was handed in
 */
export async function showHeads(
  source: DataSource,
  { partner, to, openings }: HeadsOptions,
): Promise<string> {
  const { manager } = source;
  const end = await readHead(manager);
  const own = await readOwnHeads({ source, partner });
  for (const { links, hash, at } of own) {
    if (links === undefined)
      throw new DisclosuresError(`This database did not make the head of ${at}.`);
    const found = links > end.links ? 'missing' : await readHashAt(manager, links);
    // The hash of a link in the middle of an archive is not known any more.
    if (found === undefined || found === hash) continue;
    const what = `The head of ${at} had link ${links} with the hash ${hash}`;
    throw new DisclosuresError(`${what}. The record does not have it.`);
  }
  const lines = await manager.find(NetworkHead, { order: { sequence: 'ASC' } });
  if (to !== undefined)
    writeNew(
      to,
      lines.map(({ line }) => line),
    );
  if (openings !== undefined) {
    const kept = await manager.find(HeadOpening, { order: { links: 'ASC' } });
    writeNew(
      openings,
      kept.map(({ links, hash, salt }) => JSON.stringify({ links, hash, salt })),
    );
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
    const refusal = await handInOwn(options);
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

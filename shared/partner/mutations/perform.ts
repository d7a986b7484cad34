import { randomUUID } from 'node:crypto';
import {
  In,
  IsNull,
  LessThan,
  MoreThanOrEqual,
  Not,
  type DataSource,
  type EntityManager,
  type FindOptionsWhere,
} from 'typeorm';
import { erase, writeInTurn } from '../../database/transaction.js';
import { usedKeyMessage } from '../../errors/catalogue.js';
import { HubError, refuseInput } from '../../errors/hub-error.js';
import { cutText, longest } from '../../graphql/scalars/scalars.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { organisationOf } from '../../policy/readers.js';
import { noteCommit, recordWrites, type Writing } from '../../records/changes/record-writes.js';
import { digestOf } from '../../system/digest.js';
import { IdempotencyKey, type ItemResult } from './idempotency-key.entity.js';

/** An input that may have an idempotency key. */
export interface KeyedInput {
  readonly idempotencyKey?: string | null;
}

/** The record that a mutation created or changed. */
export interface Changed {
  readonly id: string;
  readonly version?: number;
  /** Of a mutation of several items. */
  readonly results?: readonly ItemResult[];
}

export interface Mutation<Row extends Changed, Facts> {
  /** Its name in the schema: `createGroup`. */
  readonly name: string;
  readonly input: KeyedInput & object;
  /** The reason in the record of changes, which every co-ordinator and auditor reads: none about a person. */
  readonly reason?: string | null;
  /**
   * Checks the partner’s own rules before it asks others: what they refuse needs no other partner.
   * `write` checks them again.
   */
  check?(manager: EntityManager): Promise<unknown>;
  /**
   * Asks other subgraphs for the facts that the rules need. It runs before the transaction, because
   * requests of the hub must not wait for the transaction.
   * @throws HubError `PARTNER_…` if a response is unavailable; then nothing is written
   */
  readonly ask?: () => Promise<Facts>;
  /**
   * Checks the rules and writes, in one transaction at a time, so that the rows that it reads do
   * not change.
   */
  write(manager: EntityManager, facts: Facts): Promise<Row>;
  /**
   * The record of an earlier call with the same key. Null if it was removed since.
   * @param results what the call returned, if it was of several items
   */
  find?(
    manager: EntityManager,
    id: string,
    results: readonly ItemResult[] | null,
  ): Promise<Row | null>;
}

/** An id for a new record of the partner. */
export const createId = ({ partner }: Pick<PartnerContext, 'partner'>): string =>
  `${partner}:${randomUUID()}`;

/**
 * Executes a mutation in one transaction, which is committed before this returns. With an
 * idempotency key it happens once: each repetition, simultaneous or after a restart, returns the
 * record of the first call. A key ends after 30 days.
 * @throws HubError `CONFLICT` for a key that was used with other input; errors of `ask` and `write`
 */
export async function perform<Row extends Changed, Facts = undefined>(
  context: PartnerContext,
  mutation: Mutation<Row, Facts>,
): Promise<Row> {
  const { source, loaders } = context;
  const own = toKey(context, mutation);
  const earlier = own && (await returnEarlier(source.manager, own, context, mutation));
  if (earlier) return earlier;
  let facts: Facts;
  try {
    await mutation.check?.(source.manager);
    facts = (await mutation.ask?.()) as Facts;
  } catch (refusal) {
    // The first call with the key may have been committed in the meantime, which may be why its
    // repetition was rejected.
    const meanwhile = own && (await returnEarlier(source.manager, own, context, mutation));
    if (meanwhile) return meanwhile;
    throw refusal;
  }
  const written = await writeInTurn(source, async (manager) => {
    const meanwhile = own && (await returnEarlier(manager, own, context, mutation));
    if (meanwhile) return meanwhile;
    const row = await recordWrites(manager, writingOf(context, mutation), (watched) =>
      mutation.write(watched, facts),
    );
    if (own) {
      await manager.delete(IdempotencyKey, { at: LessThan(endOfKeys(context)) });
      await manager.insert(IdempotencyKey, {
        ...own,
        recordId: row.id,
        results: row.results ?? null,
      });
    }
    return row;
  });
  // An earlier mutation of the same document may have loaded what this one changed.
  loaders.forget();
  noteCommit(source);
  return written;
}

/** How long a key is known. A client that repeats a call does so within seconds or days. */
const keyDays = 30;

/** Keys from before that have ended. */
const endOfKeys = ({ clock }: Pick<PartnerContext, 'clock'>): string =>
  new Date(clock().getTime() - keyDays * 86_400_000).toISOString();

/** The recorded length of a reason. */
const longestReason = 1_000;

const writingOf = (
  { reader, clock }: PartnerContext,
  { name, reason }: Pick<Mutation<Changed, unknown>, 'name' | 'reason'>,
): Writing => ({
  organisation: reader.kind === 'anonymous' ? '' : reader.organisation,
  person: reader.kind === 'anonymous' ? null : reader.subject,
  mutation: name,
  reason: reason == null ? null : cutText(reason, longestReason),
  at: clock(),
});

/**
 * Runs a mutation that erases a person: like {@link perform}, and no log of the database keeps the
 * erased data. The record says who erased which fields.
 */
export const performErasure = (
  context: PartnerContext,
  mutation: Pick<Mutation<Changed, unknown>, 'name'>,
  write: (manager: EntityManager) => Promise<boolean>,
): Promise<boolean> => eraseRecorded(context.source, writingOf(context, mutation), write);

async function eraseRecorded<Result>(
  source: DataSource,
  writing: Writing,
  write: (manager: EntityManager) => Promise<Result>,
): Promise<Result> {
  const result = await erase(source, (manager) => recordWrites(manager, writing, write));
  noteCommit(source);
  return result;
}

/** The same for the partner’s own server, which no caller has asked. */
export const performOwnErasure = (
  { partner, source, clock }: Pick<PartnerContext, 'partner' | 'source' | 'clock'>,
  { name }: Pick<Mutation<Changed, unknown>, 'name'>,
  write: (manager: EntityManager) => Promise<void>,
): Promise<void> => {
  const writing = { organisation: partner, person: null, mutation: name, reason: null };
  return eraseRecorded(source, { ...writing, at: clock() }, write);
};

/**
 * Makes the idempotency keys of a person’s records match no input, so that the input cannot be
 * guessed from its hash, and a late repetition does not write it again. So for a key of several
 * items with one about such a record, refused or not.
 * @param mutations only the keys of these. @default of all
 */
export async function closeKeys(
  manager: EntityManager,
  recordIds: readonly string[],
  mutations?: readonly string[],
): Promise<void> {
  if (recordIds.length === 0) return;
  const close = (where: FindOptionsWhere<IdempotencyKey>) =>
    manager
      .createQueryBuilder()
      .update(IdempotencyKey)
      .set({ inputHash: '' })
      .where(where)
      .execute();
  const named = mutations && { mutation: In([...mutations]) };
  await close({ recordId: In([...recordIds]), ...named });
  for (const { organisation, key } of await findBatchKeys(manager, recordIds))
    await close({ organisation, key });
}

/** The keys of several items that match an input, with an item about one of the records. */
export async function findBatchKeys(
  manager: EntityManager,
  recordIds: readonly string[],
): Promise<IdempotencyKey[]> {
  const ids = new Set(recordIds);
  const open = { results: Not(IsNull()), inputHash: Not('') };
  const batches = await manager.findBy(IdempotencyKey, open);
  return batches.filter(({ results }) => results?.some(({ id }) => ids.has(id)));
}

type OwnKey = Omit<IdempotencyKey, 'recordId' | 'results'>;

function toKey(
  { reader, clock }: PartnerContext,
  { name, input }: Pick<Mutation<Changed, unknown>, 'name' | 'input'>,
): OwnKey | undefined {
  const { idempotencyKey: key, ...rest } = input;
  if (key === undefined || key === null) return undefined;
  if (key === '' || key.length > longest.id || key.includes('\0'))
    refuseInput(
      'input.idempotencyKey',
      `An idempotency key must have 1 to ${longest.id} characters.`,
    );
  return {
    // What a participant repeats is her own, and never a colleague’s.
    organisation: reader.kind === 'participant' ? reader.person : organisationOf(reader),
    key,
    mutation: name,
    inputHash: digestOf(toCanonical(rest)),
    at: clock().toISOString(),
  };
}

/** JSON with sorted keys, which leaves out undefined values. Null and missing values are the same. */
function toCanonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    const entries = Object.entries(part).filter(([, one]) => one !== null);
    return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** The result of an earlier call with the key. Undefined if there was none. */
async function returnEarlier<Row extends Changed>(
  manager: EntityManager,
  { organisation, key, mutation: name, inputHash }: OwnKey,
  context: Pick<PartnerContext, 'clock'>,
  mutation: Pick<Mutation<Row, never>, 'find'>,
): Promise<Row | undefined> {
  const at = MoreThanOrEqual(endOfKeys(context));
  const used = await manager.findOneBy(IdempotencyKey, { organisation, key, at });
  if (!used) return undefined;
  const isSameCall = used.mutation === name && used.inputHash === inputHash;
  const row =
    used.mutation === name
      ? ((await mutation.find?.(manager, used.recordId, used.results)) ?? null)
      : null;
  if (!isSameCall) {
    throw new HubError('CONFLICT', {
      argument: 'input.idempotencyKey',
      message: usedKeyMessage,
      ...(row?.version !== undefined && { currentVersion: row.version }),
    });
  }
  if (!row) throw new HubError('NOT_FOUND', { argument: 'input.idempotencyKey' });
  return row;
}

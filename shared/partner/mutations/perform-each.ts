import type { EntityManager } from 'typeorm';
import type { HubError } from '../../errors/hub-error.js';
import { isMissing } from '../../policy/context/ask-hub.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { attemptPart } from '../../records/changes/record-writes.js';
import type { ItemResult } from './idempotency-key.entity.js';
import type { ItemRefusal } from './item-refusal.type.js';
import { perform, type Changed, type KeyedInput, type Mutation } from './perform.js';

/** What a mutation of one item does, alone or among others. */
export interface Step<Facts, Row extends Changed = Changed> extends Pick<
  Mutation<Row, Facts>,
  'check' | 'write'
> {
  ask(): Promise<Facts>;
}

interface Item<Facts> extends Step<Facts> {
  /** The record or the person that it is about. */
  readonly id: string;
}

interface Batch<Facts> {
  /** The mutation’s name in the schema: `decideOfficers`. */
  readonly name: string;
  readonly input: KeyedInput & object;
  /** The record that they all belong to: the group. */
  readonly record: string;
  /** The field of the input that lists the items. */
  readonly list: string;
  /** The fields of the input that hold for all items. */
  readonly common: readonly string[];
  /** Checks what concerns all of them: what it refuses refuses the whole. */
  check?(manager: EntityManager): Promise<unknown>;
  /** Asks others for what concerns all of them, before their own facts, in the same way. */
  ask?(): Promise<unknown>;
  readonly items: readonly Item<Facts>[];
}

/** What one item needs of others, or why that is unknown. */
type Asked<Facts> = PromiseSettledResult<Facts>;

/**
 * Executes a mutation of several items in one transaction. Each is written as if its own mutation
 * ran after those before it; nothing remains of one that is refused. With an idempotency key a
 * repetition returns the same results, also of what was refused.
 * @returns the results, in the order of the items
 * @throws HubError as {@link perform}; `FORBIDDEN`; `PARTNER_…` if it refuses every item
 */
export async function performEach<Facts>(
  context: PartnerContext,
  batch: Batch<Facts>,
): Promise<readonly ItemResult[]> {
  const { name, input, record, check, items } = batch;
  const { results } = await perform<Required<Omit<Changed, 'version'>>, Asked<Facts>[]>(context, {
    name,
    input,
    ...(check && { check }),
    async ask() {
      await batch.ask?.();
      return askEach(items);
    },
    async write(manager, asked) {
      await check?.(manager);
      const found: ItemResult[] = [];
      for (const [index, item] of items.entries()) {
        const refusal = await attemptPart(manager, () => write(manager, item, asked[index]));
        if (refusal && !isOfItem(refusal)) throw refusal;
        found.push({ id: item.id, refusal: refusal ? toRefusal(refusal, batch, index) : null });
      }
      return { id: record, results: found };
    },
    find: (_manager, id, stored) => Promise.resolve(stored && { id, results: stored }),
  });
  return results;
}

/** Asks for the facts of all items at once. An unavailable partner fails only the items that need it. */
async function askEach<Facts>(items: readonly Item<Facts>[]): Promise<Asked<Facts>[]> {
  const asked = await Promise.allSettled(items.map(({ ask }) => ask()));
  const missing = asked.flatMap((one) =>
    one.status === 'rejected' ? [one.reason as unknown] : [],
  );
  const [first] = missing;
  if (missing.length === items.length && missing.every(isMissing)) throw first;
  return asked;
}

async function write<Facts>(
  manager: EntityManager,
  item: Item<Facts>,
  asked: Asked<Facts> | undefined,
): Promise<void> {
  if (asked?.status === 'fulfilled') {
    await item.write(manager, asked.value);
    return;
  }
  // As the mutation of the item alone: its own rules refuse it first.
  await item.check?.(manager);
  throw asked?.reason;
}

const ofItem = new Set(['BAD_USER_INPUT', 'CONFLICT', 'GROUP_FULL', 'NOT_FOUND', 'RULE_VIOLATED']);

/** Whether it may refuse one item alone. Anything else fails the mutation. */
const isOfItem = (error: HubError): boolean => ofItem.has(error.code) || isMissing(error);

function toRefusal(
  error: HubError,
  { list, common }: Pick<Batch<never>, 'list' | 'common'>,
  index: number,
): ItemRefusal {
  const text = (name: string): string | null => {
    const value = error.extensions[name];
    return typeof value === 'string' ? value : null;
  };
  const { currentVersion } = error.extensions;
  return {
    code: error.code,
    rule: text('rule'),
    situation: text('situation'),
    argument: toArgument(text('argument'), `input.${list}.${index}`, common),
    message: error.message,
    currentVersion: typeof currentVersion === 'number' ? currentVersion : null,
    id: text('id'),
    partner: text('partner'),
  };
}

/** An argument of the item alone, such as `input.version`, as one of the list. */
function toArgument(
  argument: string | null,
  item: string,
  common: readonly string[],
): string | null {
  const field = argument?.split('.')[1];
  if (argument === null || field === undefined || common.includes(field)) return argument;
  return argument.replace('input', item);
}

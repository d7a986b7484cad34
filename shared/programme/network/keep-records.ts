import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { findSame, toSameText, type Sameness } from '../../database/search/find-same.js';
import { HubError, refuseInput } from '../../errors/hub-error.js';
import { violateRule } from '../../errors/rules.js';
import { isEarlier } from '../../graphql/scalars/dates.js';
import {
  checkVersion,
  findForChange,
  refuseDuplicate,
} from '../../partner/mutations/find-for-change.js';
import { createId, perform } from '../../partner/mutations/perform.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { addClaim, keepClaims, type ClaimTable, type StatedRecord } from './keep-claims.js';
import { readLists, writeLists, type KeptLists, type WrittenLists } from './kept-lists.js';
import { moveReferences, type Reference } from './move-references.js';
import type { StatedChangeInput, StatedInput } from './stated.input.js';

/** A record of the network that its owner’s people keep. */
export interface KeptRecord extends StatedRecord {
  readonly checkedOn: string | null;
  /** Only records that can be merged have it. */
  readonly mergedIntoId?: string | null;
  readonly version: number;
  readonly isRehearsal?: boolean;
}

/** How a partner keeps a kind of records. */
export interface KeptKind<Row extends KeptRecord> {
  readonly entity: new () => Row;
  /** The field of the inputs that names one: `unit`. */
  readonly argument: string;
  readonly same: Sameness;
  /** The properties that sources state. */
  readonly stated: readonly (keyof Row & string)[];
  /** The lists that sources state, by their fields. */
  readonly lists?: KeptLists;
  /** Where values are kept that another source stated. */
  readonly claims?: ClaimTable;
  /** The first and the last day on which one exists. */
  readonly period?: readonly [first: keyof Row & string, last: keyof Row & string];
  /** The record above it, if that is of the same kind. */
  readonly parent?: keyof Row & string;
  /** What refers to one in the partner’s own tables, and moves with a merge. */
  readonly references: readonly Reference[];
  /** Whether one stands for more than itself, so that it cannot be merged into another. */
  isLasting?(row: Row): boolean;
  /** Its columns that follow from others: what a search finds. `before` is the record that changes. */
  derive(row: Row, before?: Row): Partial<Row>;
}

interface RegisterInput extends StatedInput {
  readonly isAnother?: boolean | null;
  readonly idempotencyKey?: string | null;
}

type ChangeInput = StatedChangeInput & Pick<RegisterInput, 'isAnother'>;

/** Two records that are one. */
export interface MergeInput extends StatedChangeInput {
  readonly into: string;
  readonly reason: string;
  readonly intoVersion: number;
}

/** A mutation of a kept record. */
interface Keeping<Row, Input, Facts> {
  /** Its name in the schema. */
  readonly name: string;
  readonly input: Input;
  /** The lists that it writes anew. */
  readonly lists?: WrittenLists;
  ask?(): Promise<Facts>;
  /**
   * Checks what only this kind has.
   * @param before the record that changes; undefined for a new one
   */
  check?(manager: EntityManager, next: Row, facts: Facts, before?: Row): void | Promise<void>;
}

/** The changes and merges of one kind of records, which are the same for all that keep any. */
export class RecordKeeper<Row extends KeptRecord> {
  constructor(readonly kind: KeptKind<Row>) {}

  /**
   * Records a new one.
   * @param find values that are read in the transaction that writes
   * @throws HubError `BAD_USER_INPUT` `CONFLICT` `RULE_VIOLATED` DUPLICATE, DATE_ORDER
   */
  register<Facts = undefined>(
    context: PartnerContext,
    { name, input, lists, ask, check }: Keeping<Row, RegisterInput, Facts>,
    values: Partial<Row>,
    find?: (manager: EntityManager) => Promise<Partial<Row>>,
  ): Promise<Row> {
    const { entity, lists: tables } = this.kind;
    return perform<Row, Facts>(context, {
      name,
      input,
      ...(ask && { ask }),
      write: async (manager, facts) => {
        const found = await find?.(manager);
        const row = this.#toRow({ ...values, ...found, id: createId(context) }, input, 1);
        await this.#check(manager, row, input);
        await check?.(manager, row, facts);
        await manager.insert<ObjectLiteral>(entity, row);
        await writeLists(manager, tables, row.id, lists);
        return row;
      },
      find: (manager, id) =>
        manager.findOneBy<ObjectLiteral>(entity, { id }) as Promise<Row | null>,
    });
  }

  /**
   * Changes a record. A value that another source stated stays as a claim.
   * @throws HubError `NOT_FOUND` `BAD_USER_INPUT` `CONFLICT` `RULE_VIOLATED` DUPLICATE, DATE_ORDER,
   * MERGED
   */
  change<Facts = undefined>(
    context: PartnerContext,
    { name, input, lists, ask, check }: Keeping<Row, ChangeInput, Facts>,
    changes: Partial<Row>,
  ): Promise<Row> {
    const { entity, claims, stated, lists: tables } = this.kind;
    return perform<Row, Facts>(context, {
      name,
      input,
      ...(ask && { ask }),
      write: async (manager, facts) => {
        const before = await this.#find(manager, this.#idIn(input), input.version);
        const next = this.#toRow({ ...before, ...changes }, input, before.version + 1, before);
        await this.#check(manager, next, input, before);
        await check?.(manager, next, facts, before);
        await manager.update<ObjectLiteral>(entity, { id: next.id }, next);
        const was = { ...before, ...(await readLists(manager, tables, next.id)) };
        await writeLists(manager, tables, next.id, lists);
        const all = [...stated, ...Object.keys(lists ?? {})];
        const states = { before: was, next: { ...next, ...lists } };
        if (claims) await keepClaims<Row>(context, manager, claims, all, states);
        return next;
      },
    });
  }

  /**
   * Merges a record into another one. It keeps its id and values, and shows where it went. What
   * refers to it in this partner’s tables refers to the other one from then on.
   * @returns the record that stays
   * @throws HubError `NOT_FOUND` `BAD_USER_INPUT` `CONFLICT` `RULE_VIOLATED` MERGED, REFERRED_TO,
   * REHEARSAL
   */
  merge(context: PartnerContext, name: string, input: MergeInput): Promise<Row> {
    const { entity, argument, references, parent, claims } = this.kind;
    return perform<Row>(context, {
      name,
      input,
      reason: input.reason,
      write: async (manager) => {
        const from = await this.#find(manager, this.#idIn(input), input.version);
        const into = await this.#find(manager, input.into, input.intoVersion, 'into');
        if (from.id === into.id)
          refuseInput('input.into', 'A record must not be merged into itself.');
        if (this.kind.isLasting?.(from)) violateRule('REFERRED_TO', `input.${argument}`);
        if (from.isRehearsal !== into.isRehearsal) violateRule('REHEARSAL', 'input.into');
        // What lies below the record that goes takes its place.
        const isBelow = parent && (await this.#isBelow(manager, into, from.id));
        const place: ObjectLiteral = isBelow ? { [parent]: from[parent] } : {};
        // Nor does it succeed itself.
        for (const { entity: of, property } of references)
          if (of === entity && Reflect.get(into, property) === from.id) place[property] = null;
        const { source, on: checkedOn } = input;
        const gone = { mergedIntoId: into.id, version: from.version + 1 };
        const [id, value, note] = [from.id, into.id, `Read on ${checkedOn}.`];
        // Its own page goes on stating its values, where another page can have a claim.
        const stated = claims ? {} : { source, checkedOn };
        await manager.update<ObjectLiteral>(entity, { id }, { ...gone, ...stated });
        const claim = { id, property: 'mergedInto', value, source, preferred: true, note };
        if (claims) await addClaim(context, manager, claims, claim);
        const stays = { ...place, version: into.version + 1 };
        await manager.update<ObjectLiteral>(entity, { id: into.id }, stays);
        const own = [...(parent ? [parent] : []), 'mergedIntoId'];
        const all = [...own.map((property) => ({ entity, property })), ...references];
        await moveReferences(manager, all, { from: from.id, into: into.id });
        return Object.assign(new entity(), into, stays);
      },
    });
  }

  /**
   * Removes a record that was a mistake, with what sources state of it.
   * @param check refuses to remove what others refer to
   * @throws HubError `NOT_FOUND` `CONFLICT`
   */
  async remove(
    context: PartnerContext,
    name: string,
    input: Pick<MergeInput, 'reason' | 'version'>,
    check: (manager: EntityManager, row: Row) => void | Promise<void>,
  ): Promise<true> {
    const { entity, claims, lists = {} } = this.kind;
    const parts = [...Object.values(lists), ...(claims ? [claims] : [])];
    await perform<Row>(context, {
      name,
      input,
      reason: input.reason,
      write: async (manager) => {
        const row = await this.#find(manager, this.#idIn(input), input.version);
        await check(manager, row);
        for (const { entity: part, owner } of parts)
          await manager.delete<ObjectLiteral>(part, { [owner]: row.id });
        await manager.delete<ObjectLiteral>(entity, { id: row.id });
        return row;
      },
    });
    return true;
  }

  #idIn(input: object): string {
    return String(Reflect.get(input, this.kind.argument));
  }

  /** @throws HubError `NOT_FOUND` `CONFLICT` `RULE_VIOLATED` MERGED */
  async #find(
    manager: EntityManager,
    id: string,
    version: number,
    argument = this.kind.argument,
  ): Promise<Row> {
    const row: Row = await findForChange<Row>(manager, this.kind.entity, id, `input.${argument}`);
    if (row.version !== version && argument === 'into') {
      const currentVersion = row.version;
      throw new HubError('CONFLICT', { currentVersion, argument: 'input.intoVersion' });
    }
    checkVersion(row, version);
    if (row.mergedIntoId != null) violateRule('MERGED', `input.${argument}`);
    return row;
  }

  #toRow(values: ObjectLiteral, { source, on }: StatedInput, version: number, before?: Row): Row {
    const { entity: Entity, derive } = this.kind;
    const row = Object.assign(new Entity(), values, { source, checkedOn: on, version });
    return Object.assign(row, derive(row, before));
  }

  async #check(
    manager: EntityManager,
    next: Row,
    input: RegisterInput,
    before?: Row,
  ): Promise<void> {
    const { entity, period, parent, references } = this.kind;
    if (period && isEarlier(next[period[1]], next[period[0]]))
      violateRule('DATE_ORDER', `input.${period[1] in input ? period[1] : period[0]}`);
    if (parent && (await this.#isBelow(manager, next, next.id)))
      refuseInput('input.parent', 'A body must not be a part of itself, nor of one of its parts.');
    for (const { entity: of, property } of references)
      if (of === entity && (await this.#isBelow(manager, next, next.id, property)))
        refuseInput('input.successor', 'A body must not succeed itself, nor one that succeeds it.');
    await this.#checkNew(manager, next, input, before);
  }

  /** Whether a record leads to another one by its parent, or by another such property, however far. */
  async #isBelow(
    manager: EntityManager,
    row: Row,
    id: string,
    parent: string = this.kind.parent ?? '',
  ): Promise<boolean> {
    const { entity } = this.kind;
    const seen = new Set<unknown>();
    for (let above: unknown = row[parent]; above != null && !seen.has(above);) {
      if (above === id) return true;
      seen.add(above);
      // PostgreSQL rejects a text with NUL, and no record has one.
      if (String(above).includes('\0')) return false;
      const found = await manager.findOneBy<ObjectLiteral>(entity, { id: above });
      above = found?.[parent];
    }
    return false;
  }

  /** @throws HubError `RULE_VIOLATED` DUPLICATE, with the `id` of the one that stands */
  async #checkNew(
    manager: EntityManager,
    next: Row,
    { isAnother }: Pick<RegisterInput, 'isAnother'>,
    before?: Row,
  ): Promise<void> {
    const { entity, same } = this.kind;
    if (isAnother === true || (before && same.keyOf(before) === same.keyOf(next))) return;
    const target: EntityTarget<ObjectLiteral> = entity;
    const found = await findSame(manager, target, same, next);
    // What was merged into it may give it its name.
    const first = found.find(({ id, mergedIntoId }) => id !== next.id && mergedIntoId !== next.id);
    const [main] = same.properties;
    const argument =
      same.properties.find((one) => before && !isSame(before[one], next[one])) ?? main;
    if (first) refuseDuplicate(String(first['mergedIntoId'] ?? first['id']), `input.${argument}`);
  }
}

const isSame = (one: string, other: string): boolean => toSameText(one) === toSameText(other);

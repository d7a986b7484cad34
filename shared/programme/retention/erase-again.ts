import type { DataSource, EntityManager } from 'typeorm';
import { performOwnErasure } from '../../partner/mutations/perform.js';
import type { ErasedEntry } from '../../storage/erased-list.js';
import { Erasure } from '../journeys/erasure.entity.js';
import type { PersonalDataKind } from '../vocabulary/enums.js';
import {
  eraseAll,
  eraseTables,
  findNotErased,
  isOfOwnPeople,
  type ErasingContext,
  type PersonalData,
} from './erase-person.js';
import { RetentionNotice } from './retention.entity.js';

/** Erases again what an older copy of the database has of those who were erased since. */
export async function eraseAgain(
  context: ErasingContext,
  all: readonly PersonalData[],
  entries: readonly ErasedEntry[],
): Promise<number> {
  let count = 0;
  for (const data of all) {
    const erased = entries.filter(({ of, kind }) => of === data.of && kind === null);
    const people = [...new Set(erased.map(({ person }) => person))];
    const left = await findNotErased(context.source.manager, data, people);
    for (const person of left) {
      await performOwnErasure(context, { name: 'eraseAgain' }, async (manager) => {
        if (await eraseAll(manager, context, data, person)) count += 1;
      });
    }
    if (data.people) count += await eraseKindsAgain(context, data, entries);
  }
  return count;
}

/** The same for data that was erased by age, unless this database knows of it: what it has then is newer. */
async function eraseKindsAgain(
  context: ErasingContext,
  { of, tables }: PersonalData,
  entries: readonly ErasedEntry[],
): Promise<number> {
  const people = new Set<string>();
  for (const { person, kind, at } of entries.filter((entry) => entry.of === of)) {
    const known = await context.source.manager.findBy(RetentionNotice, { person });
    const own = tables.filter((table) => table.kind === kind);
    if (own.length === 0) continue;
    const notice = known.find((one) => one.kind === kind);
    if ((notice?.erasedAt ?? '') >= at) continue;
    await performOwnErasure(context, { name: 'eraseAgain' }, async (manager) => {
      await eraseTables(manager, own, person);
      await noteErased(manager, { person, kinds: own.map((table) => table.kind), at });
    });
    people.add(person);
  }
  return people.size;
}

/** Notes which kinds of a person’s data were erased by age. */
export async function noteErased(
  manager: EntityManager,
  {
    person,
    kinds,
    at,
  }: Pick<ErasedEntry, 'person' | 'at'> & { readonly kinds: readonly PersonalDataKind[] },
): Promise<void> {
  for (const kind of new Set(kinds)) {
    const row = { person, kind, foundOn: null, dueOn: null, noticedOn: null, erasedAt: at };
    await manager.upsert(RetentionNotice, row, ['person', 'kind']);
  }
}

/** Who was erased before a list was kept. */
export async function findErased(
  { manager }: DataSource,
  all: readonly PersonalData[],
): Promise<ErasedEntry[]> {
  const entries: ErasedEntry[] = [];
  for (const data of all.filter(isOfOwnPeople)) {
    const { of, people } = data;
    if (!people) continue;
    for (const { person, at } of await manager.find(Erasure, { order: { at: 'ASC' } }))
      if (await manager.existsBy(people, { id: person }))
        entries.push({ person, of, kind: null, at });
  }
  return entries;
}

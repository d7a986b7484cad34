import 'reflect-metadata';

import type { AskHub } from '@hub/shared/policy';
import { usualRetention } from '@hub/shared/records';
import { createFactsHub, sqlite } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { DelegateFormality } from '../entities/delegate-formality.entity.js';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { DelegateTravelNeeds } from '../entities/delegate-travel-needs.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { definition } from '../partner.js';
import { away, delegate, nomination } from '../testing/test-mutations.js';
import { openTestOffices } from '../testing/test-partner.js';

/** Short, so that a life fits into some months. */
const retention = {
  ...usualRetention,
  TRAVEL_NEEDS: 8,
  FORMALITIES: 20,
  CONTACTS: 35,
  REPORTS: 35,
  DECISIONS: 60,
};
const kinds = ['TRAVEL_NEEDS', 'FORMALITIES', 'CONTACTS', 'DECISIONS'] as const;
type Kind = (typeof kinds)[number];

/** Numbers from 0 to 1, the same for each seed. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

const firstDay = Date.parse('2030-01-01');
const dayAt = (day: number) => new Date(firstDay + day * 86_400_000).toISOString().slice(0, 10);

/** A group in the plain model: the day of its return, if it is back. */
interface Journey {
  state: 'ahead' | 'back' | 'cancelled' | 'silent';
  returned: number;
}

/** A life in the plain model, in days. */
interface Life {
  readonly id: string;
  readonly journeys: { readonly group: string; readonly proposed: number }[];
  /** Which kinds are stored, and since when. */
  readonly stored: Map<Kind, number>;
  /** Since which run each kind was announced for which day. */
  readonly announced: Map<Kind, { readonly due: number; readonly since: number }>;
  readonly found: Map<Kind, number>;
}

/** When a kind of a life’s data is due: what the issue says, and nothing of the code. */
function dueOf(life: Life, kind: Kind, groups: ReadonlyMap<string, Journey>): number | undefined {
  const joined = life.journeys.map(({ group }) => groups.get(group));
  if (joined.some((group) => group?.state === 'ahead' || group?.state === 'silent')) return;
  const returns = joined.flatMap((group) => (group?.state === 'back' ? group.returned : []));
  const written = ['TRAVEL_NEEDS', 'FORMALITIES'].includes(kind)
    ? life.stored.get(kind)
    : undefined;
  const known = [...returns, ...(written === undefined ? [] : [written])];
  const proposed = life.journeys.map(({ proposed: day }) => day);
  const from = known.length > 0 ? known : proposed;
  const base = from.length > 0 ? Math.max(...from) : life.found.get(kind);
  return base === undefined ? undefined : base + retention[kind];
}

async function openLives(seed: number) {
  const random = createRandom(seed);
  const groups = new Map<string, Journey>();
  const facts = createFactsHub((_, id) => {
    const { state, returned } = groups.get(id) ?? { state: 'silent', returned: 0 };
    if (state === 'silent') throw away;
    const returnedOn = state === 'back' ? dayAt(returned) : null;
    return {
      cancelledOn: state === 'cancelled' ? dayAt(0) : null,
      declinedNominations: [],
      visits: [{ returnedOn, cancelledOn: null }],
    };
  });
  const askHub: AskHub = (query, ...rest) =>
    query.includes('eraseTexts')
      ? Promise.resolve({ eraseTexts: true })
      : facts.askHub(query, ...rest);
  const offices = await openTestOffices(sqlite, 'facts', { askHub });
  const { source } = offices;
  const { manager } = source;
  const lives: Life[] = [];
  let day = 0;
  const pick = <Item>(items: readonly Item[]): Item | undefined =>
    items[Math.floor(random() * items.length)];

  const store = async (life: Life, kind: 'TRAVEL_NEEDS' | 'FORMALITIES') => {
    const row = { delegateId: life.id };
    if (kind === 'TRAVEL_NEEDS')
      await manager.upsert(DelegateTravelNeeds, { ...row, diet: 'none', setOn: dayAt(day) }, [
        'delegateId',
      ]);
    else {
      const visa = { ...row, groupId: 'nbnp:g0', kind: 'VISA', status: 'RECEIVED' } as const;
      await manager.upsert(DelegateFormality, { ...visa, on: dayAt(day) }, [
        'delegateId',
        'groupId',
        'kind',
      ]);
    }
    life.stored.set(kind, day);
  };
  const events: readonly (() => Promise<unknown> | void)[] = [
    async () => {
      const id = `ncm:d${lives.length}`;
      await manager.insert(Delegate, {
        ...delegate(id),
        name: 'Anna',
        email: 'a@invented.example',
      });
      const stored = new Map<Kind, number>([
        ['CONTACTS', day],
        ['DECISIONS', day],
      ]);
      lives.push({ id, journeys: [], stored, announced: new Map(), found: new Map() });
    },
    () => void groups.set(`nbnp:g${groups.size}`, { state: 'ahead', returned: 0 }),
    async () => {
      const [life, group] = [pick(lives), pick([...groups.keys()])];
      if (!life?.stored.has('DECISIONS') || group === undefined) return;
      const id = `ncm:n${life.id}-${life.journeys.length}`;
      const row = { ...nomination(life.id.slice('ncm:d'.length), 'SELECTED', group), id };
      await manager.insert(DelegateNomination, { ...row, nominatedOn: dayAt(day) });
      life.journeys.push({ group, proposed: day });
    },
    async () => {
      const life = pick(lives);
      if (life?.stored.has('DECISIONS'))
        await store(life, pick(['TRAVEL_NEEDS', 'FORMALITIES'] as const) ?? 'FORMALITIES');
    },
    () => {
      const group = pick([...groups.values()].filter(({ state }) => state === 'ahead'));
      if (group)
        Object.assign(group, { state: random() < 0.7 ? 'back' : 'cancelled', returned: day });
    },
    () => {
      const group = pick([...groups.values()].filter(({ state }) => state === 'back'));
      if (group && random() < 0.1) group.state = 'silent';
    },
  ];
  const readStored = async () => {
    const people = new Map((await manager.find(Delegate)).map((row) => [row.id, row]));
    const needs = new Set((await manager.find(DelegateTravelNeeds)).map((row) => row.delegateId));
    const visas = new Set((await manager.find(DelegateFormality)).map((row) => row.delegateId));
    return (id: string, kind: Kind): boolean => {
      if (kind === 'TRAVEL_NEEDS') return needs.has(id);
      if (kind === 'FORMALITIES') return visas.has(id);
      const row = people.get(id);
      return kind === 'CONTACTS' ? row?.email !== null : row?.name !== null;
    };
  };
  let lastWhole: number | undefined;
  let erased = 0;
  /** Runs, and compares with the model: nothing is erased that is not due and was not announced. */
  const runAndCompare = async () => {
    const clock = () => new Date(firstDay + day * 86_400_000 + 43_200_000);
    const isWhole = await definition.chore?.({ partner: 'ncm', source, clock, askHub, retention });
    const isStored = await readStored();
    const mayErase = lastWhole !== undefined && day - lastWhole <= 2;
    for (const life of lives) {
      const isAhead = life.journeys.some(({ group }) => groups.get(group)?.state === 'ahead');
      const ripe = [...life.stored.keys()].filter((kind) => {
        if (!life.found.has(kind)) life.found.set(kind, day);
        const due = dueOf(life, kind, groups);
        // Who travels again is told anew when her data is due again.
        if (isAhead) life.announced.delete(kind);
        if (due === undefined) return false;
        const known = life.announced.get(kind);
        if (due - 30 > day) life.announced.delete(kind);
        else if (known?.due !== due) life.announced.set(kind, { due, since: day });
        const { since = day } = life.announced.get(kind) ?? {};
        return mayErase && due <= day && since + 30 <= day;
      });
      const gone = ripe.includes('DECISIONS') ? [...life.stored.keys()] : ripe;
      for (const kind of life.stored.keys())
        expect(isStored(life.id, kind), `${life.id} ${kind} on day ${day}`).toBe(
          !gone.includes(kind),
        );
      erased += gone.length;
      for (const kind of gone) {
        for (const known of [life.stored, life.announced, life.found]) known.delete(kind);
      }
    }
    if (isWhole === true) lastWhole = day;
    // A group that said nothing answers again, sooner or later.
    for (const group of groups.values())
      if (group.state === 'silent' && random() < 0.5) group.state = 'back';
  };
  return {
    async live(days: number) {
      for (const last = day + days; day < last; day += random() < 0.05 ? 5 : 1) {
        for (let event = 0; event < 3; event += 1) await pick(events)?.();
        await runAndCompare();
      }
      return { people: lives.length, erased };
    },
    [Symbol.asyncDispose]: offices[Symbol.asyncDispose],
  };
}

describe('random lives', () => {
  it.each([1, 2])(
    'lose what is due, was announced for 30 days, and nothing else (%i)',
    async (seed) => {
      await using lives = await openLives(seed);
      const { people, erased } = await lives.live(260);
      expect(people).toBeGreaterThan(50);
      expect(erased).toBeGreaterThan(50);
    },
    120_000,
  );
});

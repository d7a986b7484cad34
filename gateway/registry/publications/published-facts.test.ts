import { silentLogger } from '@hub/shared/system';
import { describe, expect, it } from 'vitest';
import type { PublicationState } from './publication.js';
import { createPublishedFacts } from './published-facts.js';

const agreed = 'type Query { units: [Unit!] } type Unit { id: ID! motto: String }';

const judged = (judgedBy: string, lacks: string[]): PublicationState => ({
  accepted: {
    sequence: 1,
    schemaVersion: '1',
    schema: 'type Query { units: [Unit!] } type Unit { id: ID! }',
    hash: 'a'.repeat(64),
    lacks,
    adds: [],
    judgedBy,
  },
});

describe('what servers lack of a contract that was just adopted', () => {
  it('is known before anybody has judged them, and until then', async () => {
    let state: PublicationState | undefined = judged('the contract before', []);
    const members = [{ code: 'se', subgraph: 'police' }];
    const facts = createPublishedFacts(['se'], { read: () => state }, silentLogger);
    const read = () => [...(facts.lacks.get('se') ?? [])];
    expect(read()).toEqual([]);
    await facts.compareWith([{ name: 'police', sdl: agreed }], members);
    expect(read()).toEqual(['Unit.motto']);
    facts.read();
    expect(read()).toEqual(['Unit.motto']);
    state = judged('this contract', ['Unit.motto', 'Unit.name']);
    facts.read();
    expect(read()).toEqual(['Unit.motto', 'Unit.name']);
    state = undefined;
    facts.read();
    expect(read()).toEqual([]);
  });
});

describe('what a server erases by age', () => {
  it('is all of people of its own, else whom to call and who read, and nothing of an older one', () => {
    const schemas: Readonly<Record<string, string>> = {
      se: 'type RetentionDue { person: ID! } type Erasure { id: ID! }',
      nbnp: 'type RetentionDue { person: ID! }',
      dk: 'type Reading { id: ID! }',
      no: agreed,
    };
    const read = (code: string): PublicationState => {
      const { accepted } = judged('the contract', []);
      return { accepted: accepted && { ...accepted, schema: schemas[code] ?? '' } };
    };
    const facts = createPublishedFacts(Object.keys(schemas), { read }, silentLogger);
    expect(facts.retentionOf('se')).toMatchObject({ TRAVEL_NEEDS: 30, CONTACTS: 730 });
    expect(facts.retentionOf('nbnp')).toEqual({ CONTACTS: 730, READERS: 730 });
    for (const code of ['dk', 'no']) expect(facts.retentionOf(code)).toBeUndefined();
  });
});

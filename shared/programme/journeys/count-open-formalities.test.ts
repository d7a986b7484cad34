import { describe, expect, it } from 'vitest';
import type { FormalityKind, FormalityStatus } from '../vocabulary/enums.js';
import { countOpenFormalities } from './count-open-formalities.js';

const formality = (person: string, kind: FormalityKind, status: FormalityStatus) => ({
  person,
  groupId: 'nbnp:g',
  kind,
  status,
  on: '2030-01-01',
  note: null,
  saidDoneOn: null,
  saidNote: null,
  version: 1,
});

describe('countOpenFormalities', () => {
  it('counts each kind of each member that is not recorded, or neither received nor not needed', () => {
    const recorded = [
      formality('a', 'VISA', 'REQUESTED'),
      formality('a', 'TICKET', 'RECEIVED'),
      formality('a', 'CONSENT', 'NOT_NEEDED'),
      formality('b', 'VISA', 'REFUSED'),
      // Of somebody who has left the group.
      formality('c', 'VISA', 'RECEIVED'),
    ];
    const count = (...people: string[]) =>
      countOpenFormalities(new Set(people), recorded, ({ person }) => person);
    expect([count(), count('a'), count('a', 'b')]).toEqual([0, 3, 8]);
  });
});

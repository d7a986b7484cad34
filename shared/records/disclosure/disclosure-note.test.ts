import { describe, expect, it } from 'vitest';
import { createDisclosureNote } from './disclosure-note.js';

describe('createDisclosureNote', () => {
  it('counts each object once, and stores no value and no id', () => {
    const note = createDisclosureNote();
    note.note('Officer', 'name', 'dk:1');
    note.note('Officer', 'email', 'dk:1');
    note.note('Officer', 'name', 'dk:2');
    note.note('Hosting', 'transport', 'dk:h');
    expect(note.readings).toEqual([
      { type: 'Officer', fields: ['email', 'name'], records: 2 },
      { type: 'Hosting', fields: ['transport'], records: 1 },
    ]);
  });

  it('keeps people apart of whom other fields were read', () => {
    const note = createDisclosureNote();
    for (const field of ['name', 'email']) note.note('Officer', field, 'dk:1', 'dk:1');
    for (const field of ['email', 'name', 'email']) note.note('Officer', field, 'dk:2', 'dk:2');
    note.note('Officer', 'name', 'dk:3', 'dk:3');
    // Two formalities of one person, which have no ids.
    for (const person of ['dk:1', 'dk:1', 'dk:3']) note.note('Formality', 'status', '', person);
    // Of a nomination that does not say.
    note.note('OfficerNomination', 'reason', 'dk:n');
    expect(note.readings).toEqual([
      { type: 'Officer', fields: ['email', 'name'], records: 2, people: ['dk:1', 'dk:2'] },
      { type: 'Officer', fields: ['name'], records: 1, people: ['dk:3'] },
      { type: 'Formality', fields: ['status'], records: 2, people: ['dk:1', 'dk:3'] },
      { type: 'OfficerNomination', fields: ['reason'], records: 1 },
    ]);
  });
});

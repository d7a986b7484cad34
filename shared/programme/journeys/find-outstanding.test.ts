import { describe, expect, it } from 'vitest';
import { FormalityKind } from '../vocabulary/enums.js';
import { findOutstanding } from './preparation-fields.js';

const kinds = Object.keys(FormalityKind) as FormalityKind[];
const formality = (kind: FormalityKind, groupId = 'nbnp:g') => ({
  groupId,
  kind,
  status: 'RECEIVED' as const,
  on: '2030-01-01',
  note: null,
  saidDoneOn: null,
  saidNote: null,
  version: 1,
});
const report = (groupId: string) => ({
  id: 'dk:r',
  groupId,
  visitId: 'nbnp:v',
  receivedOn: '2030-06-01',
  text: null,
  version: 1,
});
const travels = () => Promise.resolve(true);
const nothing = { isNamed: true, formalities: [], reports: [], travels };

describe('findOutstanding', () => {
  it('names both without a record', async () => {
    expect(await findOutstanding('nbnp:g', nothing)).toEqual(['FORMALITIES', 'REPORT']);
  });

  it('leaves the formalities out once all five kinds of this group are settled', async () => {
    const four = kinds.slice(1).map((kind) => formality(kind));
    const find = (...more: ReturnType<typeof formality>[]) =>
      findOutstanding('nbnp:g', { ...nothing, formalities: [...four, ...more] });
    expect(await find(formality('INVITATION_LETTER', 'nbnp:other'))).toEqual([
      'FORMALITIES',
      'REPORT',
    ]);
    expect(await find(formality('INVITATION_LETTER'))).toEqual(['REPORT']);
  });

  it('leaves the report out once there is one of this group', async () => {
    const find = (groupId: string) =>
      findOutstanding('nbnp:g', { ...nothing, reports: [report(groupId)] });
    expect(await find('nbnp:other')).toEqual(['FORMALITIES', 'REPORT']);
    expect(await find('nbnp:g')).toEqual(['FORMALITIES']);
  });

  it('leaves the report out for somebody who travels on no visit', async () => {
    const atHome = { ...nothing, travels: () => Promise.resolve(false) };
    expect(await findOutstanding('nbnp:g', atHome)).toEqual(['FORMALITIES']);
  });

  it('names nothing after erasure', async () => {
    expect(await findOutstanding('nbnp:g', { ...nothing, isNamed: false })).toEqual([]);
  });
});

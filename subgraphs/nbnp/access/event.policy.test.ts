import { anonymous, type Reader } from '@hub/shared/identity';
import type { PartnerContext } from '@hub/shared/policy';
import { readerOf } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { PartyRoleKind } from '../entities/vocabulary.js';
import {
  checkMayRemove,
  checkMayReorganise,
  checkMayWrite,
  eventWriters,
  organisersAmong,
} from './event.policy.js';

const codes = ['nbnp', 'ncm', 'ee', 'dk'] as const;

/** The organisations whose co-ordinators a check lets through. */
const whoMay = (check: (reader: Reader) => void): string[] =>
  codes.filter((code) => {
    try {
      check(readerOf(code, 'coordinator'));
      return true;
    } catch (error) {
      expect(error).toMatchObject({ extensions: { code: 'FORBIDDEN' } });
      return false;
    }
  });

const alone = ['ee:unit', 'ee:academy'];
const together = ['ee:unit', 'ncm:led'];

describe('the level `organisers`', () => {
  const decide = (reader: Reader, input: object) =>
    eventWriters.organisers?.decide(undefined, { reader, source: {} } as PartnerContext, { input });
  const organiser = { role: PartyRoleKind.ORGANISER, party: 'ncm:led' };
  const host = { role: PartyRoleKind.HOST, party: 'dk:unit' };

  it('is for co-ordinators of the network and of the organisers of a new event', async () => {
    const event = { organisers: ['ee:unit'], roles: [organiser, host] };
    const may = codes.map(async (code) => decide(readerOf(code, 'coordinator'), event));
    expect(await Promise.all(may)).toEqual([true, true, true, false]);
  });

  it('is for no server and no other role', async () => {
    const event = { organisers: ['nbnp:a'] };
    for (const role of ['service', 'liaison', 'analyst', 'auditor'] as const)
      expect(await decide(readerOf('nbnp', role), event), role).toBe(false);
    expect(await decide(anonymous, event)).toBe(false);
  });
});

describe('checkMayWrite', () => {
  it('lets the network write every event, and the organisers their own', () => {
    expect(whoMay((reader) => checkMayWrite(reader, together))).toEqual(['nbnp', 'ncm', 'ee']);
    expect(whoMay((reader) => checkMayWrite(reader, []))).toEqual(['nbnp']);
  });
});

describe('checkMayRemove', () => {
  it('lets an organisation remove only an event that it organises alone', () => {
    expect(whoMay((reader) => checkMayRemove(reader, alone))).toEqual(['nbnp', 'ee']);
    expect(whoMay((reader) => checkMayRemove(reader, together))).toEqual(['nbnp']);
    expect(whoMay((reader) => checkMayRemove(reader, []))).toEqual(['nbnp']);
  });
});

describe('checkMayReorganise', () => {
  it.each<[what: string, next: readonly string[], may: readonly string[]]>([
    ['the same organisers', together, ['nbnp', 'ncm', 'ee']],
    ['one more', [...together, 'dk:unit'], ['nbnp', 'ncm', 'ee']],
    ['another unit of one’s own', ['ee:academy', 'ncm:led'], ['nbnp', 'ee']],
    ['without another organisation', ['ee:unit'], ['nbnp']],
    ['nobody', [], ['nbnp']],
  ])('keeps the organisers of others and a party of one’s own: %s', (_what, next, may) => {
    const check = (reader: Reader) => {
      checkMayWrite(reader, together);
      checkMayReorganise(reader, together, next);
    };
    expect(whoMay(check)).toEqual(may);
  });

  it('keeps each of several organisers', () => {
    const three = [...together, 'dk:unit'];
    const may = (next: readonly string[]) =>
      whoMay((reader) => {
        checkMayWrite(reader, three);
        checkMayReorganise(reader, three, next);
      });
    expect(may(three)).toEqual(['nbnp', 'ncm', 'ee', 'dk']);
    expect(may(together)).toEqual(['nbnp']);
  });

  it('names the argument', () => {
    const check = () => checkMayReorganise(readerOf('ee', 'coordinator'), together, ['ee:unit']);
    expect(check).toThrow(
      expect.objectContaining({ extensions: { code: 'FORBIDDEN', argument: 'input.roles' } }),
    );
  });
});

describe('organisersAmong', () => {
  it('has the parties that organise, and no others', () => {
    const roles = [
      { role: 'ORGANISER', party: 'ee:unit' },
      { role: 'HOST', party: 'fi:unit' },
      { role: 'ORGANISER', party: 'ncm:led' },
    ] as Parameters<typeof organisersAmong>[0];
    expect(organisersAmong(roles)).toEqual(together);
  });
});

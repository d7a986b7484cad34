import { describe, expect, it } from 'vitest';
import { waitFor } from './awaited.ts';
import type { GraphError } from './send-operation.ts';
import { absentAt, whyMissing, whyNull } from './why-null.ts';

const refused = (...path: (string | number)[]): GraphError => ({
  message: 'Not allowed.',
  path,
  extensions: { code: 'FORBIDDEN', partner: 'nbnp' },
});

const away = (partner: string, ...path: (string | number)[]): GraphError => ({
  message: 'This partner is unavailable.',
  path,
  extensions: { code: 'PARTNER_UNAVAILABLE', partner },
});

describe('whyNull', () => {
  it('is unknown without an error, and for the errors of other places', () => {
    expect(whyNull([], ['visit', 'stops'])).toBe('unknown');
    const elsewhere = [refused('visit', 'experts'), away('fi', 'visit', 'stops', 1)];
    expect(whyNull(elsewhere, ['visit', 'stops', 0, 'site'], 'fi')).toBe('unknown');
  });

  it('is withheld if the value or what it is part of is refused', () => {
    expect(whyNull([refused('visit', 'stops')], ['visit', 'stops'])).toBe('withheld');
    expect(whyNull([refused('visit')], ['visit', 'stops', 0, 'note'])).toBe('withheld');
    expect(whyNull([refused('visit', 'stops', 0, 'note')], ['visit', 'stops'])).toBe('unknown');
  });

  it('is missing if the owner of the value is away', () => {
    const path = ['group', 'members', 3, 'name'];
    const errors = [away('fi', 'group', 'members', 3)];
    expect(whyNull(errors, path, 'fi')).toBe('missing');
    expect(whyNull(errors, path, 'dk')).toBe('unknown');
    expect(whyNull(errors, path)).toBe('unknown');
  });

  it('is missing if its partner failed at this very value', () => {
    const failed: GraphError = {
      message: 'Unexpected error.',
      path: ['visit', 'note'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', partner: 'nbnp' },
    };
    expect(whyNull([failed], ['visit', 'note'])).toBe('missing');
    expect(whyNull([failed], ['visit', 'title'])).toBe('unknown');
  });

  it('is missing if the error of an absent partner is at the value itself', () => {
    expect(whyNull([away('ncm', 'group', 'members')], ['group', 'members'])).toBe('missing');
  });

  it('is awaited while the page waits for its owner, and only for this one', () => {
    const path = ['group', 'members', 3, 'name'];
    const errors = [away('fi', 'group', 'members', 3), away('ncm', 'group', 'members', 4)];
    const query = {};
    waitFor(query, ['fi']);
    expect(whyNull(errors, path, 'fi')).toBe('awaited');
    expect(whyNull(errors, ['group', 'members', 4, 'name'], 'ncm')).toBe('missing');
    waitFor(query, []);
    expect(whyNull(errors, path, 'fi')).toBe('missing');
  });

  it('is unknown for an error of another kind', () => {
    const fault = { message: 'Unexpected error.', path: ['visit'], extensions: { code: 'OTHER' } };
    expect(whyNull([fault], ['visit', 'stops'], 'nbnp')).toBe('unknown');
  });
});

describe('absentAt', () => {
  it('names the partners that are away at a place, above it and below it, once each', () => {
    const errors = [
      away('fi', 'visit'),
      away('fi', 'visit', 'stops', 0),
      away('ee', 'visit', 'stops', 1, 'site'),
      away('no', 'group'),
      refused('visit', 'stops'),
    ];
    expect(absentAt(errors, ['visit', 'stops'])).toEqual(['ee', 'fi']);
    expect(absentAt(errors, ['visit', 'stops', 0])).toEqual(['fi']);
  });
});

describe('whyMissing', () => {
  it('is awaited if the page waits for all that are away there', () => {
    const errors = [away('fi', 'group'), away('ee', 'group', 'members', 1)];
    const query = {};
    waitFor(query, ['fi']);
    expect(whyMissing(errors, ['group', 'memberCount'])).toBe('awaited');
    expect(whyMissing([...errors, away('ee', 'group')], ['group', 'memberCount'])).toBe('missing');
    expect(whyMissing([], ['group', 'memberCount'])).toBe('missing');
    waitFor(query, []);
    expect(whyMissing(errors, ['group', 'memberCount'])).toBe('missing');
  });
});

import { describe, expect, it } from 'vitest';
import { anonymous, type Reader } from '../identity/reader.js';
import { type Role, roles } from '../identity/token.js';
import type { PartnerContext } from './context/partner-context.js';
import {
  coordinators,
  hasRole,
  isEvaluator,
  isOneOf,
  isOwnStaff,
  isPerson,
  organisationOf,
  staff,
} from './readers.js';

const readerOf = (role: Role, organisation = 'dk'): Reader => ({
  kind: 'person',
  organisation,
  subject: 'somebody',
  role,
  purpose: undefined,
});

/** A caller with the claims of a token, but without a verified token. */
const pretender = { ...readerOf('coordinator'), kind: 'anonymous' } as Reader;

describe('readers', () => {
  it('have the roles of their token', () => {
    const coordinating = roles.filter((role) => hasRole(readerOf(role), coordinators));
    expect(coordinating).toEqual(roles.filter((role) => ['coordinator', 'service'].includes(role)));
    const preparing = roles.filter((role) => hasRole(readerOf(role), staff));
    expect(preparing).toEqual(
      roles.filter((role) => ['coordinator', 'liaison', 'service'].includes(role)),
    );
  });

  it('belong to the organisation of their token, and anonymous callers to none', () => {
    expect(organisationOf(readerOf('analyst'))).toBe('dk');
    expect(organisationOf(anonymous)).toBe('');
    expect(isOneOf(readerOf('auditor'), 'dk', ['auditor'])).toBe(true);
    expect(isOneOf(readerOf('auditor'), 'no', ['auditor'])).toBe(false);
    expect(isOneOf(readerOf('auditor'), 'dk', ['analyst'])).toBe(false);
  });

  it('have no role and no organisation without a verified token', () => {
    expect(isPerson(pretender)).toBe(false);
    expect(hasRole(pretender, coordinators)).toBe(false);
    expect(organisationOf(pretender)).toBe('');
    expect(isOneOf(pretender, 'dk', coordinators)).toBe(false);
    expect(isOneOf(anonymous, '', coordinators)).toBe(false);
  });
});

/** Of these organisations, the callers of whom something is true. */
const whoIs = (codes: readonly string[], isOne: (reader: Reader) => boolean): string[] =>
  codes.flatMap((code) =>
    roles.filter((role) => isOne(readerOf(role, code))).map((role) => `${code} ${role}`),
  );

describe('isOwnStaff', () => {
  it('is true for those who prepare journeys for the owner of the data', () => {
    const isOwn = (reader: Reader) => isOwnStaff({ reader, partner: 'dk' } as PartnerContext);
    expect(whoIs(['dk', 'no', 'nbnp'], isOwn).toSorted()).toEqual([
      'dk coordinator',
      'dk liaison',
      'dk service',
    ]);
    expect(isOwn(anonymous)).toBe(false);
  });
});

describe('isEvaluator', () => {
  it('is true for NBNP, and for the co-ordinators of the offices', () => {
    expect(whoIs(['nbnp', 'ncm', 'dk'], isEvaluator).toSorted()).toEqual([
      'nbnp coordinator',
      'nbnp liaison',
      'nbnp service',
      'ncm coordinator',
      'ncm service',
    ]);
    expect(isEvaluator(anonymous)).toBe(false);
  });
});

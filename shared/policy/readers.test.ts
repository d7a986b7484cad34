import { describe, expect, it } from 'vitest';
import { anonymous, roles, type Reader, type Role } from '../identity/index.js';
import { coordinators, hasRole, isOneOf, isPerson, organisationOf, staff } from './readers.js';
import { recordedLevels } from './recorded-levels.js';
import { open } from './type-policy.js';

const readerOf = (role: Role): Reader => ({
  kind: 'person',
  organisation: 'dk',
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

describe('the levels that are recorded', () => {
  it('are those that concern a person or a journey', () => {
    expect([...recordedLevels].toSorted()).toEqual([
      'formalities',
      'identity',
      'itinerary',
      'report',
      'tasks',
      'travelNeeds',
    ]);
    expect(recordedLevels.has(open)).toBe(false);
  });
});

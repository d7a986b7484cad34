import { describe, expect, it } from 'vitest';
import { anonymous, isService, type Reader } from './reader.js';
import { roles } from './token.js';

const readerOf = (role: (typeof roles)[number]): Reader => ({
  kind: 'person',
  organisation: 'dk',
  subject: 'somebody',
  role,
  purpose: undefined,
});

describe('isService', () => {
  it('is true only for a partner’s own server', () => {
    expect(roles.filter((role) => isService(readerOf(role)))).toEqual(['service']);
    expect(isService(anonymous)).toBe(false);
    expect(isService({ ...readerOf('service'), kind: 'anonymous' } as Reader)).toBe(false);
  });

  it('does not allow an anonymous caller to have an organisation', () => {
    expect(anonymous.kind).toBe('anonymous');
    expect(Object.isFrozen(anonymous)).toBe(true);
  });
});

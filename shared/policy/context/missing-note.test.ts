import { describe, expect, it } from 'vitest';
import { HubError } from '../../errors/hub-error.js';
import { createMissingNote } from './missing-note.js';

const at = (key: string) => ({
  path: { prev: undefined, key, typename: 'Query' },
  fieldNodes: [],
});

describe('createMissingNote', () => {
  it('says at each field once which partner is missing', () => {
    const missing = createMissingNote();
    const away = (partner: string) => new HubError('PARTNER_UNAVAILABLE', { partner });
    missing.note(away('ncm'), at('contacts'));
    missing.note(away('ncm'), at('contacts'));
    missing.note(away('dk'), at('contacts'));
    missing.note(away('ncm'), at('centralities'));
    missing.note(new HubError('OVERLOADED', { retryAfter: 1 }), at('contacts'));
    expect(missing.errors.map(({ path, extensions }) => ({ path, ...extensions }))).toEqual([
      { path: ['contacts'], code: 'PARTNER_UNAVAILABLE', partner: 'ncm' },
      { path: ['contacts'], code: 'PARTNER_UNAVAILABLE', partner: 'dk' },
      { path: ['centralities'], code: 'PARTNER_UNAVAILABLE', partner: 'ncm' },
      { path: ['contacts'], code: 'OVERLOADED', retryAfter: 1 },
    ]);
  });
});

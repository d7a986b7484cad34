import { readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { openTestJourneys } from '../testing/test-journeys.js';

const nominated = { nominatedOn: '2026-08-01', withdrawnOn: null };
const withdrawn = { ...nominated, withdrawnOn: '2026-08-20' };
/** As the hub fills in what an unavailable police force would say. */
const unknown = { nominatedOn: null, withdrawnOn: null };

const accepted = { acceptedOn: '2026-08-10', declinedOn: null };
const reserve = { ...accepted, reserve: true };
const declined = { acceptedOn: null, declinedOn: '2026-08-11', declineReason: 'No place.' };
const released = { ...declined, ...accepted, declinedOn: '2026-08-12' };
const reopened = { acceptedOn: null, declinedOn: null, declineReason: null, decisionVersion: 2 };

/** Who said what, and what follows. */
const cases = [
  ['nobody has decided', null, nominated, ['PENDING', null, null]],
  ['the police force withdrew', null, withdrawn, ['WITHDRAWN', '2026-08-20', null]],
  ['the police force is unavailable', null, unknown, [null, null, null]],
  ['accepted', accepted, nominated, ['SELECTED', '2026-08-10', null]],
  ['accepted, unavailable', accepted, unknown, ['SELECTED', '2026-08-10', null]],
  ['accepted, withdrawn meanwhile', accepted, withdrawn, ['SELECTED', '2026-08-10', null]],
  ['a reserve', reserve, nominated, ['SELECTED', '2026-08-10', null]],
  ['declined', declined, nominated, ['DECLINED', '2026-08-11', 'No place.']],
  ['declined, unavailable', declined, unknown, ['DECLINED', '2026-08-11', 'No place.']],
  ['declined, then withdrawn', declined, withdrawn, ['DECLINED', '2026-08-11', 'No place.']],
  ['released', released, nominated, ['DECLINED', '2026-08-12', 'No place.']],
  ['reopened', reopened, nominated, ['PENDING', null, null]],
  ['reopened, withdrawn', reopened, withdrawn, ['WITHDRAWN', '2026-08-20', null]],
  ['reopened, unavailable', reopened, unknown, [null, null, null]],
] as const;

describe.each(testDatabases)('OfficerNomination.status on $name', (kind) => {
  it.each(cases)('is, with its day and reason, for %s', async (_, decision, said, expected) => {
    await using network = await openTestJourneys(kind);
    const id = 'dk:nomination-here';
    const groupId = 'nbnp:arranged';
    if (decision) {
      const row = { id, groupId, officerId: 'dk:officer-here', ...decision };
      await network.source.manager.insert(OfficerNomination, row);
    }
    const { data, errors } = await network.ask(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ... on OfficerNomination { status decidedOn reason } } }`,
      { representations: [{ __typename: 'OfficerNomination', id, groupId, ...said }] },
      readerOf('nbnp', 'coordinator'),
    );
    expect(errors).toBeUndefined();
    const [status, decidedOn, reason] = expected;
    expect(data).toEqual({ _entities: [{ status, decidedOn, reason }] });
  });
});

import 'reflect-metadata';

import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { ProgrammeSignature } from '../entities/programme-signature.entity.js';
import {
  away,
  departed,
  expectRefusals,
  openWrittenOffices,
  returned,
  rule,
} from '../testing/test-mutations.js';

const input = { programme: 'nbnp:p', on: '2010-12-01' };
const selection = 'id officeSignedOn officeSignatureCount';
const signed = { id: 'nbnp:p', officeSignedOn: '2010-12-01', officeSignatureCount: 1 };

/** One report is enough. Further reports are expected but not required. */
const reported = {
  id: 'nbnp:officers',
  direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA',
  cancelledOn: null,
  visits: [returned],
  officerReportsReceived: 1,
};
const cancelled = {
  ...reported,
  id: 'nbnp:cancelled',
  cancelledOn: '2010-02-01',
  visits: [],
  officerReportsReceived: 0,
};
/** Its reports are the offices’ own. */
const ofDelegates = {
  ...reported,
  id: 'nbnp:g',
  direction: 'NORTH_WEST_RUSSIA_TO_NORDIC',
  officerReportsReceived: 0,
};
const programme = { startsOn: '2009-09', endsOn: '2010', groups: [reported, cancelled] };

describe.each(testDatabases)('Mutation.signOfficeEvaluation on $name', (database) => {
  it('signs once each group is cancelled, or is back with a report, and changes nothing when repeated with the same date', async () => {
    await using offices = await openWrittenOffices(database);
    offices.hub.set('nbnp:p', programme);
    const once = { value: signed, refusal: undefined };
    expect(await offices.call('signOfficeEvaluation', input, selection)).toEqual(once);
    offices.hub.set('nbnp:p', away);
    expect(await offices.call('signOfficeEvaluation', input, selection)).toEqual(once);
    await expectRefusals(offices, 'signOfficeEvaluation', input, [
      { input: { on: '2010-12-02' }, as: rule('ALREADY_SIGNED', 'input.programme') },
    ]);
    expect(await offices.partner.source.manager.count(ProgrammeSignature)).toBe(1);
  });

  it('signs the draft that the caller has read, and no other', async () => {
    await using offices = await openWrittenOffices(database);
    offices.hub.set('nbnp:p', { id: 'nbnp:p', ...programme });
    const draft = { programme: input.programme, summary: 'Done.', version: 0 };
    await offices.call('draftOfficeEvaluation', draft, 'id');
    await expectRefusals(offices, 'signOfficeEvaluation', input, [
      { input: { version: 0 }, as: { code: 'CONFLICT', currentVersion: 1 } },
    ]);
    const read = { ...input, version: 1 };
    expect((await offices.call('signOfficeEvaluation', read, selection)).value).toEqual(signed);
  });

  it('accepts one of fifty concurrent requests with different dates', async () => {
    await using offices = await openWrittenOffices(database);
    offices.hub.set('nbnp:p', programme);
    const days = Array.from(
      { length: 50 },
      (_, day) => `2011-${10 + (day % 3)}-${10 + Math.floor(day / 3)}`,
    );
    const outcomes = await Promise.all(
      days.map((on) => offices.call('signOfficeEvaluation', { ...input, on })),
    );
    const refused = outcomes.filter(({ refusal }) => refusal?.['rule'] === 'ALREADY_SIGNED');
    expect(refused).toHaveLength(49);
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using offices = await openWrittenOffices(database);
    offices.hub.set('nbnp:p', programme);
    const underWay = rule('UNDER_WAY', 'input.programme');
    const beside = (group: object) => ({
      'nbnp:p': { ...programme, groups: [reported, { ...reported, id: 'nbnp:other', ...group }] },
    });
    const notFound = { code: 'NOT_FOUND', argument: 'input.programme' };
    await expectRefusals(offices, 'signOfficeEvaluation', input, [
      { input: { programme: 'nbnp:none' }, as: notFound },
      { input: { programme: 'nbnp:\0' }, as: notFound },
      { hub: beside({ officerReportsReceived: 0 }), as: underWay },
      { hub: beside(ofDelegates), as: underWay },
      { hub: { 'nbnp:p': { ...programme, groups: [] } }, as: underWay },
      { hub: { 'nbnp:p': { ...programme, groups: null } }, as: underWay },
      { hub: beside({ visits: [returned, departed] }), as: underWay },
      { hub: beside({ visits: [] }), as: underWay },
      { hub: beside({ visits: null }), as: underWay },
      { hub: beside({ officerReportsReceived: null }), as: { code: 'PARTNER_UNAVAILABLE' } },
      { input: { on: '2009-08-31' }, as: rule('OUTSIDE_PROGRAMME', 'input.on') },
      { input: { on: '2010-01-01' }, as: rule('DATE_ORDER', 'input.on') },
      { input: { on: '2013-01-01' }, as: rule('TOO_LATE', 'input.on') },
      { hub: { 'nbnp:p': away }, as: { code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' } },
    ]);
  });
});

import { compareOutstanding, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { OfficerFormality } from '../entities/officer-formality.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { openTestPolice } from '../testing/test-partner.js';

const of = { officerId: 'fi:demo-officer-5', groupId: 'nbnp:g' };

describe.each(testDatabases)('Officer.outstanding on $name', (database) => {
  it('lists formalities and the report of one group until they are settled or erased', async () => {
    await using partner = await openTestPolice(database, 'fi');
    const { manager } = partner.source;
    const received = { ...of, status: 'RECEIVED', on: '2030-02-01' } as const;
    const report = { ...of, id: 'fi:report', visitId: 'nbnp:v', receivedOn: '2030-06-01' };
    const steps = compareOutstanding(partner, {
      field: 'officer',
      erase: 'eraseOfficer',
      id: of.officerId,
      group: of.groupId,
      receiveFormality: (kind) => manager.insert(OfficerFormality, { ...received, kind }),
      receiveReport: () => manager.insert(ParticipantReport, report),
    });
    for await (const { seen, expected } of steps) expect(seen).toEqual(expected);
  });
});

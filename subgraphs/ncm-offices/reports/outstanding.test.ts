import { compareOutstanding, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { DelegateFormality } from '../entities/delegate-formality.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { openTestOffices } from '../testing/test-partner.js';

const of = { delegateId: 'ncm:demo-delegate-13', groupId: 'nbnp:g' };

describe.each(testDatabases)('Delegate.outstanding on $name', (database) => {
  it('lists formalities and the report of one group until they are settled or erased', async () => {
    await using partner = await openTestOffices(database, 'demonstration');
    const { manager } = partner.source;
    const received = { ...of, status: 'RECEIVED', on: '2030-02-01' } as const;
    const report = { ...of, id: 'ncm:report', visitId: 'nbnp:v', receivedOn: '2030-06-01' };
    const steps = compareOutstanding(partner, {
      field: 'delegate',
      erase: 'eraseDelegate',
      id: of.delegateId,
      group: of.groupId,
      receiveFormality: (kind) => manager.insert(DelegateFormality, { ...received, kind }),
      receiveReport: () => manager.insert(ParticipantReport, report),
    });
    for await (const { seen, expected } of steps) expect(seen).toEqual(expected);
  });
});

import { HubError } from '@hub/shared/errors';
import { compareOutstanding, createFactsHub, testDatabases } from '@hub/shared/testing';
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

  it('has no report of somebody who is absent from all visits that stand', async () => {
    const visits = [
      { id: 'nbnp:one', departedOn: '2030-05-06', startsOn: '2030-05-05', cancelledOn: null },
      { id: 'nbnp:two', departedOn: null, startsOn: '2030-09-01', cancelledOn: null },
      { id: 'nbnp:off', departedOn: null, startsOn: '2030-07-01', cancelledOn: '2030-06-01' },
    ];
    const absent = (visit: string, from: string) => ({
      participant: { id: of.officerId },
      visit: { id: visit },
      from,
    });
    const cases = [
      [[], ['FORMALITIES', 'REPORT']],
      [[absent('nbnp:one', '2030-05-06')], ['FORMALITIES', 'REPORT']],
      [[absent('nbnp:one', '2030-05-06'), absent('nbnp:two', '2030-09-01')], ['FORMALITIES']],
      // She travelled on the first day.
      [
        [absent('nbnp:one', '2030-05-07'), absent('nbnp:two', '2030-09-01')],
        ['FORMALITIES', 'REPORT'],
      ],
    ] as const;
    for (const [absences, expected] of cases) {
      const { askHub } = createFactsHub(() => ({ visits, absences }));
      await using partner = await openTestPolice(database, 'fi', 'demonstration', { askHub });
      const query = `{ officer(id: "${of.officerId}") { outstanding(group: "${of.groupId}") } }`;
      expect(await partner.read(query)).toEqual({ officer: { outstanding: expected } });
    }
  });

  it('is PARTNER_UNAVAILABLE while the network does not say who travels', async () => {
    const askHub = () => Promise.reject(new HubError('PARTNER_UNAVAILABLE', { partner: 'nbnp' }));
    await using partner = await openTestPolice(database, 'fi', 'demonstration', { askHub });
    const query = `{ officer(id: "${of.officerId}") { outstanding(group: "${of.groupId}") } }`;
    const { data, errors } = await partner.ask(query);
    expect(data).toEqual({ officer: { outstanding: null } });
    expect(errors).toMatchObject([{ extensions: { code: 'PARTNER_UNAVAILABLE' } }]);
  });
});

import { HubError } from '@hub/shared/errors';
import { vocabulary } from '@hub/shared/programme';
import { createFactsHub, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { OfficerFormality } from '../../../subgraphs/national-police/entities/officer-formality.entity.js';
import { ParticipantReport as OfficerReport } from '../../../subgraphs/national-police/entities/participant-report.entity.js';
import { openTestPolice } from '../../../subgraphs/national-police/testing/test-partner.js';
import { DelegateFormality } from '../../../subgraphs/ncm-offices/entities/delegate-formality.entity.js';
import { ParticipantReport as DelegateReport } from '../../../subgraphs/ncm-offices/entities/participant-report.entity.js';
import { openTestOffices } from '../../../subgraphs/ncm-offices/testing/test-partner.js';

type Database = (typeof testDatabases)[number];
type Options = Parameters<typeof openTestOffices>[2];

const ofGroup = { groupId: 'nbnp:g' };
const officer = { ...ofGroup, officerId: 'fi:demo-officer-5' };
const delegate = { ...ofGroup, delegateId: 'ncm:demo-delegate-13' };
const received = { status: 'RECEIVED', on: '2030-02-01' } as const;
const report = { visitId: 'nbnp:v', receivedOn: '2030-06-01' };

const sides = [
  {
    field: 'officer',
    erase: 'eraseOfficer',
    id: officer.officerId,
    open: (database: Database, options?: Options) =>
      openTestPolice(database, 'fi', 'demonstration', options),
    formality: OfficerFormality,
    report: OfficerReport,
    of: officer,
  },
  {
    field: 'delegate',
    erase: 'eraseDelegate',
    id: delegate.delegateId,
    open: (database: Database, options?: Options) =>
      openTestOffices(database, 'demonstration', options),
    formality: DelegateFormality,
    report: DelegateReport,
    of: delegate,
  },
] as const;

const cases = testDatabases.flatMap((database) => sides.map((side) => ({ ...side, database })));
const both = ['FORMALITIES', 'REPORT'];

describe.each(cases)('outstanding of the $field on $database.name', (side) => {
  const { field, erase, id, open, database, of } = side;
  const query = `{ it: ${field}(id: "${id}") { outstanding(group: "nbnp:g") } }`;

  it('has formalities and the report of one group until they are settled or erased', async () => {
    await using partner = await open(database);
    const { manager } = partner.source;
    const read = async () => {
      const { it: found } = await partner.read<{ it: object }>(
        `{ it: ${field}(id: "${id}") { own: outstanding(group: "nbnp:g") other: outstanding(group: "nbnp:another") } }`,
      );
      return found;
    };
    const [last, ...others] = Object.values(vocabulary.FormalityKind);
    expect(await read()).toEqual({ own: both, other: both });
    for (const kind of others) await manager.insert(side.formality, { ...of, ...received, kind });
    expect(await read()).toEqual({ own: both, other: both });
    if (last) await manager.insert(side.formality, { ...of, ...received, kind: last });
    expect(await read()).toEqual({ own: ['REPORT'], other: both });
    await manager.insert(side.report, { ...of, ...report, id: 'a:report' });
    expect(await read()).toEqual({ own: [], other: both });
    await partner.read(`mutation { ${erase}(id: "${id}") }`);
    expect(await read()).toEqual({ own: [], other: [] });
  });

  it('has no report of somebody who is absent from all visits that stand', async () => {
    const visits = [
      { id: 'nbnp:one', departedOn: '2030-05-06', startsOn: '2030-05-05', cancelledOn: null },
      { id: 'nbnp:two', departedOn: null, startsOn: '2030-09-01', cancelledOn: null },
      { id: 'nbnp:off', departedOn: null, startsOn: '2030-07-01', cancelledOn: '2030-06-01' },
    ];
    const absent = (visit: string, from: string) => ({
      participant: { id },
      visit: { id: visit },
      from,
    });
    const two = absent('nbnp:two', '2030-09-01');
    for (const [absences, expected] of [
      [[], both],
      [[absent('nbnp:one', '2030-05-06')], both],
      [[absent('nbnp:one', '2030-05-06'), two], ['FORMALITIES']],
      // She travelled on the first day.
      [[absent('nbnp:one', '2030-05-07'), two], both],
    ] as const) {
      const { askHub } = createFactsHub(() => ({ visits, absences }));
      await using partner = await open(database, { askHub });
      expect(await partner.read(query)).toEqual({ it: { outstanding: expected } });
    }
  });

  it('is PARTNER_UNAVAILABLE while the network does not say who travels', async () => {
    const askHub = () => Promise.reject(new HubError('PARTNER_UNAVAILABLE', { partner: 'nbnp' }));
    await using partner = await open(database, { askHub });
    const { data, errors } = await partner.ask(query);
    expect(data).toEqual({ it: { outstanding: null } });
    expect(errors).toMatchObject([{ extensions: { code: 'PARTNER_UNAVAILABLE' } }]);
  });
});

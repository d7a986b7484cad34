import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import {
  acceptOfficer,
  nominateDelegate,
  nominateOfficer,
  plan,
  reopenOffice,
  runIn,
  selectDelegate,
  type Outcome,
  type Programme,
} from '../network/run-programme.js';

const toNordic = 'NORTH_WEST_RUSSIA_TO_NORDIC';
const toRussia = 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA';

const ruled = (rule: string) => ({ code: 'RULE_VIOLATED', rule, payload: null });
const brief = ({ code, rule, payload }: Outcome) => ({ code, rule, payload });

const stateOf = async (programme: Programme, group: string) => {
  const { state, stateIsCertain } = await programme.group(group, 'state stateIsCertain');
  return stateIsCertain ? (state as string) : `at least ${state}`;
};

/** The version of the group, visit or stop goes into the input as it is now. */
const withVersion = async (programme: Programme, field: string, id: string, input: object) => ({
  ...input,
  version: await programme.versionOf(field, id),
});

describe('a programme run through the hub', () => {
  let network: OpenNetwork;
  let programme: Programme;
  let id: string;

  beforeAll(async () => {
    network = await openNetwork('facts', { isGuarded: true });
    programme = runIn(network);
    await reopenOffice(network);
    id = (await programme.done('nbnp', 'createProgramme', plan)).id;
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const createGroup = async (direction: string, name: string): Promise<string> =>
    (
      await programme.done('nbnp', 'createGroup', {
        programme: id,
        name,
        direction,
        plannedSize: 2,
        coordinatingOffice: 'ncm:led',
      })
    ).id;

  const record = async (mutation: string, field: 'group' | 'visit', record: string, on: string) =>
    programme.call(
      'nbnp',
      mutation,
      await withVersion(programme, field, record, { id: record, on }),
    );

  it('brings a group from North-West Russia from plan to report, each step in its order', async () => {
    const group = await createGroup(toNordic, 'From Karelia');
    expect(await stateOf(programme, group)).toBe('PLANNED');
    const people = [];
    for (const name of ['A', 'B', 'C', 'D'])
      people.push(await nominateDelegate(programme, group, name));
    expect(await stateOf(programme, group)).toBe('NOMINATED');

    const visit = (
      await programme.done('nbnp', 'scheduleVisit', {
        group,
        title: 'A week in Finland and Estonia',
        hostCountries: ['FI', 'EE'],
        startsOn: '2031-05-04',
        endsOn: '2031-05-09',
      })
    ).id as string;
    expect(brief(await record('recordDeparture', 'visit', visit, '2031-05-04'))).toEqual(
      ruled('NOT_SELECTED'),
    );
    for (const { nomination } of people.slice(0, 3)) {
      expect(await selectDelegate(programme, nomination)).toMatchObject({ code: undefined });
    }
    expect(await selectDelegate(programme, people[3]?.nomination ?? '')).toMatchObject({
      code: 'GROUP_FULL',
      payload: null,
    });
    expect(await stateOf(programme, group)).toBe('SELECTED');

    expect(brief(await record('recordDeparture', 'visit', visit, '2031-05-04'))).toEqual(
      ruled('NOT_BRIEFED'),
    );
    expect(brief(await record('recordGroupBriefing', 'group', group, '2031-04-20'))).toEqual(
      ruled('DIRECTION'),
    );
    await programme.done('ncm', 'recordDelegatesBriefing', {
      group,
      office: 'ncm:led',
      on: '2031-04-20',
      place: 'Petrozavodsk',
    });
    expect(await stateOf(programme, group)).toBe('BRIEFED');

    const stops = [];
    for (const [hostCountry, day, sector, site] of [
      ['FI', '2031-05-05', 'POLICE', 'fi:site-fi-npb'],
      ['EE', '2031-05-07', 'NGO', null],
    ]) {
      const stop = await programme.done(
        'nbnp',
        'addItineraryStop',
        { visit, hostCountry, day, title: `A day in ${hostCountry}`, sector, site },
        'id version hostCountry site { id name }',
      );
      stops.push(stop);
    }
    expect(stops[0].site.name).toBeTruthy();
    const [finnish, estonian] = stops;
    expect(brief(await record('recordDeparture', 'visit', visit, '2031-05-04'))).toEqual(
      ruled('UNCONFIRMED_STOP'),
    );
    const confirmed = await programme.done(
      'fi',
      'confirmStop',
      { unit: 'fi:npb', stop: finnish.id, on: '2031-03-01', stopVersion: 1 },
      'id hostCountry hostConfirmedVersion confirmed title',
    );
    expect(confirmed).toMatchObject({ hostConfirmedVersion: 1, confirmed: true });
    await programme.done('ee', 'confirmStop', {
      unit: 'ee:ppa',
      stop: estonian.id,
      on: '2031-03-01',
      stopVersion: 1,
    });
    // Who moves a stop asks its host again.
    await programme.done('nbnp', 'moveItineraryStop', {
      stop: estonian.id,
      day: '2031-05-08',
      version: 1,
    });
    expect(brief(await record('recordDeparture', 'visit', visit, '2031-05-04'))).toEqual(
      ruled('UNCONFIRMED_STOP'),
    );
    expect(
      await programme.call('ee', 'confirmStop', {
        unit: 'ee:ppa',
        stop: estonian.id,
        on: '2031-03-02',
        stopVersion: 1,
      }),
    ).toMatchObject({ code: 'CONFLICT', currentVersion: 2 });
    await programme.done('ee', 'confirmStop', {
      unit: 'ee:ppa',
      stop: estonian.id,
      on: '2031-03-02',
      stopVersion: 2,
    });

    expect(brief(await record('recordReturn', 'visit', visit, '2031-05-09'))).toEqual(
      ruled('NOT_DEPARTED'),
    );
    expect(await record('recordDeparture', 'visit', visit, '2031-05-04')).toMatchObject({
      code: undefined,
    });
    expect(await stateOf(programme, group)).toBe('TRAVELLING');
    const delegate = people[0]?.delegate;
    const report = { delegate, group, visit, on: '2031-05-20', text: 'What I saw.' };
    expect(brief(await programme.call('ncm', 'handInDelegateReport', report))).toEqual(
      ruled('NOT_RETURNED'),
    );
    expect(brief(await record('recordReturn', 'visit', visit, '2031-05-03'))).toEqual(
      ruled('DATE_ORDER'),
    );
    expect(await record('recordReturn', 'visit', visit, '2031-05-09')).toMatchObject({
      code: undefined,
    });
    expect(await stateOf(programme, group)).toBe('RETURNED');

    expect(
      brief(
        await programme.call('ncm', 'signOfficeEvaluation', { programme: id, on: '2032-01-10' }),
      ),
    ).toEqual(ruled('UNDER_WAY'));
    await programme.done('ncm', 'recordDelegatesDebriefing', {
      group,
      office: 'ncm:led',
      on: '2031-05-30',
      place: 'Petrozavodsk',
    });
    expect(await stateOf(programme, group)).toBe('DEBRIEFED');
    const stranger = { ...report, delegate: people[3]?.delegate };
    expect(brief(await programme.call('ncm', 'handInDelegateReport', stranger))).toEqual(
      ruled('NOT_TRAVELLED'),
    );
    for (const person of people.slice(0, 3)) {
      await programme.done('ncm', 'handInDelegateReport', { ...report, delegate: person.delegate });
    }
    expect(await stateOf(programme, group)).toBe('REPORTED');
  });

  it('brings a Nordic-Baltic group there and back, and closes the programme with both signatures', async () => {
    const group = await createGroup(toRussia, 'From Denmark and Finland');
    const people = [
      await nominateOfficer(programme, 'dk', 'dk:police', group),
      await nominateOfficer(programme, 'fi', 'fi:npb', group),
    ];
    expect(await stateOf(programme, group)).toBe('NOMINATED');
    for (const person of people) {
      expect(await acceptOfficer(programme, group, person)).toMatchObject({ code: undefined });
    }
    expect(await stateOf(programme, group)).toBe('SELECTED');
    expect(
      brief(
        await programme.call('dk', 'withdrawOfficer', {
          nomination: people[0]?.nomination,
          on: '2031-02-02',
          version: 1,
        }),
      ),
    ).toEqual(ruled('ACCEPTED'));

    const visit = (
      await programme.done('nbnp', 'scheduleVisit', {
        group,
        title: 'A week in North-West Russia',
        hostCountries: ['RU'],
        startsOn: '2031-09-07',
        endsOn: '2031-09-12',
      })
    ).id as string;
    const stop = await programme.done(
      'nbnp',
      'addItineraryStop',
      {
        visit,
        hostCountry: 'RU',
        day: '2031-09-08',
        title: 'A day in St. Petersburg',
        sector: 'SOCIAL',
      },
      'id version',
    );
    await programme.done(
      'ncm',
      'confirmRegionalStop',
      { stop: stop.id, office: 'ncm:led', on: '2031-06-01', stopVersion: 1 },
      'id officeConfirmedVersion',
    );
    // No briefing is due in this direction.
    expect(await record('recordDeparture', 'visit', visit, '2031-09-07')).toMatchObject({
      code: undefined,
    });
    expect(await record('recordReturn', 'visit', visit, '2031-09-12')).toMatchObject({
      code: undefined,
    });
    expect(await record('recordGroupDebriefing', 'group', group, '2031-10-01')).toMatchObject({
      code: undefined,
    });
    expect(await stateOf(programme, group)).toBe('DEBRIEFED');
    expect(
      brief(
        await programme.call('nbnp', 'signEvaluation', {
          programme: id,
          summary: 'Early.',
          on: '2032-01-10',
        }),
      ),
    ).toEqual(ruled('UNDER_WAY'));
    const reportOf = (person: (typeof people)[number] | undefined) =>
      programme.call(person?.officer.slice(0, 2) ?? '', 'handInOfficerReport', {
        officer: person?.officer,
        group,
        visit,
        on: '2031-10-05',
        text: 'What I saw.',
      });
    expect(await reportOf(people[0])).toMatchObject({ code: undefined });

    // A report that is still expected stands in nobody’s way.
    const { warnings } = await programme.group(group, 'warnings { code count expected }');
    expect(warnings).toEqual([{ code: 'REPORTS_OUTSTANDING', count: 1, expected: 2 }]);
    await programme.done('ncm', 'signOfficeEvaluation', { programme: id, on: '2032-01-10' });
    await programme.done('nbnp', 'signEvaluation', {
      programme: id,
      summary: 'Both groups saw what they came to see.',
      on: '2032-01-12',
    });
    const { data } = await network.ask(
      'query ($id: ID!) { programme(id: $id) { evaluation { summary complete signOffs { organisation signedOn } } } }',
      { id },
    );
    expect(data.programme.evaluation).toEqual({
      summary: 'Both groups saw what they came to see.',
      complete: true,
      signOffs: [
        { organisation: 'nbnp', signedOn: '2032-01-12' },
        { organisation: 'ncm', signedOn: '2032-01-10' },
      ],
    });
    expect(await stateOf(programme, group)).toBe('EVALUATED');
    // It is taken when it comes, and nothing else is.
    expect(await reportOf(people[1])).toMatchObject({ code: undefined });
    expect(brief(await reportOf(people[1]))).toEqual(ruled('EVALUATED'));
    expect(brief(await record('recordGroupDebriefing', 'group', group, '2031-10-02'))).toEqual(
      ruled('EVALUATED'),
    );
    const another = { programme: id, name: 'Late', direction: toRussia, plannedSize: 2 };
    expect(brief(await programme.call('nbnp', 'createGroup', another))).toEqual(ruled('EVALUATED'));
    expect(await stateOf(programme, group)).toBe('EVALUATED');
  });
});

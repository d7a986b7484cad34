import { personCases, testDatabases, thingCases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Event } from '../entities/event.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { Programme } from '../entities/programme.entity.js';
import {
  north,
  openTestVisits,
  programme,
  south,
  type TestHub,
  type TestVisits,
} from '../testing/test-visits.js';

type Input = Readonly<Record<string, unknown>>;

interface Use {
  readonly mutation: string;
  /** What names the person or thing. */
  readonly argument: string;
  input(isRehearsal: boolean): Input;
  /** Whether the mutation itself makes the programme. */
  readonly makesProgramme?: true;
}

/** A hub at which every person, site and office has the mark. */
const hubOf = (isRehearsal: boolean, mergedInto: object | null = null): TestHub => ({
  NominationsOf: () => ({
    officer: {
      isRehearsal,
      targetGroup: 'POLICE',
      nominations: [
        {
          id: 'se:n',
          groupId: south.group,
          nominatedOn: '2030-01-15',
          withdrawnOn: null,
          version: 1,
        },
      ],
    },
  }),
  ExpertToAssign: () => ({ expert: { isRehearsal, roles: ['EXPERT'], languages: [] } }),
  CoordinatingOffice: () => ({
    office: { isRehearsal, country: 'RU', openedOn: '1995', closedOn: null, mergedInto },
  }),
  SitesOfCountry: () => ({ sites: [{ id: 'fi:site', isRehearsal, mergedInto }] }),
  KnownParties: (variables) =>
    Object.fromEntries(
      Object.keys(variables).map((_, index) => [
        `f${index}`,
        { id: 'ncm:o', isRehearsal, mergedInto },
      ]),
    ),
});

const office = 'ncm:office';
const lead = [{ role: 'LEAD', party: office }];
const plan = { title: 'A plan', targetGroups: ['POLICE'], sectorsToShow: [], workingLanguages: [] };
const group = { name: 'A group', direction: 'NORTH_WEST_RUSSIA_TO_NORDIC', plannedSize: 3 };
const stop = { hostCountry: 'FI', day: '2030-05-07', title: 'A stop', sector: 'POLICE' };

const people: readonly Use[] = [
  {
    mutation: 'acceptOfficer',
    argument: 'input.officer',
    input: () => ({
      group: south.group,
      officer: 'se:o',
      nomination: 'se:n',
      on: '2030-02-20',
      version: 1,
    }),
  },
  {
    mutation: 'assignExpert',
    argument: 'input.expert',
    input: () => ({ visit: south.visit, expert: 'ee:e', role: 'EXPERT', languages: [] }),
  },
];

const things: readonly Use[] = [
  {
    mutation: 'createGroup',
    argument: 'input.coordinatingOffice',
    input: () => ({ ...group, programme, coordinatingOffice: office }),
  },
  {
    mutation: 'changeGroup',
    argument: 'input.coordinatingOffice',
    input: () => ({ group: north.group, coordinatingOffice: office, version: 1 }),
  },
  {
    mutation: 'addItineraryStop',
    argument: 'input.site',
    input: () => ({ ...stop, visit: north.visit, site: 'fi:site' }),
  },
  {
    mutation: 'changeItineraryStop',
    argument: 'input.site',
    input: () => ({ stop: north.stop, site: 'fi:site', version: 1 }),
  },
  {
    mutation: 'createProgramme',
    argument: 'input.roles.0.party',
    input: (isRehearsal) => ({ ...plan, isRehearsal, roles: lead }),
    makesProgramme: true,
  },
  {
    mutation: 'changeProgramme',
    argument: 'input.roles.0.party',
    input: () => ({ programme, roles: lead, version: 1 }),
  },
  {
    mutation: 'recordEvent',
    argument: 'input.organisers.0',
    input: () => ({ title: 'An event', kind: 'SEMINAR', organisers: [office], programme }),
  },
  {
    mutation: 'changeEvent',
    argument: 'input.represented.0.party',
    input: () => ({
      event: 'nbnp:event',
      represented: [{ party: office, what: 'The office' }],
      version: 1,
    }),
  },
];

const moveStop: Use = {
  mutation: 'moveItineraryStop',
  argument: 'input.stop',
  input: () => ({ stop: north.stop, day: '2030-05-08', version: 1 }),
};

const resumeStop: Use = {
  mutation: 'resumeItineraryStop',
  argument: 'input.stop',
  input: () => ({ stop: south.stop, version: 1 }),
};

const cases = [
  ...people.flatMap((use) => personCases.map((each) => ({ use, ...each }))),
  ...things.flatMap((use) => thingCases.map((each) => ({ use, ...each }))),
];

const eventOf = (programmeId: string | null) => ({
  id: 'nbnp:event',
  title: 'An event',
  kind: 'SEMINAR',
  programmeId,
  workingLanguages: [],
  searchText: 'an event',
});

const insertEvent = (network: TestVisits, programmeId: string | null): Promise<void> =>
  network.insert(Event, eventOf(programmeId));

describe.each(testDatabases)('MERGED on $name', (kind) => {
  it.each([...things, moveStop, resumeStop])(
    'refuses $mutation of what was merged into another one',
    async ({ mutation, argument, input }) => {
      await using network = await openTestVisits(kind, hubOf(false, { id: 'ncm:into' }));
      await insertEvent(network, programme);
      await network.update(ItineraryStop, south.stop, { status: 'CALLED_OFF' });
      for (const id of [north.stop, south.stop])
        await network.update(ItineraryStop, id, { siteId: 'fi:site' });
      expect(await network.refusal(mutation, input(false))).toMatchObject({
        code: 'RULE_VIOLATED',
        rule: 'MERGED',
        argument,
      });
    },
  );

  it('leaves in an event what was merged since', async () => {
    const merging: { into: object | null } = { into: null };
    await using network = await openTestVisits(kind, {
      KnownParties: (...asked) => hubOf(false, merging.into)['KnownParties']?.(...asked),
    });
    const told = { title: 'An event', kind: 'SEMINAR', organisers: [office] };
    const event = await network.done('recordEvent', told);
    merging.into = { id: 'ncm:into' };
    await network.done('changeEvent', { event: event['id'], programme, version: 1 });
  });
});

describe.each(testDatabases)('REHEARSAL on $name', (kind) => {
  it.each(cases)(
    '$use.mutation in a rehearsal ($programme), of what was made for one ($used): $isAllowed',
    async ({ use, programme: isRehearsal, used, isAllowed }) => {
      await using network = await openTestVisits(kind, hubOf(used));
      if (!use.makesProgramme) await network.update(Programme, programme, { isRehearsal });
      await insertEvent(network, programme);
      const input = use.input(isRehearsal);
      if (isAllowed) {
        await network.done(use.mutation, input);
      } else {
        expect(await network.refusal(use.mutation, input)).toMatchObject({
          code: 'RULE_VIOLATED',
          rule: 'REHEARSAL',
          argument: use.argument,
        });
      }
    },
  );

  it('keeps invented parties in a rehearsal, when it or its event becomes real', async () => {
    await using network = await openTestVisits(kind, hubOf(true));
    const { id } = await network.done('createProgramme', { ...plan, isRehearsal: true });
    const event = await network.done('recordEvent', {
      title: 'An event',
      kind: 'SEMINAR',
      organisers: [office],
      programme: id,
    });
    const real = { programme: id, isRehearsal: false, version: 1 };
    expect(await network.refusal('changeProgramme', real)).toMatchObject({
      rule: 'REHEARSAL',
      argument: 'input.isRehearsal',
    });
    for (const other of [null, programme]) {
      const moved = { event: event['id'], programme: other, version: 1 };
      expect(await network.refusal('changeEvent', moved)).toMatchObject({
        rule: 'REHEARSAL',
        argument: 'input.programme',
      });
    }
  });

  it('keeps a programme invented if another party came to its events meanwhile', async () => {
    const meanwhile: { record?: (network: TestVisits) => Promise<void> } = {};
    await using network = await openTestVisits(kind, {
      async KnownParties(variables, opened) {
        await meanwhile.record?.(opened);
        return hubOf(false)['KnownParties']?.(variables, opened, '');
      },
    });
    const { id } = await network.done('createProgramme', { ...plan, isRehearsal: true });
    const told = { title: 'An event', kind: 'SEMINAR', programme: id };
    await network.done('recordEvent', { ...told, organisers: [office] });
    meanwhile.record = async (opened) => {
      await opened.insert(Event, eventOf(String(id)));
      const role = { id: 'nbnp:role', role: 'ORGANISER', partyId: 'ncm:invented', position: 0 };
      await opened.insert(PartyRole, { ...role, eventId: 'nbnp:event' });
    };
    const real = { programme: id, isRehearsal: false, version: 1 };
    const { errors } = await network.change('changeProgramme', real);
    expect(errors).toMatchObject([
      { extensions: { code: 'CONFLICT', argument: 'input.isRehearsal', currentVersion: 1 } },
    ]);
    delete meanwhile.record;
    await network.done('changeProgramme', real);
  });

  it('keeps a programme invented whose event is a part of an invented one', async () => {
    await using network = await openTestVisits(kind, hubOf(false));
    await network.update(Programme, programme, { isRehearsal: true });
    await insertEvent(network, programme);
    const { id } = await network.done('createProgramme', { ...plan, isRehearsal: true });
    const told = { title: 'A part', kind: 'SEMINAR', organisers: [office], programme: id };
    const part = await network.done('recordEvent', { ...told, partOf: 'nbnp:event' });
    const real = { programme: id, isRehearsal: false, version: 1 };
    expect(await network.refusal('changeProgramme', real)).toMatchObject({
      rule: 'REHEARSAL',
      argument: 'input.isRehearsal',
    });
    await network.update(Event, String(part['id']), { partOfId: null });
    await network.done('changeProgramme', real);
  });

  it('lets no real event be a part of an invented one', async () => {
    await using network = await openTestVisits(kind, hubOf(false));
    await network.update(Programme, programme, { isRehearsal: true });
    await insertEvent(network, programme);
    const part = {
      title: 'A part',
      kind: 'SEMINAR',
      organisers: [office],
      partOf: 'nbnp:event',
    };
    expect(await network.refusal('recordEvent', part)).toMatchObject({
      rule: 'REHEARSAL',
      argument: 'input.partOf',
    });
    await network.done('recordEvent', { ...part, programme });
  });

  it('takes no event with a real part into a rehearsal', async () => {
    await using network = await openTestVisits(kind, hubOf(false));
    await network.update(Programme, programme, { isRehearsal: true });
    await insertEvent(network, null);
    const told = { title: 'A part', kind: 'SEMINAR', organisers: [office], partOf: 'nbnp:event' };
    const part = await network.done('recordEvent', told);
    const moved = { event: 'nbnp:event', programme, version: 1 };
    expect(await network.refusal('changeEvent', moved)).toMatchObject({
      rule: 'REHEARSAL',
      argument: 'input.programme',
    });
    await network.update(Event, String(part['id']), { programmeId: programme });
    await network.done('changeEvent', moved);
  });
});

import { completeFormalities } from '../both-ways/formalities.js';
import type { Step, Story } from '../both-ways/story.js';

/** Somebody who is nominated for a group, by the police force or the office of her home. */
export interface Traveller {
  readonly who: 'ee' | 'lv' | 'lt' | 'is' | 'ncm';
  readonly name: string;
  readonly group: 'baltic' | 'iceland';
  /** Her unit, or her office with her country. */
  readonly home: object;
  /** Who selects a delegate together with the office. */
  readonly authority?: string;
}

const isDelegate = ({ who }: Traveller): boolean => who === 'ncm';
const roleOf = (traveller: Traveller) => (isDelegate(traveller) ? 'delegate' : 'officer');

/** The person in the words of an input: `{ officer: id }`. */
export const personOf = (story: Story, traveller: Traveller): object => ({
  [roleOf(traveller)]: story.of(traveller.name),
});

/** Registers a person who may be nominated. */
export async function register(story: Story, traveller: Traveller): Promise<void> {
  const { who, name, home } = traveller;
  const person = {
    ...home,
    name,
    languages: ['en'],
    email: `${name.replace(' ', '.')}@example.org`,
  };
  const targetGroup = isDelegate(traveller) ? 'PROSECUTION' : 'POLICE';
  const mutation = isDelegate(traveller) ? 'registerDelegate' : 'registerOfficer';
  story.keep(name, (await story.done(who, mutation, { ...person, targetGroup })).id);
}

export const nominationMutation = (traveller: Traveller): string =>
  isDelegate(traveller) ? 'nominateDelegate' : 'nominateOfficer';

export const nominates = (traveller: Traveller): Step => [
  '2031-01-15',
  `${traveller.name} is registered and nominated`,
  async (story) => {
    await register(story, traveller);
    const nomination = { group: story.of(traveller.group), on: '2031-01-15' };
    const input = { ...nomination, ...personOf(story, traveller) };
    const { id } = await story.done(traveller.who, nominationMutation(traveller), input);
    story.keep(`${traveller.name}’s nomination`, id);
  },
];

const decider = (traveller: Traveller) => (isDelegate(traveller) ? 'ncm' : 'nbnp');

/** Decides on a nominee, by the side that decides: with an authority on a delegate. */
export const decisionOn = (story: Story, traveller: Traveller) => {
  const decision = {
    nomination: story.of(`${traveller.name}’s nomination`),
    on: '2031-02-02',
    version: 1,
  };
  const { authority, group } = traveller;
  return isDelegate(traveller)
    ? { who: 'ncm', mutation: 'selectDelegate', input: { ...decision, authority } }
    : {
        who: 'nbnp',
        mutation: 'acceptOfficer',
        input: { ...decision, ...personOf(story, traveller), group: story.of(group) },
      };
};

export const selects = (traveller: Traveller, isReserve = false): Step => [
  '2031-02-02',
  `${decider(traveller)} selects ${traveller.name}${isReserve ? ' as a reserve' : ''}`,
  async (story) => {
    const { who, mutation, input } = decisionOn(story, traveller);
    await story.finish(who, `DECIDE_NOMINATION ${input.nomination}`, () =>
      story.done(who, mutation, { ...input, ...(isReserve && { reserve: true }) }),
    );
  },
];

export const completes = (traveller: Traveller, day: string): Step => [
  day,
  `${traveller.who} completes the formalities of ${traveller.name}`,
  (story) => completeFormalities(story, traveller, day),
];

/** A report of a traveller with the mutation of her side. */
export const reportOf = (story: Story, traveller: Traveller, visit: string, on: string) => ({
  mutation: isDelegate(traveller) ? 'handInDelegateReport' : 'handInOfficerReport',
  input: {
    ...personOf(story, traveller),
    group: story.of(traveller.group),
    visit: story.of(visit),
    on,
    text: `What ${traveller.name} saw.`,
  },
});

export const reports = (traveller: Traveller, visit: string, day: string): Step => [
  day,
  `${traveller.who} hands in the report of ${traveller.name}`,
  async (story) => {
    const { mutation, input } = reportOf(story, traveller, visit, day);
    await story.finish(traveller.who, `HAND_IN_REPORT ${story.of(traveller.name)}`, () =>
      story.done(traveller.who, mutation, input),
    );
  },
];

/** Records a day of a visit, with its present version. */
export const record = async (
  story: Story,
  visit: string,
  mutation: string,
  on: string,
  selection?: string,
) => {
  const id = story.of(visit);
  return story.done('nbnp', mutation, await story.now('visit', id, { id, on }), selection);
};

export const refusesRecord = async (
  story: Story,
  visit: string,
  mutation: string,
  on: string,
  rule: string,
): Promise<void> => {
  const id = story.of(visit);
  await story.refused('nbnp', mutation, await story.now('visit', id, { id, on }), { rule });
};

/** What is planned at a stop, and who confirms it. */
export interface PlannedStop {
  readonly name: string;
  readonly visit: string;
  readonly day: string;
  readonly sector: string;
  readonly host: 'dk' | 'se' | 'ee';
  readonly unit: string;
  readonly place: object;
}

export const plansStop = ({ name, visit, day, sector, host, place }: PlannedStop): Step => [
  '2031-03-01',
  `NBNP plans ${name}, which waits for ${host}`,
  async (story) => {
    const planned = { visit: story.of(visit), hostCountry: host.toUpperCase(), title: name };
    const input = { ...planned, day, sector, ...place };
    const { id } = await story.done('nbnp', 'addItineraryStop', input);
    story.keep(name, id);
  },
];

export const confirmation = (story: Story, { name, unit }: PlannedStop, on = '2031-03-05') => ({
  unit,
  stop: story.of(name),
  on,
  stopVersion: 1,
});

export const confirms = (stop: PlannedStop): Step => [
  '2031-03-05',
  `${stop.host} confirms ${stop.name}`,
  async (story) => {
    const input = confirmation(story, stop);
    await story.finish(stop.host, `CONFIRM_STOP ${input.stop}`, () =>
      story.done(stop.host, 'confirmStop', input),
    );
  },
];

export const hosts = (host: PlannedStop['host'], unit: string, visit: string): Step => [
  '2031-03-10',
  `${host} offers a hotel, and confirms it`,
  async (story) => {
    const offer = { unit, visit: story.of(visit), accommodation: 'A hotel' };
    const { id: hosting } = await story.finish(host, `OFFER_HOSTING ${offer.visit}`, () =>
      story.done(host, 'offerHosting', offer),
    );
    await story.finish(host, `CONFIRM_HOSTING ${hosting}`, () =>
      story.done(host, 'confirmHosting', { hosting, on: '2031-03-10' }),
    );
  },
];

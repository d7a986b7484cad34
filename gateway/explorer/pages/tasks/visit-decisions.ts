import type { TaskKind } from '../../generated/graphql.ts';
import { hostCountries, toCountries } from '../../parts/form/country-options.ts';
import type { Option } from '../../parts/form/input-field.ts';
import { today } from '../../parts/today.ts';
import { formatDate, t } from '../../words/language.ts';
import { joinNames, nameOfCountry, nameOfLanguage } from '../../words/names.ts';
import {
  confirmationOf,
  findAsked,
  toOffices,
  toOptions,
  toPeople,
  type Decide,
  type Decision,
  type Facts,
  type Task,
} from './decision.ts';

/** The offices that may host where a group goes. */
const officesAt = (task: Task, facts: Facts): Option[] => {
  const { hosts, coordinators } = facts.sides?.to ?? {};
  return toOffices(task, facts, hosts, coordinators);
};

/** The same decision of an office, or of a police unit. */
const decideAsHost = (
  { task, facts, organisation }: { task: Task; facts: Facts; organisation: string },
  shared: Omit<Decision, 'mutation' | 'options'>,
  [ofOffices, ofPolice]: readonly [Decision['mutation'], Decision['mutation']],
): readonly Decision[] =>
  organisation === 'ncm'
    ? [{ ...shared, mutation: ofOffices, options: { office: officesAt(task, facts) } }]
    : [{ ...shared, mutation: ofPolice, options: { unit: toOptions(facts.policeUnits) } }];

/** Confirms a stop, or corrects the confirmation of its present version. */
function confirmStop(task: Task, facts: Facts, organisation: string): readonly Decision[] {
  const { itineraryStop: stop } = facts;
  if (!stop) return [];
  const made = confirmationOf(stop);
  const fixed = {
    stop: task.subject,
    stopVersion: stop.version,
    recordedOn: made?.recordedOn ?? undefined,
  };
  const [unit, office] = [made?.unit?.id, made?.office?.id];
  const shared = made
    ? ({
        label: 'plan.correctConfirmation',
        isNamed: true,
        fixed,
        initial: { on: made.recordedOn, unit, office },
      } as const)
    : ({ label: 'tasks.confirm', send: 'tasks.confirmStop', fixed } as const);
  if (organisation === 'nbnp') {
    const own = { ...fixed, organisation: made?.organisation?.id };
    return [{ ...shared, mutation: 'confirmNetworkStop', fixed: own }];
  }
  return decideAsHost({ task, facts, organisation }, shared, [
    'confirmRegionalStop',
    'confirmStop',
  ]);
}

function decideLoan({ subject }: Task, facts: Facts): readonly Decision[] {
  const asked = findAsked(subject, facts);
  // A decision is final, unless the visit moves: then it is asked for again.
  if (asked?.assignment.status !== 'REQUESTED') return [];
  const { expert, visit } = asked;
  const whom = expert.name ?? undefined;
  const fixed = { assignment: subject, expert: expert.id, visitVersion: visit.version };
  return [
    {
      label: 'tasks.lend',
      whom,
      mutation: 'decideExpertLoan',
      fixed: { ...fixed, grant: true, reason: undefined },
    },
    {
      label: 'tasks.refuse',
      whom,
      mutation: 'decideExpertLoan',
      fixed: { ...fixed, grant: false },
      required: ['reason'],
    },
  ];
}

function offerHosting(task: Task, facts: Facts, organisation: string): readonly Decision[] {
  const mutations = ['offerRegionalHosting', 'offerHosting'] as const;
  const fixed = { visit: task.subject };
  return decideAsHost({ task, facts, organisation }, { label: 'tasks.offer', fixed }, mutations);
}

function confirmHosting(
  { subject: hosting }: Task,
  { hosting: visit }: Facts,
): readonly Decision[] {
  const isIt = ({ id }: { readonly id: string }) => id === hosting;
  const regional = visit?.regionalHostings?.find(isIt);
  const offer = regional ?? visit?.hostings?.find(isIt);
  if (!offer || offer.status === 'WITHDRAWN') return [];
  const fixed = { hosting, version: offer.version, visitVersion: visit?.version };
  const confirm = {
    label: 'tasks.confirm',
    send: 'tasks.confirmHosting',
    mutation: regional ? 'confirmRegionalHosting' : 'confirmHosting',
    fixed,
  } as const;
  const withdraw = {
    label: 'tasks.withdraw',
    send: 'tasks.withdrawHosting',
    mutation: regional ? 'withdrawRegionalHosting' : 'withdrawHosting',
    isNamed: true,
    fixed,
  } as const;
  return offer.status === 'OFFERED' ? [confirm, withdraw] : [withdraw];
}

/** The planned day, once it has come: whoever records a return later forgets to change today’s. */
const recordDay =
  (mutation: 'recordDeparture' | 'recordReturn'): Decide =>
  ({ subject: id }, { visit }) => {
    if (!visit) return [];
    const { version, startsOn, endsOn } = visit;
    const isReturn = mutation === 'recordReturn';
    const planned = isReturn ? endsOn : startsOn;
    return [
      {
        label: 'tasks.record',
        send: `taskKinds.${isReturn ? 'RECORD_RETURN' : 'RECORD_DEPARTURE'}`,
        mutation,
        fixed: { id, version },
        ...(planned !== null && planned <= today() && { initial: { on: planned } }),
      },
    ];
  };

/** The visits that can be copied to other days, the latest first. */
const copiedVisits = ({ visits }: Facts): Option[] =>
  (visits?.nodes ?? [])
    .filter(({ startsOn, endsOn }) => startsOn !== null && endsOn !== null)
    .toSorted((one, other) => ((one.startsOn ?? '') < (other.startsOn ?? '') ? 1 : -1))
    .map(({ id, title, startsOn, group: { name } }) => ({
      value: id,
      label: `${title}, ${name}, ${formatDate(startsOn ?? '')}`,
    }));

function planVisit({ subject: group }: Task, facts: Facts): readonly Decision[] {
  const visit = copiedVisits(facts);
  const fixed = { group };
  const schedule = {
    label: 'tasks.plan',
    send: 'taskKinds.PLAN_VISIT',
    mutation: 'scheduleVisit',
    fixed,
    options: { hostCountries: hostCountries(facts.sides?.to, facts.sides?.from) },
  } as const;
  if (visit.length === 0) return [schedule];
  const copy = {
    label: 'tasks.copyVisit',
    note: 'tasks.copyVisitNote',
    mutation: 'copyVisit',
    fixed,
    options: { visit },
  } as const;
  return [schedule, copy];
}

function addStop({ subject }: Task, facts: Facts): readonly Decision[] {
  const { visit, nationalSites, regionalSites } = facts;
  const hosts = visit?.hostCountries;
  if (!hosts) return [];
  const sites = [...(nationalSites ?? []), ...(regionalSites ?? [])]
    .filter(({ country }) => country !== null && hosts.includes(country))
    .map(({ id, name, city }) => ({ id, name: city === null ? name : `${name}, ${city}` }));
  return [
    {
      label: 'tasks.plan',
      send: 'taskKinds.ADD_STOP',
      mutation: 'addItineraryStop',
      fixed: { visit: subject },
      options: { hostCountry: toCountries(hosts), site: toOptions(sites) },
      initial: { day: visit.startsOn ?? '' },
    },
  ];
}

/** A country’s other units see the visit in their own tasks. The network can choose other countries. */
function replaceHost({ visit }: Task, facts: Facts): readonly Decision[] {
  const { hosting } = facts;
  if (!hosting?.hostCountries) return [];
  const { version } = hosting;
  return [
    {
      label: 'tasks.changeHosts',
      note: 'tasks.replaceHostNote',
      mutation: 'changeVisit',
      fixed: { visit: visit?.id, version, title: undefined, practicalInformation: undefined },
      options: { hostCountries: hostCountries(facts.sides?.to, facts.sides?.from) },
      initial: { hostCountries: hosting.hostCountries },
    },
  ];
}

function replaceExpert(task: Task, { lending, experts }: Facts): readonly Decision[] {
  const lost = lending?.experts?.find(({ id }) => id === task.subject);
  if (!lost) return [];
  const named = experts?.nodes
    .filter(({ id, roles }) => id !== lost.expert?.id && roles?.includes(lost.role))
    .map((one) => {
      const facts = [
        ...(one.country === null ? [] : [nameOfCountry(one.country)]),
        ...(one.languages ?? []).map(nameOfLanguage),
      ];
      return { ...one, name: `${one.name ?? t('unnamed.missing')} (${joinNames(facts)})` };
    });
  return [
    {
      label: 'tasks.askAnother',
      mutation: 'assignExpert',
      isNamed: true,
      note: 'tasks.replaceExpertNote',
      fixed: { visit: task.visit?.id, role: lost.role },
      options: { expert: toPeople(task, named) },
      initial: { languages: lost.languages },
    },
    { label: 'tasks.release', mutation: 'releaseExpert', fixed: { assignment: task.subject } },
  ];
}

/** What is decided on visits, their stops, hosts and experts. */
export const visitDecisions = {
  PLAN_VISIT: planVisit,
  ADD_STOP: addStop,
  CONFIRM_STOP: confirmStop,
  OFFER_HOSTING: offerHosting,
  CONFIRM_HOSTING: confirmHosting,
  REPLACE_HOST: replaceHost,
  DECIDE_LOAN: decideLoan,
  REPLACE_EXPERT: replaceExpert,
  RECORD_DEPARTURE: recordDay('recordDeparture'),
  RECORD_RETURN: recordDay('recordReturn'),
} satisfies Partial<Record<TaskKind, Decide>>;

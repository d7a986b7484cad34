// cspell:ignore æøðþßł
import type { Faker } from '@faker-js/faker';
import type { codes } from '@hub/shared/policy';
import type { vocabulary } from '@hub/shared/programme';
import type { ExpertLoan } from '../entities/expert-loan.entity.js';
import type { Expert, ExpertField, ExpertLanguage, ExpertRole } from '../entities/expert.entity.js';
import type { Hosting } from '../entities/hosting.entity.js';
import type { OfficerFormality } from '../entities/officer-formality.entity.js';
import type { OfficerNomination } from '../entities/officer-nomination.entity.js';
import type { Officer, OfficerLanguage } from '../entities/officer.entity.js';
import type { ParticipantReport } from '../entities/participant-report.entity.js';
import type { StopConfirmation } from '../entities/stop-confirmation.entity.js';
import * as plan from './demo-plan.js';

/** The demonstration is a rehearsal. */
const isRehearsal = true;

const officerId = (code: codes.PoliceCode, number: number) => `${code}:demo-officer-${number}`;

/** Letters that are not another letter with a mark. */
const spelled: Readonly<Record<string, string>> = {
  æ: 'ae',
  ø: 'o',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  ł: 'l',
};

const toAddress = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[æøðþßł]/g, (letter) => spelled[letter] ?? letter)
    .normalize('NFD')
    .replace(/[^a-z.-]/g, '');

/**
 * Invents people, each with a name and an address. They do not exist, and example.org is reserved
 * for examples.
 */
export function createPeople(faker: Faker): () => { name: string; email: string } {
  const taken = new Set<string>();
  return function inventPerson() {
    const sex = faker.person.sexType();
    const [firstName, lastName] = [faker.person.firstName(sex), faker.person.lastName(sex)];
    const email = `${toAddress(`${firstName}.${lastName}`)}@example.org`;
    if (taken.has(email)) return inventPerson();
    taken.add(email);
    return { name: `${firstName} ${lastName}`, email };
  };
}

type People = ReturnType<typeof createPeople>;

export function inventOfficers(code: codes.PoliceCode, inventPerson: People) {
  const { unit: unitId, languages: own } = plan.people[code];
  const officers: Omit<Officer, 'country' | 'report'>[] = [];
  const languages: OfficerLanguage[] = [];
  plan.officers.forEach(({ targetGroup, rank, russian }, index) => {
    const id = officerId(code, index + 1);
    officers.push({ id, ...inventPerson(), rank, unitId, isRehearsal, targetGroup, version: 1 });
    const spoken = russian ? [...own, 'ru'] : own;
    languages.push(...spoken.map((language, position) => ({ officerId: id, language, position })));
  });
  return { officers, languages };
}

export function inventExperts(code: codes.PoliceCode, inventPerson: People) {
  const { unit: unitId, languages: own } = plan.people[code];
  const sectors: readonly vocabulary.Sector[] = ['POLICE', 'PROSECUTION', 'SOCIAL', 'NGO'];
  const experts: Expert[] = [];
  const languages: ExpertLanguage[] = [];
  const roles: ExpertRole[] = [];
  const fields: ExpertField[] = [];
  if (!plan.expertCodes.includes(code)) return { experts, languages, roles, fields };
  plan.expertRoles.forEach((ofExpert, index) => {
    const expertId = `${code}:demo-expert-${index + 1}`;
    experts.push({ id: expertId, ...inventPerson(), unitId, isRehearsal, version: 1 });
    languages.push(
      ...[...own, 'ru'].map((language, position) => ({ expertId, language, position })),
    );
    roles.push(...ofExpert.map((role, position) => ({ expertId, role, position })));
    fields.push(
      ...sectors.slice(0, 1 + index).map((field, position) => ({ expertId, field, position })),
    );
  });
  return { experts, languages, roles, fields };
}

/** A loan with a reason was refused. */
export const inventLoans = (code: codes.PoliceCode): ExpertLoan[] =>
  plan.loans
    .filter((loan) => loan.code === code)
    .map(({ assignment, expert, decidedOn, reason = null }) => ({
      assignmentId: `nbnp:demo-assignment-${assignment}`,
      expertId: `${code}:demo-expert-${expert}`,
      loanGranted: reason === null,
      loanDecidedOn: decidedOn,
      loanReason: reason,
      grantedVersion: null,
      withdrawnOn: null,
      withdrawReason: null,
    }));

export function inventNominations(code: codes.PoliceCode): OfficerNomination[] {
  return plan.nominations.flatMap(({ number, nominatedOn, nominees, withdrawn }) =>
    nominees(code).map((officer) => {
      const isWithdrawn = withdrawn?.code === code && withdrawn.officer === officer;
      return {
        id: `${code}:demo-nomination-${number}-${officer}`,
        groupId: `nbnp:demo-group-${number}`,
        officerId: officerId(code, officer),
        nominatedOn,
        withdrawnOn: isWithdrawn ? withdrawn.on : null,
        motivation: 'Works on cases of trafficking in human beings every day.',
        version: isWithdrawn ? 2 : 1,
      };
    }),
  );
}

/** What the members of the group that travels next have, and what one of them needs. */
export function inventFormalities(code: codes.PoliceCode) {
  const { group, without, formalities, needs } = plan.prepared;
  const groupId = `nbnp:demo-group-${group}`;
  const members = inventNominations(code).filter(
    (one) =>
      one.groupId === groupId &&
      one.withdrawnOn === null &&
      without.every((id) => id !== one.officerId),
  );
  const { officer, ...values } = needs;
  return {
    formalities: members.flatMap((one) =>
      formalities.map((formality): OfficerFormality => ({
        officerId: one.officerId,
        groupId,
        ...formality,
        saidDoneOn: null,
        saidNote: null,
        version: 1,
      })),
    ),
    needs: [{ officerId: officerId(code, officer), ...values }],
  };
}

export function inventReports(code: codes.PoliceCode, faker: Faker): ParticipantReport[] {
  const { group, visit, year, month, firstDay } = plan.reported;
  const travelled = plan.nominations.find(({ number }) => number === group)?.nominees(code) ?? [];
  return travelled.map((officer) => ({
    id: `${code}:demo-report-${group}-${officer}`,
    officerId: officerId(code, officer),
    groupId: `nbnp:demo-group-${group}`,
    visitId: visit,
    receivedOn: new Date(Date.UTC(year, month - 1, firstDay + faker.number.int({ max: 4 })))
      .toISOString()
      .slice(0, 10),
    text: `The week showed how ${faker.helpers.arrayElement(['shelters', 'prosecutors', 'social workers'])} and the police work together there.`,
    version: 1,
  }));
}

export function inventHostings(code: codes.PoliceCode) {
  const { unit: unitId } = plan.people[code];
  const own = plan.hostings.filter((hosting) => hosting.code === code);
  const hostings = own.map(({ visit, status, on }): Hosting => ({
    id: `${code}:demo-hosting-${visit}`,
    visitId: `nbnp:demo-visit-${visit}`,
    isRehearsal,
    unitId,
    status,
    accommodation: 'Guest rooms of the police, single rooms',
    transport: 'A coach of the police between the stops',
    meetingPoint: 'The main entrance of the police headquarters',
    contactOnTheSpot: 'The liaison officer, liaison@example.org',
    emergencyContact: 'The duty officer, duty@example.org',
    note: 'Bring a passport for every building.',
    confirmedOn: status === 'CONFIRMED' ? on : null,
    confirmedVersion: null,
    withdrawnOn: status === 'WITHDRAWN' ? on : null,
    version: status === 'OFFERED' ? 1 : 2,
  }));
  const confirmations = own.flatMap(({ visit, stops, on }) =>
    stops.map((number): StopConfirmation => ({
      stopId: `nbnp:demo-stop-${visit}-${number}`,
      unitId,
      stopVersion: 1,
      confirmedOn: on,
    })),
  );
  return { hostings, confirmations };
}

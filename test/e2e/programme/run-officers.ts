import { acceptOfficer, nominateOfficer, type Programme } from '../network/run-programme.js';
import { runMember } from './run-participants.js';
import type { Journey } from './run-plan.js';

/** A Nordic-Baltic group: officers, a visit to North-West Russia, reports. */
export async function runOfficers(
  programme: Programme,
  group: string,
  journey: Journey,
): Promise<void> {
  const { done } = programme;
  const [first, second] = await decide(programme, group);
  const record = async (mutation: string, field: 'group' | 'visit', id: string, on: string) =>
    done('nbnp', mutation, await journey.now(field, id, { id, on }));
  await record('recordGroupBriefing', 'group', group, '2031-08-01');
  const visit = (
    await done('nbnp', 'scheduleVisit', {
      group,
      title: 'A week in Russia',
      hostCountries: ['RU'],
      startsOn: '2031-09-07',
      endsOn: '2031-09-12',
    })
  ).id as string;
  const stop = await done('nbnp', 'addItineraryStop', {
    visit,
    hostCountry: 'RU',
    day: '2031-09-08',
    title: 'A day',
    sector: 'SOCIAL',
  });
  const confirmation = { stop: stop.id, office: 'ncm:led', on: '2031-06-01', stopVersion: 1 };
  const wrong = { ...confirmation, on: '2031-05-31' };
  await done('ncm', 'confirmRegionalStop', wrong);
  await done('ncm', 'confirmRegionalStop', { ...confirmation, recordedOn: wrong.on });
  await runMember(programme, { type: 'Officer', id: second, group, requested: 'CONSENT' });
  const absence = { group, visit, participant: second, from: '2031-09-10', reason: 'ILLNESS' };
  await done('nbnp', 'recordAbsence', await journey.now('group', group, absence));
  const { from: _from, reason: _reason, ...mistaken } = absence;
  await done('nbnp', 'removeAbsence', await journey.now('group', group, mistaken));
  await done('nbnp', 'recordAbsence', await journey.now('group', group, absence));
  await record('recordDeparture', 'visit', visit, '2031-09-07');
  await record('recordReturn', 'visit', visit, '2031-09-12');
  await record('recordGroupDebriefing', 'group', group, '2031-10-01');
  const meant = { group, kind: 'DEBRIEFING' };
  const removed = { ...meant, meetingVersion: 1 };
  await done('nbnp', 'removeGroupMeeting', await journey.now('group', group, removed));
  const debriefing = { group, kind: 'DEBRIEFING', on: '2031-10-02', place: 'Murmansk' };
  const what = { agenda: 'What we saw.', outcome: 'A second visit.', attendees: [first] };
  const again = { ...debriefing, ...what, meetingVersion: 0 };
  const meeting = await journey.now('group', group, again);
  await done('nbnp', 'recordGroupMeeting', meeting);
  const came = { ...meant, present: [second], absent: [], meetingVersion: 1 };
  await done('nbnp', 'recordGroupAttendance', came, 'results { participant }');
  const not = { ...meant, present: [first], absent: [second], meetingVersion: 2 };
  await done('nbnp', 'recordGroupAttendance', not, 'results { participant }');
  const report = { officer: first, group, visit, on: '2031-10-05', text: 'What I saw.' };
  await done('dk', 'handInOfficerReport', report);
  await done('dk', 'correctOfficerReport', { ...report, text: 'More.', version: 1 });
  await journey.erase('nbnp', 'eraseTexts', second);
  await journey.erase('dk', 'eraseOfficer', first);
}

/** Two members with what they need, one declined, one withdrawn, and a reserve who takes the place of the declined. */
async function decide(
  programme: Programme,
  group: string,
): Promise<readonly [first: string, second: string]> {
  const { done } = programme;
  const details = { email: 'a@example.org', rank: 'Inspector' };
  const nominate = (police: string, unit: string) =>
    nominateOfficer(programme, police, unit, group, details);
  const members = [await nominate('dk', 'dk:police'), await nominate('fi', 'fi:npb')] as const;
  for (const member of members) await acceptOfficer(programme, group, member);
  const [first, second] = [members[0].officer, members[1].officer];
  const visa = { group, kind: 'VISA', status: 'RECEIVED', on: '2031-02-10', note: 'Slow.' };
  await done('fi', 'recordOfficerFormality', { ...visa, officer: second, version: 0 });
  const consent = { ...visa, kind: 'CONSENT', status: 'REQUESTED' };
  await done('fi', 'recordOfficerFormality', { ...consent, officer: second, version: 0 });
  const unneeded = { officer: second, status: 'NOT_NEEDED', on: '2031-02-10', version: 0 };
  const formalities = ['TICKET', 'INSURANCE'].map((kind) => ({ ...unneeded, kind }));
  const both = { country: 'FI', group, formalities, idempotencyKey: 'formalities' };
  await done('fi', 'recordOfficerFormalities', both, 'results { participant }');
  const needs = { diet: 'No nuts', access: 'A lift', emergencyContact: 'A sister' };
  await done('fi', 'setOfficerTravelNeeds', { ...needs, officer: second, version: 0 });
  await done('fi', 'inviteOfficer', { officer: second }, 'person');
  await done('fi', 'endOfficerAccess', { officer: second });
  const hold = { person: second, reason: 'A complaint.', until: '2034-06-01', version: 0 };
  await done('fi', 'holdPoliceData', hold, 'person');
  const { nomination, officer } = await nominate('dk', 'dk:police');
  await done('dk', 'changeOfficer', {
    officer,
    name: 'Olga Secret',
    email: 'olga@example.org',
    rank: 'Chief inspector',
    unit: 'dk:nec',
    targetGroup: 'PROSECUTION',
    languages: ['en', 'da'],
    version: 1,
    isAnother: true,
  });
  const declined = { group, officer, nomination, on: '2031-02-01', reason: 'Ill.' };
  await done('nbnp', 'declineOfficer', { ...declined, version: 1, decisionVersion: 0 });
  const withdrawn = await nominate('dk', 'dk:police');
  await done('dk', 'withdrawOfficer', {
    nomination: withdrawn.nomination,
    on: '2031-02-01',
    version: 1,
  });
  const reserve = { ...(await nominate('fi', 'fi:npb')), group, on: '2031-02-02' };
  for (const place of [{ reserve: true }, { replaces: nomination, decisionVersion: 1 }])
    await done('nbnp', 'acceptOfficer', { ...reserve, ...place, version: 1 });
  return [first, second];
}

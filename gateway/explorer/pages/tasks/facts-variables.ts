import type { PageTaskFactsQueryVariables } from '../../generated/graphql.ts';
import { isOffices, type Task } from './decision.ts';

/** Where a variable is not needed, its field is not read. */
const unused = 'nbnp:none';

/** The country of a national police: its code is that of the country. */
const countryOf = (organisation: string): string =>
  organisation.length === 2 ? organisation.toUpperCase() : 'DK';

/** What must be read before a task can be decided. */
export function readsOf(task: Task, organisation: string): PageTaskFactsQueryVariables {
  const { kind, subject, group, visit, isRehearsal } = task;
  const isOfOffices = isOffices(subject);
  const ofPerson = kind === 'COMPLETE_FORMALITIES' || kind === 'HAND_IN_REPORT';
  const needsHost = kind === 'CONFIRM_STOP' || kind === 'OFFER_HOSTING';
  const ofMeeting = kind === 'BRIEF_GROUP' || kind === 'DEBRIEF_GROUP';
  const ofDay = kind === 'RECORD_DEPARTURE' || kind === 'RECORD_RETURN';
  return {
    group: group?.id ?? unused,
    visit: visit?.id ?? unused,
    stop: subject,
    programme: subject,
    officer: subject,
    delegate: subject,
    country: countryOf(organisation),
    readsOfficerNominations: kind === 'DECIDE_NOMINATION' && !isOfOffices,
    readsDelegateNominations: kind === 'DECIDE_NOMINATION' && isOfOffices,
    readsGroup: ofMeeting || kind === 'NOMINATE' || kind === 'PLAN_VISIT',
    readsVisit: ofDay || kind === 'OFFER_HOSTING' || kind === 'ADD_STOP',
    readsExperts: kind === 'DECIDE_LOAN' || kind === 'REPLACE_EXPERT',
    readsHostings: kind === 'CONFIRM_HOSTING' || kind === 'REPLACE_HOST',
    readsStop: kind === 'CONFIRM_STOP',
    readsProgramme: kind === 'DRAFT_EVALUATION' || kind === 'SIGN_EVALUATION',
    readsOfficer: ofPerson && !isOfOffices,
    readsDelegate: ofPerson && isOfOffices,
    readsUnits: needsHost && organisation !== 'ncm',
    readsOffices: organisation === 'ncm' && (needsHost || ofMeeting),
    readsOfficers: kind === 'NOMINATE' && organisation !== 'ncm',
    readsDelegates: kind === 'NOMINATE' && organisation === 'ncm',
    readsSites: kind === 'ADD_STOP',
    readsExpertChoice: kind === 'REPLACE_EXPERT',
    rehearsals: isRehearsal,
  };
}

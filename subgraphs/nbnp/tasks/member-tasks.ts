import { codes } from '@hub/shared/policy';
import { groupVisits, sides, type vocabulary } from '@hub/shared/programme';
import type { Ask } from '../access/ask-others.js';
import type { Visit } from '../entities/visit.entity.js';
import { TaskKind } from '../entities/vocabulary.js';
import type { FindTasks, FoundTask } from './find-tasks.js';
import type { OpenGroup, OwnFacts } from './own-facts.js';

/** A member, as her own side knows her. */
interface KnownMember {
  readonly id: string;
  /** The day since which she is a member. */
  readonly since: string | null;
  /** Null if her side is unavailable, or has not learned yet that she is a member. */
  readonly outstanding: readonly vocabulary.Outstanding[] | null;
}

type ReadMembers = (open: OpenGroup) => Promise<KnownMember[]>;

/** The officers of one police force. No other is asked. */
const readOfficers =
  (organisation: string, ask: Ask): ReadMembers =>
  ({ group, members }) =>
    Promise.all(
      members
        .filter(({ officerId }) => codes.ownerOf(officerId) === organisation)
        .map(async ({ officerId: id, acceptedOn: since }) => {
          const selection = 'outstanding(group: $group)';
          const query = { root: 'officer', id, group: group.id, selection } as const;
          const { known: response } = await ask<Pick<KnownMember, 'outstanding'>>(query);
          return { id, since, outstanding: response?.outstanding ?? null };
        }),
    );

interface DelegatesResponse {
  readonly delegates: readonly Pick<KnownMember, 'id' | 'outstanding'>[] | null;
  readonly delegateNominations:
    | readonly {
        readonly status: string;
        readonly decidedOn: string | null;
        readonly delegate: { readonly id: string };
      }[]
    | null;
}

const readDelegates =
  (ask: Ask): ReadMembers =>
  async ({ group, sides: between }) => {
    if (!sides.sendsDelegates(between)) return [];
    const { known: response } = await ask<DelegatesResponse>({
      root: 'group',
      id: group.id,
      selection: `delegates { id outstanding(group: $id) }
        delegateNominations { status decidedOn delegate { id } }`,
    });
    const selected = (response?.delegateNominations ?? []).filter(
      ({ status }) => status === 'SELECTED',
    );
    const selectedOn = new Map(selected.map(({ delegate, decidedOn }) => [delegate.id, decidedOn]));
    return (response?.delegates ?? []).map((delegate) => ({
      ...delegate,
      since: selectedOn.get(delegate.id) ?? null,
    }));
  };

/** The last visit on which a member travelled. */
const lastVisitOf = ({ visits, absences }: OpenGroup, member: string): Visit | null =>
  visits.findLast((visit) => !groupVisits.isAbsentFrom(visit, member, absences)) ?? null;

function toTasks(open: OpenGroup, { id, since, outstanding }: KnownMember): FoundTask[] {
  const { group, hasDeparted, departsOn, returnedOn, programme } = open;
  const task = { subject: id, group };
  if (!hasDeparted)
    return outstanding?.includes('FORMALITIES')
      ? [{ ...task, kind: TaskKind.COMPLETE_FORMALITIES, visit: null, since, dueOn: departsOn }]
      : [];
  return outstanding?.includes('REPORT')
    ? [
        {
          ...task,
          kind: TaskKind.HAND_IN_REPORT,
          visit: lastVisitOf(open, id),
          since: returnedOn,
          dueOn: programme.closesOn,
        },
      ]
    : [];
}

/** Formalities are due before the first departure, reports after the last return. */
const isDue = ({ visits, hasDeparted, returnedOn }: OpenGroup): boolean =>
  returnedOn !== null || (visits.length > 0 && !hasDeparted);

/** The side that sends a member settles her formalities, and hands in her report. */
export const findMemberTasks: FindTasks = async ({ organisation, groups }: OwnFacts, ask) => {
  const readMembers =
    organisation === codes.officesCode ? readDelegates(ask) : readOfficers(organisation, ask);
  const ofGroup = async (open: OpenGroup) => {
    const members = await readMembers(open);
    return members
      .filter(({ id }) => !open.stayingHome.has(id))
      .flatMap((member) => toTasks(open, member));
  };
  return (await Promise.all(groups.filter(isDue).map(ofGroup))).flat();
};

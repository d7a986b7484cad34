import { dates } from '@hub/shared/graphql';
import { groupVisits, type PrepareRemoval, type Removal } from '@hub/shared/programme';
import { In, type EntityManager } from 'typeorm';
import { Claim } from '../entities/claim.entity.js';
import { EvaluationSignature } from '../entities/evaluation.entity.js';
import { Event } from '../entities/event.entity.js';
import { Group } from '../entities/group.entity.js';
import { Outcome } from '../entities/outcome.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Statement } from '../entities/statement.entity.js';
import { Visit } from '../entities/visit.entity.js';

type Clock = Readonly<{ clock: () => Date }>;

/**
 * Removes the rehearsals that ended, with all that belongs to them. A rehearsal has ended when each
 * of its groups is cancelled or back, and its last day has passed or its evaluation is complete.
 */
export const prepareRemoval: PrepareRemoval = async (context) => {
  const { source, askHub } = context;
  const signed = new Set<string>();
  for (const programme of await findReturned(source.manager, context)) {
    const { id } = programme;
    if (isOver(programme, context)) continue;
    if (!(await source.manager.existsBy(EvaluationSignature, { programmeId: id }))) continue;
    const answer = await askHub(
      'query OfficesSignature($id: ID!) { programme(id: $id) { officeSignatureCount } }',
      { id },
    );
    const facts = answer['programme'] as { readonly officeSignatureCount: number | null } | null;
    if ((facts?.officeSignatureCount ?? 0) > 0) signed.add(id);
  }
  return async (removal) => {
    const returned = await findReturned(removal.manager, context);
    const ended = returned.filter((one) => isOver(one, context) || signed.has(one.id));
    for (const { id } of ended) await removeProgramme(removal, id);
  };
};

const isOver = ({ endsOn }: Programme, { clock }: Clock): boolean =>
  endsOn !== null && dates.lastDayOf(endsOn) < dates.lastBegunDay(clock());

/** The rehearsals whose groups are cancelled or back, each of them. */
async function findReturned(manager: EntityManager, clock: Clock): Promise<Programme[]> {
  const returned: Programme[] = [];
  for (const programme of await manager.findBy(Programme, { isRehearsal: true })) {
    const groups = await manager.findBy(Group, { programmeId: programme.id });
    const visits = await manager.findBy(Visit, { groupId: In(groups.map(({ id }) => id)) });
    const isDone = ({ id, cancelledOn }: Group): boolean => {
      if (cancelledOn !== null) return true;
      const own = visits.filter((visit) => visit.groupId === id && visit.cancelledOn === null);
      return own.length > 0 && own.every((visit) => groupVisits.hasEnded(visit, clock));
    };
    if (groups.every(isDone)) returned.push(programme);
  }
  return returned;
}

/** A rehearsal stays while something outside of it refers to one of its events. */
async function removeProgramme(removal: Removal, programmeId: string): Promise<void> {
  const { manager } = removal;
  const events = (await manager.findBy(Event, { programmeId })).map(({ id }) => id);
  const own = new Set(events);
  const parts = await manager.findBy(Event, { partOfId: In(events) });
  const led = await manager.findBy(Outcome, { leadsToId: In(events) });
  const referring = [...parts.map(({ id }) => id), ...led.map(({ eventId }) => eventId)];
  if (referring.some((id) => !own.has(id))) return;
  const stated = [
    ...(await manager.findBy(Statement, [{ programmeId }, { eventId: In(events) }])),
    ...(await manager.findBy(Outcome, { eventId: In(events) })),
  ].map(({ id }) => id);
  await removal.remove(Programme, 'id', [programmeId]);
  await removal.remove(Claim, 'subjectId', [programmeId, ...events, ...stated]);
}

import { readRows } from '@hub/shared/database';
import { dates } from '@hub/shared/graphql';
import { codes, readers, type PartnerContext } from '@hub/shared/policy';
import { sides } from '@hub/shared/programme';
import type { GraphQLResolveInfo } from 'graphql';
import { createAsk, type Ask } from '../access/ask-others.js';
import { loadOne } from '../access/load-related.js';
import { todayOf } from '../access/visible-visits.js';
import { loadHosts } from '../access/visit-facts.js';
import { settleMissing, type NoteMissing } from '../access/with-missing.js';
import { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { ExpertAssignment, Visit } from '../entities/visit.entity.js';
import { readOffersOf, type ReadOffers } from '../tasks/host-tasks.js';
import { concerns } from '../tasks/list-tasks.js';
import { loadOwnFacts, type OpenGroup } from '../tasks/own-facts.js';
import type { Ending, EndingKind } from './ending.js';
import { loadHostingWarnings } from './load-hosting-warnings.js';

/** What ended at most so many days ago is told. */
const toldDays = 30;

type FoundEnding = Omit<Ending, 'id'>;

interface Asking {
  readonly context: PartnerContext;
  readonly organisation: string;
  readonly since: string;
  readonly ask: Ask;
  readonly note: NoteMissing;
  /** The groups that were not cancelled. */
  loadGroups(): Promise<Awaited<ReturnType<typeof loadOwnFacts>>>;
}

interface LoansResponse {
  readonly experts: readonly { readonly expertId: string; readonly status: string | null }[] | null;
}

/** Whether the organisation has offered to host a visit, or lends an expert for it. */
async function isEngaged(
  { id }: Visit,
  { context, organisation, ask }: Asking,
  offers: ReadOffers,
): Promise<boolean> {
  const [hosts, assignments] = await Promise.all([
    loadHosts(id, context),
    context.loaders.many(ExpertAssignment, 'visitId').load(id),
  ]);
  const isLender = assignments.some(({ expertId }) => codes.ownerOf(expertId) === organisation);
  const [offered, loans] = await Promise.all([
    hosts.includes(organisation) ? offers(id) : [],
    isLender
      ? ask<LoansResponse>({ root: 'visit', id, selection: 'experts { expertId status }' })
      : null,
  ]);
  return (
    (offered ?? []).some(({ status }) => status !== 'WITHDRAWN') ||
    (loans?.known?.experts ?? []).some(
      ({ expertId, status }) => codes.ownerOf(expertId) === organisation && status === 'GRANTED',
    )
  );
}

/** A visit is cancelled by itself, or with its group. */
async function findCancelled(asking: Asking): Promise<FoundEnding[]> {
  const { context, organisation, since, ask } = asking;
  if (organisation === codes.networkCode) return [];
  const visits = await readRows(
    context.source
      .getRepository(Visit)
      .createQueryBuilder('visit')
      .innerJoin(Group, 'group_', 'group_.id = visit.groupId')
      .where('visit.departedOn IS NULL')
      .andWhere('(visit.cancelledOn >= :since OR group_.cancelledOn >= :since)', { since })
      .orderBy('visit.id'),
  );
  // A police force is asked for all its offers at once, if it is a host.
  let reading: ReadOffers | undefined;
  const offers: ReadOffers = (id) => (reading ??= readOffersOf(organisation, ask))(id);
  const found = visits.map(async (visit) => {
    const [group, isTold] = await Promise.all([
      loadOne(Group, visit.groupId, context),
      isEngaged(visit, asking, offers),
    ]);
    const endedOn = visit.cancelledOn ?? group?.cancelledOn;
    if (!group || endedOn == null || !isTold) return [];
    const message = `The visit “${visit.title}” is cancelled.`;
    return [
      { kind: 'VISIT_CANCELLED', subject: visit.id, message, endedOn, group, visit },
    ] satisfies FoundEnding[];
  });
  return (await Promise.all(found)).flat();
}

const ofNomination = (
  kind: EndingKind,
  group: Group,
  subject: string,
  endedOn: string,
): FoundEnding => {
  const done = kind === 'NOMINATION_DECLINED' ? 'declined' : 'withdrawn';
  const message = `A nomination for the group “${group.name}” is ${done}.`;
  return { kind, subject, message, endedOn, group, visit: null };
};

/** The network’s own decisions. */
async function findDeclined({ context, organisation, since }: Asking): Promise<FoundEnding[]> {
  if (!codes.isPoliceCode(organisation)) return [];
  const declined = await readRows(
    context.source
      .getRepository(OfficerNomination)
      .createQueryBuilder('nomination')
      .where('nomination.declinedOn >= :since', { since })
      .orderBy('nomination.id'),
  );
  const own = declined.filter(({ id }) => codes.ownerOf(id) === organisation);
  const found = own.map(async ({ id, groupId, declinedOn }) => {
    const group = await loadOne(Group, groupId, context);
    return group && declinedOn !== null
      ? [ofNomination('NOMINATION_DECLINED', group, id, declinedOn)]
      : [];
  });
  return (await Promise.all(found)).flat();
}

type NominationsResponse = Readonly<
  Record<
    string,
    readonly ({ readonly id: string; readonly withdrawnOn: string | null } | null)[] | null
  >
>;

/** Until the departure, somebody else may be needed. */
async function findWithdrawn({
  organisation,
  since,
  ask,
  loadGroups,
}: Asking): Promise<FoundEnding[]> {
  if (organisation !== codes.networkCode) return [];
  const { groups } = await loadGroups();
  const found = groups.map(async ({ group, sides: between, hasDeparted }: OpenGroup) => {
    const fields = [
      ...(sides.sendsOfficers(between) ? ['officerNominations'] : []),
      ...(sides.sendsDelegates(between) ? ['delegateNominations'] : []),
    ];
    if (hasDeparted || fields.length === 0) return [];
    const selection = fields.map((field) => `${field} { id withdrawnOn }`).join(' ');
    const { known } = await ask<NominationsResponse>({ root: 'group', id: group.id, selection });
    return fields
      .flatMap((field) => known?.[field] ?? [])
      .flatMap((one) => {
        const { id, withdrawnOn = null } = one ?? {};
        return id !== undefined && withdrawnOn !== null && withdrawnOn >= since
          ? [ofNomination('NOMINATION_WITHDRAWN', group, id, withdrawnOn)]
          : [];
      });
  });
  return (await Promise.all(found)).flat();
}

/** What the warnings of these codes say to the organisation. */
async function findClosing(
  kind: 'HOST_CLOSED' | 'SITE_CLOSED',
  { context, organisation, note, loadGroups }: Asking,
): Promise<FoundEnding[]> {
  const isOfNetwork = organisation === codes.networkCode;
  if (isOfNetwork !== (kind === 'SITE_CLOSED')) return [];
  const { visits } = await loadGroups();
  const ahead = visits.filter(
    ({ visit, hosts, stops }) =>
      visit.departedOn === null &&
      (isOfNetwork ? stops.some(({ siteId }) => siteId !== null) : hosts.has(organisation)),
  );
  const groups = [...new Map(ahead.map(({ group }) => [group.id, group])).values()];
  const { value, missing } = await settleMissing(
    groups.map((group) => loadHostingWarnings(group, context, note)),
  );
  missing.forEach(note);
  return groups.flatMap((group, index) =>
    (value[index] ?? []).flatMap(({ code, owner, subject, message, closedOn, visitId }) => {
      if (code !== kind || owner !== organisation || subject === null) return [];
      const visit = ahead.find((one) => one.visit.id === visitId)?.visit ?? null;
      return closedOn === undefined
        ? []
        : [{ kind, subject, message, endedOn: closedOn, group, visit }];
    }),
  );
}

const finders: Readonly<Record<EndingKind, (asking: Asking) => Promise<FoundEnding[]>>> = {
  VISIT_CANCELLED: findCancelled,
  NOMINATION_WITHDRAWN: findWithdrawn,
  NOMINATION_DECLINED: findDeclined,
  HOST_CLOSED: (asking) => findClosing('HOST_CLOSED', asking),
  SITE_CLOSED: (asking) => findClosing('SITE_CLOSED', asking),
};

/**
 * What others ended of what the caller’s organisation had agreed to, decides or asked for, in no
 * order. If a partner is unavailable, what depends on it is missing, and the response names it.
 * @param kinds only these
 */
export async function findEndings(
  context: PartnerContext,
  info: GraphQLResolveInfo,
  kinds: readonly EndingKind[],
): Promise<Ending[]> {
  const organisation = readers.organisationOf(context.reader);
  const note: NoteMissing = (error) => {
    if (concerns(organisation, error)) context.missing.note(error, info);
  };
  let loading: ReturnType<typeof loadOwnFacts> | undefined;
  const asking: Asking = {
    context,
    organisation,
    since: dates.addDays(todayOf(context), -toldDays),
    ask: createAsk(context, note),
    note,
    loadGroups: () => (loading ??= loadOwnFacts(context)),
  };
  const found = await Promise.all([...new Set(kinds)].map((kind) => finders[kind](asking)));
  return found.flat().map((ending) => ({
    ...ending,
    id: `${codes.networkCode}:ending/${organisation}/${ending.kind}/${ending.subject}`,
  }));
}

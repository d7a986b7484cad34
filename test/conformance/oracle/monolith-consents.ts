import { sortBy } from './lists.js';
import { isNear, overdueWarnings } from './monolith-plans.js';
import { ownerOf } from './resolvers.js';
import type { Row, Rows } from './rows.js';
import { warningOf } from './warning-of.js';

/**
 * Whether a consent counts: no plan of the visit since it was given had a day outside those of the
 * plan that it was given for, or lacked the country that gave it, and the visit has had its version.
 */
function counts({ network }: Rows, visitId: unknown, given: number | null, country?: string) {
  const visit = network.visits?.find(({ id }) => id === visitId);
  if (!visit) return true;
  if ((given ?? 0) > (visit.version as number)) return false;
  const hosts = (network.visit_hosts ?? []).filter(({ visit_id }) => visit_id === visit.id);
  const plans: Row[] = [
    ...(network.earlier_plans ?? []).filter(({ visit_id }) => visit_id === visit.id),
    { ...visit, host_countries: hosts.map((host) => host.country as string), until_version: 1e9 },
  ].toSorted((one, other) => one.until_version - other.until_version);
  const since = plans.filter(({ until_version }) => until_version >= (given ?? 0));
  return since.every(
    ({ starts_on, ends_on, host_countries }, index) =>
      (starts_on === since[0]?.starts_on || starts_on > (since[0]?.starts_on ?? '9')) &&
      (ends_on === since[0]?.ends_on || ends_on < (since[0]?.ends_on ?? '0')) &&
      (index === 0 || country === undefined || host_countries.includes(country)),
  );
}

/** What has become of an offer to host. */
export const statusOf = (rows: Rows, offer: Row): string =>
  offer.status === 'CONFIRMED' && isOfferPutBack(rows, offer)
    ? 'OFFERED'
    : (offer.status as string);

export const isOfferPutBack = (rows: Rows, offer: Row): boolean =>
  offer.status === 'CONFIRMED' &&
  !counts(rows, offer.visit_id, offer.confirmed_version, offer.partner?.toUpperCase() ?? 'RU');

export const isLoanPutBack = (rows: Rows, assignment: Row, loan: Row | undefined): boolean =>
  loan?.loan_granted === true && !counts(rows, assignment.visit_id, loan.granted_version);

/** The decision on an expert’s loan that still counts. */
export const decisionOn = (rows: Rows, assignment: Row): Row | undefined => {
  const loan = rows.police.expert_loans?.find(
    ({ assignment_id }) => assignment_id === assignment.id,
  );
  return isLoanPutBack(rows, assignment, loan) ? undefined : loan;
};

/** What is said of the hosts of a visit that have no consent, and had one or withdrew. */
export function hostingWarnings(visit: Row, rows: Rows): Row[] {
  if (visit.cancelled_on !== null || visit.returned_on !== null) return [];
  const all = [...(rows.police.hostings ?? []), ...(rows.offices.regional_hostings ?? [])];
  const offers = sortBy(all, 'id').filter(({ visit_id }) => visit_id === visit.id);
  const hosts = (rows.network.visit_hosts ?? [])
    .filter(({ visit_id }) => visit_id === visit.id)
    .map(({ country }) => (country === 'RU' ? 'ncm' : (country as string).toLowerCase()));
  return [...new Set(hosts)].toSorted().flatMap((host) => {
    const own = offers.filter(({ id }) => ownerOf(id as string) === host);
    const due_on = visit.starts_on as unknown;
    const code = host.toUpperCase();
    if (own.some((row) => statusOf(rows, row) === 'CONFIRMED')) return [];
    const overdue = own
      .filter((row) => statusOf(rows, row) === 'OFFERED')
      .flatMap(({ id }) => overdueWarnings(visit, id, host));
    const moved = own.find((row) => isOfferPutBack(rows, row));
    if (moved)
      return [
        warningOf(
          'HOSTING_PUT_BACK',
          `The visit “${visit.title}” has other days or hosts than those that ${code} agreed to. It has to confirm again.`,
          { subject: moved.id, owner: host, due_on },
        ),
        ...overdue,
      ];
    const last = own.at(-1);
    const message = `The visit “${visit.title}” begins within 30 days or has begun, and ${code} has not confirmed that it hosts it.`;
    if (!last || own.some(({ status }) => status !== 'WITHDRAWN'))
      return isNear(visit)
        ? [warningOf('NO_HOST', message, { subject: visit.id, owner: host, due_on }), ...overdue]
        : [];
    return warningOf(
      'HOSTING_WITHDRAWN',
      `The visit “${visit.title}” lacks a host: ${code} withdrew its offer.`,
      { subject: last.id, owner: 'nbnp', due_on },
    );
  });
}

import type { GraphChange } from '../../registry/proposals/find-changes.js';
import type { BrokenClient } from '../../registry/proposals/find-uses.js';
import type { IdleDocuments } from './hub-operations.js';
import {
  listObstacles,
  type ConcernedPartner,
  type NextVersionsReport,
} from './judge-next-versions.js';

const mostListed = 10;

const list = (items: readonly string[]): string =>
  items.length > mostListed
    ? `${items.slice(0, mostListed).join(', ')} and ${items.length - mostListed} more`
    : items.join(', ');

function printClient({ client, elements, operations, count, lastDay }: BrokenClient): string {
  const hashes = operations.map((hash) => (/^[0-9a-f]{64}/.test(hash) ? hash.slice(0, 12) : hash));
  const who = client === '' ? 'clients without a name' : client;
  return `             used by ${who}: ${count} times, last on ${lastDay}, ${list(elements)}, in ${list(hashes)}`;
}

function printPartner({ code, hasPublished, lacks, breaks }: ConcernedPartner): string[] {
  if (!hasPublished) return [`  ${code}  has published nothing that the hub knows`];
  if (breaks.length > 0) return breaks.map((message) => `  ${code}  quarantine: ${message}`);
  return [lacks.length > 0 ? `  ${code}  lacks ${list(lacks)}` : `  ${code}  has all of it`];
}

const printIdle = ({ application, owner, documents }: IdleDocuments): string =>
  `  ${application} of ${owner}: ${list(documents.map((hash) => hash.slice(0, 12)))}`;

/** The report of next versions, for its authors and the operator. */
export function printReport(report: NextVersionsReport): string {
  const { versions, changes, used, countedSince, partners, idleDocuments } = report;
  const printChange = (change: GraphChange): string[] => [
    `  ${change.severity.padEnd(9)}  ${change.element}: ${change.message}`,
    ...used
      .filter((one) => one.change === change)
      .flatMap(({ clients }) => clients.map(printClient)),
  ];
  const obstacles = listObstacles(report);
  return [
    ...versions.map(({ next }) => `The next version of ${next.contract}`),
    'What clients see:',
    ...(changes.length > 0 ? changes.flatMap(printChange) : ['  no difference']),
    'What its partners’ servers do today:',
    ...partners.flatMap(printPartner),
    countedSince === undefined
      ? 'No usage is counted.'
      : `Usage of the last 90 days, counted since ${countedSince}.`,
    ...(idleDocuments.length > 0
      ? ['Trusted documents that may break, not run in 90 days:', ...idleDocuments.map(printIdle)]
      : []),
    ...(obstacles.length > 0
      ? ['It is adopted with --force --reason TEXT only:', ...obstacles.map((one) => `  ${one}`)]
      : ['It can be adopted.']),
  ].join('\n');
}

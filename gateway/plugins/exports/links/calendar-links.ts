import { HubError } from '@hub/shared/errors';
import { secrets, type Reader } from '@hub/shared/identity';
import type { Logger } from '@hub/shared/system';
import { Readable } from 'node:stream';
import type { HubRequest } from '../../../server/hub-request.js';
import { createAskGraph, type ExportedHub } from '../ask-graph.js';
import { ExportRecord } from '../export-record.js';
import { isObject } from '../graph-response.js';
import type { ExportFile, ServedExports } from '../register-exports.js';
import { mostLinks, type CalendarLink, type LinkOwner, type LinkStore } from './link-store.js';
import { fileNameOf, findTarget, noticesFeed } from './link-targets.js';
import type { ListedLink, ServedLinks } from './register-links.js';

export interface LinksOptions<Context extends { requestId: string; reader: Reader }> {
  readonly hub: ExportedHub<Context>;
  /** Makes the calendar, for the reader of the request. */
  readonly exports: ServedExports;
  readonly store: LinkStore;
  readonly logger: Logger;
  /** Whether the organisation is in the network. A link of one that has left reads nothing. */
  readonly isMember: (organisation: string) => boolean;
  /** Writes the feed of notices for an organisation. @default there are no feeds */
  readonly writeFeed?: ((organisation: string) => string) | undefined;
  /** Counts a try of a key before it is checked. Throws to refuse it. @default no limit */
  readonly countTry?: (address: string | undefined) => void;
  /** @default the system’s clock */
  readonly clock?: () => Date;
}

type Person = Extract<Reader, { kind: 'person' }>;
type Request = HubRequest & { readonly signal: AbortSignal };

/** How long a link reads after the last day of its visit. */
const daysAfterVisit = 30;
/** How long a link reads while no last day is planned. */
const daysWithoutEnd = 365;
const deadlineMs = 60_000;
/** What partners record as the purpose of the reading. */
const purpose = 'PROGRAMME: calendar link';

const dayOf = (time: Date): string => time.toISOString().slice(0, 10);
const daysAfter = (day: string, days: number): string =>
  dayOf(new Date(Date.parse(day) + days * 86_400_000));

const visitQuery = 'query CalendarLink($id: ID!) { visit(id: $id) { endsOn stops { id } } }';

/** Who sends a request. A partner’s own server needs no link, and a participant’s would outlive her access. */
function personOf({ reader }: { readonly reader: Reader }): Person {
  if (reader.kind === 'anonymous') throw new HubError('UNAUTHENTICATED');
  if (reader.kind !== 'person' || reader.role === 'service') throw new HubError('FORBIDDEN');
  return reader;
}

/** A file that is one text. */
function fileOf(text: string, mediaType: string): ExportFile {
  const content = Buffer.from(text);
  return {
    mediaType,
    bytes: content.length,
    headers: {},
    read: () => Promise.resolve(Readable.from([content])),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** A co-ordinator sees and revokes the links of the own organisation, everybody else the own. */
const ownerOf = ({ organisation, subject, role }: Person): LinkOwner =>
  role === 'coordinator' ? { organisation } : { organisation, subject };

const show = ({ id, subject, role, visit, createdOn, expiresOn }: CalendarLink): ListedLink => ({
  id,
  subject,
  role,
  visit,
  createdOn,
  expiresOn,
});

/**
 * Links to the calendar of a visit. The hub sees a person only while there is a token, so a link
 * keeps for whom it was made: organisation, subject and role. Whoever has its key reads that one
 * calendar as that person would now: the owners of the data decide at each reading.
 */
export function createCalendarLinks<Context extends { requestId: string; reader: Reader }>({
  hub,
  exports,
  store,
  logger,
  isMember,
  writeFeed,
  countTry = () => undefined,
  clock = () => new Date(),
}: LinksOptions<Context>): ServedLinks {
  const today = (): string => dayOf(clock());

  /**
   * The last day of a link, by the visit as it is planned now.
   * @throws HubError as the graph refuses, `NOT_FOUND` for an unknown visit
   */
  async function askLastDay(
    request: Request,
    admitted: Context,
    { visit: id, createdOn }: Pick<CalendarLink, 'visit' | 'createdOn'>,
  ): Promise<string> {
    const ask = createAskGraph({ hub, request, admitted, deadlineMs });
    const response = await ask({ query: visitQuery, variables: { id } });
    new ExportRecord(false).record(response);
    const visit = response.data?.['visit'];
    if (!isObject(visit)) throw new HubError('NOT_FOUND');
    return typeof visit['endsOn'] === 'string'
      ? daysAfter(visit['endsOn'], daysAfterVisit)
      : daysAfter(createdOn, daysWithoutEnd);
  }

  /** @throws HubError if the caller may not have a link to this, or there is none */
  async function findLastDay(
    request: Request,
    admitted: Context,
    link: Pick<CalendarLink, 'visit' | 'createdOn' | 'role'>,
  ): Promise<string> {
    const target = findTarget(link.visit);
    if (!target) return askLastDay(request, admitted, link);
    if (target.name === noticesFeed && !writeFeed) throw new HubError('NOT_FOUND');
    if (!target.roles.includes(link.role)) throw new HubError('FORBIDDEN');
    return daysAfter(link.createdOn, daysWithoutEnd);
  }

  async function findLink(id: string, key: string): Promise<CalendarLink> {
    const isForm = secrets.idForm.test(id) && secrets.keyForm.test(key);
    const found = isForm ? await store.find(id) : undefined;
    const isRight = secrets.isKeyOf(key, found?.keyHash ?? secrets.noHash);
    if (!found || !isRight || found.expiresOn < today() || !isMember(found.organisation))
      throw new HubError('NOT_FOUND');
    return found;
  }

  return {
    async create(request, visit) {
      const admitted = await hub.createContext(request);
      const { organisation, subject, role } = personOf(admitted);
      const createdOn = today();
      const expiresOn = await findLastDay(request, admitted, { visit, createdOn, role });
      if (expiresOn < createdOn) {
        const message = `The visit must not have ended more than ${daysAfterVisit} days ago.`;
        throw new HubError('BAD_USER_INPUT', { argument: 'visit', message });
      }
      await store.dropExpired(createdOn);
      const person = { organisation, subject, role };
      const link: CalendarLink = { id: secrets.createId(), ...person, visit, createdOn, expiresOn };
      const key = secrets.createKey();
      if (!(await store.add(link, secrets.hashKey(key)))) {
        const message = `A person may have ${mostLinks} links. Revoke one first.`;
        throw new HubError('BAD_USER_INPUT', { argument: 'visit', message });
      }
      logger.info({ link: link.id, organisation }, 'a calendar link was made');
      return { link: show(link), key };
    },
    async list(request) {
      const owner = ownerOf(personOf(await hub.createContext(request)));
      await store.dropExpired(today());
      return (await store.list(owner)).map(show);
    },
    async revoke(request, id) {
      const owner = ownerOf(personOf(await hub.createContext(request)));
      if (!(await store.revoke(id, owner))) throw new HubError('NOT_FOUND');
      logger.info({ link: id, organisation: owner.organisation }, 'a calendar link was revoked');
    },
    async open({ link: id, key, ...sent }) {
      countTry(sent.address);
      const link = await findLink(id, key);
      const { organisation, subject, role, visit } = link;
      const reader: Reader = { kind: 'person', organisation, subject, role, purpose };
      const request = { ...sent, reader };
      const expiresOn = await findLastDay(request, await hub.createContext(request), link);
      if (expiresOn !== link.expiresOn) await store.expire(id, expiresOn);
      if (expiresOn < today()) throw new HubError('NOT_FOUND');
      const fileName = fileNameOf(visit);
      if (writeFeed && visit === noticesFeed)
        return {
          fileName,
          file: fileOf(writeFeed(organisation), 'application/atom+xml; charset=utf-8'),
        };
      const search = findTarget(visit) ? '' : `?id=${encodeURIComponent(visit)}`;
      const url = `/export/${fileName}${search}`;
      return { fileName, file: await exports.open({ ...request, fileName, url }) };
    },
  };
}

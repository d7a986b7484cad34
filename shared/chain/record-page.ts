import type { DataSource } from 'typeorm';
import { HubError } from '../errors/index.js';
import { createPage, decodeCursor, type Connection } from '../pagination/index.js';

/** Whose record it is: the partner’s code, and its database. */
export interface PartnerRecord {
  readonly partner: string;
  readonly source: DataSource;
}

const longestSequence = 9;

/** The number of the link that a cursor stands for. */
export function readSequence(after: string): number {
  const [sequence] = decodeCursor(after, 1);
  if (sequence && sequence.length <= longestSequence && /^[1-9]\d*$/.test(sequence)) {
    return Number(sequence);
  }
  throw new HubError('BAD_USER_INPUT', {
    argument: 'after',
    message: '`after` is not a cursor of this list.',
  });
}

export const toInstant = (text: string): number => new Date(text).getTime();

/** A page of links, which were read one further than it is long. */
export const toPage = <Link extends { readonly sequence: number }, Node>(
  found: readonly Link[],
  describe: (link: Link) => Node,
  page: { readonly first: number; readonly after?: string | null | undefined },
): Pick<Connection<Node>, 'edges' | 'nodes' | 'pageInfo'> =>
  createPage(found, page, ({ sequence }) => [String(sequence)], describe);

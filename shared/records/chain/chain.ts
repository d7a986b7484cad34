import { hashAfter, noLines } from '../evidence/chained-lines.js';

/** One read of one type: who read which of its fields, of how many records, when and why. Or who was refused them. */
export interface DisclosureLink {
  /** The first is 1, without gaps. */
  readonly sequence: number;
  readonly at: string;
  readonly readerOrganisation: string;
  /** The tag of a person’s name in the month. The name of a server, and of whom earlier versions recorded. */
  readonly reader: string;
  readonly role: string;
  readonly purpose: string | null;
  readonly operationName: string | null;
  /** What the client called its program. Null in readings from before it was recorded. */
  readonly clientName: string | null;
  readonly type: string;
  readonly fields: readonly string[];
  readonly records: number;
  /**
   * The tags of the people whom it is about, in order, with `.` between them. Null if it is about
   * nobody, or nobody can tell, as in readings from before they were recorded.
   */
  readonly people: string | null;
  /** Whether the caller was refused what it asked for. */
  readonly isRefused: boolean;
}

/** One record that one mutation changed: who changed which of its fields, and when. Never a value. */
export interface ChangeLink {
  /** The record has one order: readings and changes are numbered together. */
  readonly sequence: number;
  readonly at: string;
  readonly organisation: string;
  /** Null where no person is known: an import, a load of invented data. */
  readonly person: string | null;
  readonly mutation: string;
  /** The id of the record that was changed. */
  readonly subject: string;
  readonly fields: readonly string[];
  readonly reason: string | null;
}

export type Link = DisclosureLink | ChangeLink;

export const isChange = (link: Link): link is ChangeLink => 'subject' in link;
export const isReading = (link: Link): link is DisclosureLink => !isChange(link);

/** The end of a record: how many links it has had, with archived ones, and the hash of the last. */
export interface Head {
  readonly links: number;
  /** In hexadecimal. */
  readonly hash: string;
}

/** The end of an empty record. */
export const genesis: Head = { links: 0, hash: noLines.hash };

/** The content of a link that its hash covers, in this order. A read and a change differ in length. */
const contentOf = (link: Link): unknown[] =>
  isChange(link)
    ? [
        link.sequence,
        link.at,
        'change',
        link.organisation,
        link.person,
        link.mutation,
        link.subject,
        link.fields,
        link.reason,
      ]
    : [
        link.sequence,
        link.at,
        link.readerOrganisation,
        link.reader,
        link.role,
        link.purpose,
        link.operationName,
        link.type,
        link.fields,
        link.records,
        ...laterContentOf(link),
      ];

/** A link without what is recorded since then has the hash that it had before. */
function laterContentOf({ clientName, people, isRefused }: DisclosureLink): unknown[] {
  if (people !== null || isRefused) return [clientName, [people, isRefused]];
  return clientName === null ? [] : [clientName];
}

/** The hash of a link: over the hash of the previous link and the content of this one. */
export const hashLink = (previousHash: string, link: Link): string =>
  hashAfter(previousHash, contentOf(link));

/** The result for a record: valid, or the first broken link. */
export type Verification =
  | {
      readonly isWhole: true;
      readonly links: number;
      readonly lastHash: string;
      /** How many of them are in archives. */
      readonly archived: number;
    }
  | { readonly isWhole: false; readonly sequence: number; readonly reason: string };

/** A link that does not continue the chain. */
export class BrokenChain extends Error {
  override readonly name = 'BrokenChain';

  constructor(
    readonly sequence: number,
    readonly reason: string,
  ) {
    super(`Link ${sequence}: ${reason}`);
  }
}

/** Verifies a chain link by link. */
export class ChainWalk {
  #head: Head;

  constructor(
    from: Head,
    /** An end of the record that was noted earlier. */
    private readonly noted?: Head,
  ) {
    this.#head = from;
    this.#compare(from);
  }

  get head(): Head {
    return this.#head;
  }

  /**
   * Verifies links that were written together. Only the hash of the last one is known.
   * @throws BrokenChain
   */
  follow(links: readonly Link[], hash: string): void {
    const first = links[0]?.sequence ?? this.#head.links + 1;
    if (first !== this.#head.links + 1) {
      throw new BrokenChain(first, `link ${this.#head.links + 1} is missing`);
    }
    const heads: Head[] = [];
    for (const link of links) {
      const { hash: before } = heads.at(-1) ?? this.#head;
      heads.push({ links: link.sequence, hash: hashLink(before, link) });
    }
    const last = heads.at(-1) ?? this.#head;
    if (last.hash !== hash) throw new BrokenChain(first, 'its content was changed');
    for (const head of heads) this.#compare(head);
    this.#head = last;
  }

  /** @throws BrokenChain if the record is shorter than it was */
  end(): Head {
    if (this.noted && this.noted.links > this.#head.links) {
      const missing = `its end is missing: the record had ${this.noted.links} links or more`;
      throw new BrokenChain(this.#head.links + 1, missing);
    }
    return this.#head;
  }

  #compare({ links, hash }: Head): void {
    if (this.noted?.links !== links || this.noted.hash === hash) return;
    throw new BrokenChain(links, 'its hash differs from the noted one');
  }
}

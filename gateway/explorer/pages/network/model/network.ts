import { fold } from '../../../../../shared/database/search/fold.ts';
import { firstDayOf, lastDayOf } from '../../../../../shared/graphql/scalars/dates.ts';
import type { PageNetworkContactsQuery } from '../../../generated/graphql.ts';

/** A row of the graph’s `contacts`. */
export type ContactRow = NonNullable<PageNetworkContactsQuery['contacts']>['nodes'][number];
type PartyRow = NonNullable<ContactRow['parties'][number]>;
type EvidenceRow = ContactRow['evidence'][number];

export type Basis = EvidenceRow['basis'];
export type ActorKind = PartyRow['__typename'] | 'Country';

/** One end of contacts: a party, or a country where all parties of a country count as one. */
export interface Actor {
  readonly id: string;
  /** Its place in `Network.actors`. */
  readonly index: number;
  /** Null for a country, which the reader’s language names, and while the owner is unavailable. */
  readonly name: string | null;
  readonly kind: ActorKind;
  /** What kind of body it is, as its owner says: `professional_network`. */
  readonly form: string | null;
  readonly country: string | null;
  readonly city: string | null;
  readonly source: string | null;
  /** True for a party that was invented for rehearsals. */
  readonly isRehearsal: boolean;
  /** Its name for searching and sorting. */
  readonly folded: string;
}

/** An event, a visit or a programme. */
export interface Occasion {
  readonly type: 'event' | 'visit' | 'programme';
  readonly id: string;
  readonly title: string;
  readonly city: string | null;
  readonly country: string | null;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly on: string | null;
  readonly source: string | null;
  readonly isRehearsal: boolean;
  readonly folded: string;
}

export interface Evidence {
  readonly basis: Basis;
  /** Undefined where the reader may not see which visit it was. */
  readonly occasion: Occasion | undefined;
  readonly on: string | null;
  readonly source: string | null;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly isRehearsal: boolean;
}

export interface Contact {
  readonly key: string;
  /** Its place in `Network.contacts`. */
  readonly index: number;
  readonly ends: readonly [Actor, Actor];
  readonly evidence: readonly Evidence[];
}

export interface Network {
  readonly actors: readonly Actor[];
  readonly contacts: readonly Contact[];
  /** Contacts with a party that the network no longer has. They have no ends to draw. */
  readonly lost: number;
}

/** A large drawing has small nodes, and moves less often. */
export const isLarge = (actors: number, contacts: number): boolean =>
  actors >= 1_000 || contacts > 1_500;

export const emptyNetwork: Network = { actors: [], contacts: [], lost: 0 };

/** A text of a partner that is no date counts as unknown. */
const readDate = (text: string | null): string | null =>
  text !== null && /^\d{4}(-\d\d){0,2}$/.test(text) ? text : null;

/** The first and last day that an occasion may have taken. Without an end, it lasted one date. */
function spanOf(occasion: { startsOn: string | null; endsOn: string | null }) {
  const start = readDate(occasion.startsOn);
  const end = readDate(occasion.endsOn) ?? start;
  return {
    firstDay: start === null ? null : firstDayOf(start),
    lastDay: end === null ? null : lastDayOf(end),
  };
}

/** Reads pages of contacts. Each party and each occasion is one object, however often it comes. */
export class NetworkReader {
  readonly #actors = new Map<string, Actor>();
  readonly #occasions = new Map<string, Occasion>();
  readonly #contacts: Contact[] = [];
  #lost = 0;

  add(rows: readonly ContactRow[]): void {
    for (const row of rows) {
      const ends = this.#readEnds(row);
      if (!ends) {
        this.#lost += 1;
        continue;
      }
      this.#contacts.push({
        key: keyOf(ends[0].id, ends[1].id),
        index: this.#contacts.length,
        ends,
        evidence: row.evidence.map((evidence) => this.#readEvidence(evidence)),
      });
    }
  }

  read(): Network {
    return { actors: [...this.#actors.values()], contacts: [...this.#contacts], lost: this.#lost };
  }

  #readEnds({ countries, parties }: ContactRow): [Actor, Actor] | undefined {
    const [one, other] =
      countries.length > 0
        ? countries.map((code) => this.#country(code))
        : parties.map((party) => party && this.#party(party));
    return one && other ? [one, other] : undefined;
  }

  #country(code: string): Actor {
    return this.#keep(code, {
      name: null,
      kind: 'Country',
      form: null,
      country: code,
      city: null,
      source: null,
      isRehearsal: false,
      folded: fold(code),
    });
  }

  #party(party: PartyRow): Actor {
    const known = this.#actors.get(party.id);
    if (known) return known;
    const form = party.__typename === 'Office' ? party.officeKind : party.form;
    return this.#keep(party.id, {
      name: party.name,
      kind: party.__typename,
      form: form ?? null,
      country: party.country,
      city: party.city,
      source: party.source,
      isRehearsal: party.__typename === 'Office' && party.isRehearsal === true,
      folded: fold(party.name ?? party.id),
    });
  }

  #keep(id: string, actor: Omit<Actor, 'id' | 'index'>): Actor {
    const known = this.#actors.get(id);
    if (known) return known;
    const kept = { id, index: this.#actors.size, ...actor };
    this.#actors.set(id, kept);
    return kept;
  }

  #readEvidence({ event, visit, programme, ...evidence }: EvidenceRow): Evidence {
    const { basis, on, source, isRehearsal } = evidence;
    const seen = { on, source, isRehearsal };
    const occasion =
      (event && this.#occasion('event', { ...event, ...seen })) ??
      (visit && this.#occasion('visit', { ...visit, ...seen })) ??
      (programme && this.#occasion('programme', { ...programme, ...seen })) ??
      undefined;
    // Of a withheld visit, only its first day is known.
    const { firstDay, lastDay } = occasion ?? spanOf({ startsOn: on, endsOn: null });
    return { basis, occasion, ...seen, firstDay, lastDay };
  }

  #occasion(type: Occasion['type'], row: OccasionRow): Occasion {
    const known = this.#occasions.get(row.id);
    if (known) return known;
    const { id, title, city = null, country = null, on, source, isRehearsal } = row;
    const seen = { on, source, isRehearsal, ...spanOf(row) };
    const occasion = { type, id, title, city, country, ...seen, folded: fold(title) };
    this.#occasions.set(id, occasion);
    return occasion;
  }
}

interface OccasionRow {
  readonly id: string;
  readonly title: string;
  readonly city?: string | null;
  readonly country?: string | null;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly on: string | null;
  readonly source: string | null;
  readonly isRehearsal: boolean;
}

/** The key of a contact: its ends are ordered by id. */
export const keyOf = (one: string, other: string): string =>
  one < other ? `${one} ${other}` : `${other} ${one}`;

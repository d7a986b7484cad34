import { HubError } from '@hub/shared/errors';
import { callerOfPerson, networkOf } from '@hub/shared/graphql';
import type { Reader } from '@hub/shared/identity';

/** How many streams of notices one caller, and all callers of one worker, may have. */
export interface StreamLimits {
  readonly perReader: number;
  readonly total: number;
  /** The longest life of a stream, in seconds. */
  readonly seconds: number;
}

/** One stream in its place. */
interface Place {
  /** The organisation, or the network of addresses without a token. */
  readonly group: string;
  readonly member: string;
  readonly isAnonymous: boolean;
  readonly end: () => void;
}

export interface StreamPlacesOptions extends Pick<StreamLimits, 'perReader' | 'total'> {
  /** Places of `total` that callers without a token cannot take. */
  readonly forPeople: number;
}

/** The places for streams of one worker. */
export interface StreamPlaces {
  /**
   * Takes a place, and returns a function that releases it.
   * @param end ends the stream, when its place is given to another organisation
   * @throws HubError `RATE_LIMITED` with `retryAfter`, in whole seconds
   */
  enter(reader: Reader, address: string | undefined, end: () => void): () => void;
}

/** How many of all places the people of one organisation may take. */
const partOfOrganisation = 0.5;

/** Nobody knows when a place becomes free. This is when to try again. */
const retryAfter = 5;

/**
 * Shares places among organisations. When all are taken, a newcomer gets the place of the longest
 * stream of whoever has most, if that one still has as many as the newcomer’s organisation then. So
 * two organisations cannot keep all others out, and nobody takes a place back at once.
 */
export function createStreamPlaces({
  perReader,
  total,
  forPeople,
}: StreamPlacesOptions): StreamPlaces {
  /** The longest stream first. */
  const places = new Set<Place>();
  const mostOfOrganisation = Math.ceil(total * partOfOrganisation);

  const count = (isCounted: (place: Place) => boolean): number =>
    [...places].filter(isCounted).length;

  /** The longest stream of the group with most, among these. */
  const findDisplaced = (newcomer: Place, among: readonly Place[]): Place | undefined => {
    const sizes = new Map<string, number>();
    for (const { group } of among) sizes.set(group, (sizes.get(group) ?? 0) + 1);
    const [group, most] = [...sizes].toSorted(([, a], [, b]) => b - a)[0] ?? ['', 0];
    const own = sizes.get(newcomer.group) ?? 0;
    return most > own + 1 ? among.find((place) => place.group === group) : undefined;
  };
  const readCaller = (reader: Reader, address = 'this.process') =>
    reader.kind === 'anonymous'
      ? { group: networkOf(address), member: networkOf(address), isAnonymous: true }
      : { ...callerOfPerson(reader), isAnonymous: false };
  /** @throws HubError `RATE_LIMITED` */
  const makeRoom = (newcomer: Place): void => {
    const isOver =
      count(({ member }) => member === newcomer.member) >= perReader ||
      (!newcomer.isAnonymous &&
        count(({ group }) => group === newcomer.group) >= mostOfOrganisation);
    const anonymous = [...places].filter(({ isAnonymous }) => isAnonymous);
    const isLimited = newcomer.isAnonymous && anonymous.length >= total - forPeople;
    if (!isOver && !isLimited && places.size < total) return;
    const among = newcomer.isAnonymous ? anonymous : [...places];
    const displaced = isOver ? undefined : findDisplaced(newcomer, among);
    if (!displaced) throw new HubError('RATE_LIMITED', { retryAfter });
    places.delete(displaced);
    displaced.end();
  };
  return {
    enter(reader, address, end) {
      const place: Place = { ...readCaller(reader, address), end };
      makeRoom(place);
      places.add(place);
      return () => void places.delete(place);
    },
  };
}

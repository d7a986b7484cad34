/** How the primary notifies its workers about the store. */
export const storeTopic = 'store';

/** The state of the store. */
export interface StoreNews {
  /** Why the other hubs cannot be notified. Undefined if they can. */
  readonly unavailableBecause?: string | undefined;
  /** True if messages of other hubs may be lost, so that no cached response is certain. */
  readonly isReset: boolean;
}

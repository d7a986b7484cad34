/** The notification by which the primary tells its workers about the store. */
export const storeTopic = 'store';

/** What workers are told about the store. */
export interface StoreNews {
  /** Why the other hubs cannot be told anything. Undefined if they can. */
  readonly unavailableBecause?: string | undefined;
  /** True if messages of other hubs may be lost: nothing that is cached is certain. */
  readonly isReset: boolean;
}

/** Something that is opened with its first use. */
export interface OpenedLater<Thing> {
  /** A failure is tried again with the next use. */
  open(): Promise<Thing>;
  /** Does nothing if it was never opened. */
  close(): Promise<void>;
}

/** Opens something once, when it is first needed. */
export function openLater<Thing>(
  open: () => Promise<Thing>,
  close: (thing: Thing) => Promise<void>,
): OpenedLater<Thing> {
  let opening: Promise<Thing> | undefined;
  return {
    open: () =>
      (opening ??= open().catch((error: unknown) => {
        opening = undefined;
        throw error;
      })),
    async close() {
      const thing = await opening?.catch(() => undefined);
      if (thing !== undefined) await close(thing);
    },
  };
}

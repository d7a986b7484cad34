/** Lets the page draw and hear keys between two steps of long work. */
export const pause = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve);
  });

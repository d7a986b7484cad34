import { events } from './import-events.js';

/** What the network can import. */
export const importKinds = [events];

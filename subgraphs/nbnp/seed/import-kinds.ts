import { links, representations, roles } from './import-event-parts.js';
import { events } from './import-events.js';
import { journeys } from './import-journeys.js';
import { outcomes } from './import-outcomes.js';
import { statements } from './import-statements.js';

/** The kinds of files that the network can import. */
export const importKinds = [events, roles, representations, outcomes, statements, links, journeys];

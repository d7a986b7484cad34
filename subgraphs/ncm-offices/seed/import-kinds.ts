import { delegates } from './import-delegates.js';
import { offices } from './import-offices.js';
import { sites } from './import-sites.js';

/** What the offices can import. */
export const importKinds = [delegates, offices, sites];

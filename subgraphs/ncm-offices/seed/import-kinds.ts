import { delegates } from './import-delegates.js';
import { offices } from './import-offices.js';
import { regionalHostings } from './import-regional-hostings.js';
import { sites } from './import-sites.js';

/** The kinds of files that the offices can import. */
export const importKinds = [delegates, offices, sites, regionalHostings];

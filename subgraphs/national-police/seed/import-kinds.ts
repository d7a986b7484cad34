import { experts } from './import-experts.js';
import { hostings } from './import-hostings.js';
import { officers } from './import-officers.js';
import { sites } from './import-sites.js';
import { units } from './import-units.js';

/** The kinds of files that a police force can import. */
export const importKinds = [officers, experts, sites, units, hostings];

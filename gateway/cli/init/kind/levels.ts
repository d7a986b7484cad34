import type { OwnLevels } from '@hub/shared/policy';
import { shelterPolicy } from './shelters/shelter.policy.js';

/** The access levels of individual types. `@Access` beside each field names its level. */
export const levels: OwnLevels = { Shelter: shelterPolicy };

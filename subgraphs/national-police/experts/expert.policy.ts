import { coordinators, isOneOf, isOwnStaff, type Levels } from '@hub/shared/policy';
import { networkCode } from '@hub/shared/vocabulary';
import type { Expert } from '../entities/expert.entity.js';

/**
 * A police force offers an expert and the network assigns the expert, so both may read who it is.
 * The police force does not know which hosts an expert serves.
 */
export const expertPolicy: Levels<Expert> = {
  identity: {
    readers: 'staff of this organisation; co-ordinators of `nbnp`',
    decide: (_expert, context) =>
      isOwnStaff(context) || isOneOf(context.reader, networkCode, coordinators),
  },
};
